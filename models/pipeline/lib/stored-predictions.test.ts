import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packPredictions, rowsSha256, unpackPredictions } from './stored-predictions.ts';

const SHA = 'a'.repeat(64);

test('stored probabilities come back to within a hundred-thousandth', () => {
  const row = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 9 }), (rows) => {
      const p = { probabilities: rows.flat(), labels: rows.map(() => 0) };
      const stored = unpackPredictions(packPredictions(SHA, { all: p, fiveVitals: p }));
      expect(Object.keys(stored.views)).toEqual(['all', 'fiveVitals']);
      for (const [i, x] of (stored.views['fiveVitals'] ?? []).entries())
        expect(Math.abs(x - (p.probabilities[i] ?? 9))).toBeLessThan(1e-5);
    }),
  );
});

test('a file cut short is refused', () => {
  const p = { probabilities: [1, 0, 0, 0, 0], labels: [0] };
  expect(() => unpackPredictions(packPredictions(SHA, { all: p }).slice(0, -1))).toThrow('another length');
});

test('rows are named by id and label, in order', () => {
  const [a, b] = [{ id: 'a', label: 'leve' } as const, { id: 'b', label: 'aguda' } as const];
  const names = [[a, b], [b, a], [a], [{ ...a, label: 'aguda' } as const, b]].map(rowsSha256);
  expect(new Set(names).size).toBe(4);
});
