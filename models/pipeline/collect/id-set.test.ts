import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdSet } from './id-set.ts';

test('knows exactly the ids it was told, as a set of strings does', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 })), (ids) => {
      const [compact, plain] = [new IdSet(), new Set<string>()];
      for (const id of ids) {
        expect(compact.add(id) === 'new').toBe(!plain.has(id));
        plain.add(id);
      }
      expect(compact.size).toBe(plain.size);
      for (const id of plain) expect(compact.has(id)).toBe(true);
    }),
  );
});

test('a hundred thousand ids that differ in one digit are all different', () => {
  const ids = new IdSet();
  for (let i = 0; i < 100_000; i += 1) expect(ids.add(`018f6b1e-7c1a-7000-8000-${i}`)).toBe('new');
  expect(ids.add('018f6b1e-7c1a-7000-8000-77')).toBe('seen');
  expect(ids.has('018f6b1e-7c1a-7000-8000-100000')).toBe(false);
});

test('tells what was changed, and whether it was there before this run', () => {
  const ids = new IdSet();
  ids.add('a', 'x', true);
  ids.add('b', 'x');
  expect([ids.add('a', 'x'), ids.add('a', 'y'), ids.add('b', 'x'), ids.add('b', 'y')]).toEqual([
    'kept-before',
    'kept-before-otherwise',
    'seen',
    'seen-otherwise',
  ]);
});
