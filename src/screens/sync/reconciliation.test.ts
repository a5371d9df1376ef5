import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reconcile } from './reconciliation.ts';

test('the counts agree when every saved record is somewhere', () => {
  expect(reconcile({ saved: 46, delivered: 42, queued: 3, quarantined: 1 }).agrees).toBe(true);
});

test('any missing or extra record is noticed', () => {
  const count = fc.nat(100_000);
  const difference = fc.integer({ min: -50, max: 50 }).filter((d) => d !== 0);
  fc.assert(
    fc.property(count, count, count, difference, (delivered, queued, quarantined, off) => {
      const saved = delivered + queued + quarantined + off;
      expect(reconcile({ saved, delivered, queued, quarantined }).agrees).toBe(false);
    }),
  );
});
