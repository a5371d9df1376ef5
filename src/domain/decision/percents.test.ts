import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CATEGORIES, type PerCategory } from '../categories.ts';
import { perCategoryOf } from '../model/manifest.ts';
import { wholePercents } from './percents.ts';

const probabilities = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 })
  .filter((values) => values.some((value) => value > 1e-6))
  .map((values): PerCategory => {
    const total = values.reduce((sum, value) => sum + value, 0);
    return perCategoryOf(values.map((value) => value / total));
  });

test('the five per cents are whole and add up to 100', () => {
  fc.assert(
    fc.property(probabilities, (p) => {
      const percents = CATEGORIES.map((c) => wholePercents(p)[c]);
      expect(percents.every(Number.isInteger)).toBe(true);
      expect(percents.reduce((a, b) => a + b, 0)).toBe(100);
    }),
  );
});

test('each per cent is less than one away from its probability', () => {
  fc.assert(
    fc.property(probabilities, (p) => {
      const percents = wholePercents(p);
      for (const c of CATEGORIES) expect(Math.abs(percents[c] - p[c] * 100)).toBeLessThan(1 + 1e-6);
    }),
  );
});

test('a likelier category never gets a smaller per cent', () => {
  fc.assert(
    fc.property(probabilities, (p) => {
      const percents = wholePercents(p);
      for (const a of CATEGORIES)
        for (const b of CATEGORIES) if (p[a] - p[b] > 1e-6) expect(percents[a]).toBeGreaterThanOrEqual(percents[b]);
    }),
  );
});

test('what is exact stays exact', () => {
  const p = { no_enfermo: 0.03, leve: 0.11, aguda: 0.68, cronica: 0.17, terminal: 0.01 };
  expect(wholePercents(p)).toEqual({ no_enfermo: 3, leve: 11, aguda: 68, cronica: 17, terminal: 1 });
  expect(wholePercents({ no_enfermo: 0.29, leve: 0.57, aguda: 0.14, cronica: 0, terminal: 0 }).no_enfermo).toBe(29);
});
