import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binned, cramersV, mutualInformation, pearson, ranks, spearman, summarise } from './statistics.ts';

const column = (...values: number[]): Float64Array => Float64Array.from(values);

describe('correlation', () => {
  test('is 1 on a line and ignores rows where one value is missing', () => {
    expect(pearson(column(1, 2, 3, Number.NaN, 5), column(2, 4, 6, 100, 10))).toBeCloseTo(1, 12);
    expect(pearson(column(1, 2, 3), column(3, 2, 1))).toBeCloseTo(-1, 12);
  });

  test('of ranks sees any rising relation, of values only a straight one', () => {
    const [x, y] = [column(1, 2, 3, 4, 5), column(1, 8, 27, 64, 125)];
    expect(spearman(x, y)).toBeCloseTo(1, 12);
    expect(pearson(x, y)).toBeLessThan(0.96);
  });

  test('of a constant is not a number', () => {
    expect(pearson(column(1, 1, 1), column(1, 2, 3))).toBeNaN();
  });

  test('gives equal values their mean rank', () => {
    expect([...ranks([10, 20, 20, 5])]).toEqual([1, 2.5, 2.5, 0]);
  });

  test('does not depend on unit and origin', () => {
    const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 4, maxLength: 20 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 9 }), (values, factor) => {
        const x = Float64Array.from(values);
        const y = Float64Array.from(values, (v, i) => v * v + i);
        const [a, b] = [
          pearson(x, y),
          pearson(
            x.map((v) => v * factor + 7),
            y,
          ),
        ];
        expect(Number.isNaN(a) ? Number.isNaN(b) : Math.abs(a - b) < 1e-9).toBe(true);
      }),
    );
  });
});

describe('association of categories', () => {
  const a = Array.from({ length: 400 }, (_, i) => i % 2);

  test('is 1 when one determines the other and 0 when they are independent', () => {
    const independent = a.map((_, i) => Math.floor(i / 2) % 2);
    expect(cramersV(a, a)).toBeCloseTo(1, 6);
    expect(cramersV(a, independent)).toBe(0);
    expect(mutualInformation(a, a)).toBeCloseTo(1, 2);
    expect(mutualInformation(a, independent)).toBe(0);
  });

  test('with a constant is 0', () => {
    const constant = a.map(() => 0);
    expect(cramersV(a, constant)).toBe(0);
  });
});

test('what was not recorded is a group of its own', () => {
  expect([...binned(column(1, 2, Number.NaN, 3, 4), 2)]).toEqual([0, 0, 2, 1, 1]);
});

test('a summary counts gaps apart from values', () => {
  const { known, missing, mean, quantiles } = summarise('x', column(1, 2, 3, Number.NaN));
  expect([known, missing, mean, quantiles[2]]).toEqual([3, 1, 2, 2]);
});
