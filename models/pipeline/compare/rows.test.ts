import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '../lib/rng.ts';
import { fitImputer } from './impute.ts';
import { IMBALANCES, rebalance } from './rebalance.ts';

describe('filling in', () => {
  const rows = [[1], [1], [4], [10], [Number.NaN]];
  const filled = (how: 'mean' | 'median' | 'mode'): number => {
    const [value = 0] = fitImputer(rows, how).apply([Number.NaN]);
    const deviation = Math.sqrt(((1 - 4) ** 2 * 2 + 0 + (10 - 4) ** 2) / 4);
    return value * deviation + 4;
  };

  test('takes the mean, the median or the commonest of the training rows', () => {
    expect(filled('mean')).toBeCloseTo(4, 9);
    expect(filled('median')).toBeCloseTo(2.5, 9);
    expect(filled('mode')).toBeCloseTo(1, 9);
  });

  test('as a mask says so in a flag', () => {
    const mask = fitImputer(rows, 'mask');
    expect(mask.apply([Number.NaN])).toEqual([0, 1]);
    expect(mask.apply([4])).toEqual([0, 0]);
  });

  test('survives a column that was never recorded', () => {
    expect(fitImputer([[Number.NaN], [Number.NaN]], 'median').apply([Number.NaN])).toEqual([0]);
  });
});

describe('rare classes', () => {
  const labels = Uint8Array.from({ length: 120 }, (_, i) => (i < 6 ? 4 : i < 40 ? 1 : 2));
  const x = Float32Array.from({ length: 240 }, (_, i) => i);
  const matrix = { rows: 120, columns: 2, x };
  const made = (how: (typeof IMBALANCES)[number]) => rebalance(matrix, labels, how, createRng(3));

  test('get weights whose mean is one, and no rows', () => {
    const { rows, weights } = made('weights');
    expect(rows).toBe(120);
    expect(weights.reduce((a, b) => a + b, 0) / 120).toBeCloseTo(1, 5);
    expect((weights[0] ?? 0) / (weights[119] ?? 1)).toBeCloseTo(80 / 6, 5);
  });

  test('are copied up to a quarter of the commonest, other rows staying as they are', () => {
    const { rows, labels: all, x: numbers } = made('oversample');
    expect(rows).toBe(120 + 14);
    expect(all.slice(120).every((label) => label === 4)).toBe(true);
    expect(numbers.slice(0, 240)).toEqual(x);
    expect(numbers.slice(240).every((value) => value < 12)).toBe(true);
  });

  test('interpolated rows lie between rows of their class', () => {
    const { x: numbers } = made('smote');
    for (let i = 240; i < numbers.length; i += 2) {
      expect(numbers[i]).toBeGreaterThanOrEqual(0);
      expect(numbers[i]).toBeLessThanOrEqual(10);
      // All rows of the class lie on one line, so what lies between them does too.
      expect((numbers[i + 1] ?? 0) - (numbers[i] ?? 0)).toBeCloseTo(1, 4);
    }
  });

  test('an empty class stays empty whatever is done', () => {
    fc.assert(
      fc.property(fc.constantFrom(...IMBALANCES), (how) => {
        const { labels: all, weights } = made(how);
        expect(all.includes(0) || all.includes(3)).toBe(false);
        expect(weights.every(Number.isFinite)).toBe(true);
      }),
    );
  });
});
