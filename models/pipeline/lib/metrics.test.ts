import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  areaUnderCurve,
  brier,
  classMetrics,
  confusion,
  expectedCalibrationError,
  logLoss,
  metricsOf,
  pick,
  type Predictions,
  quantile,
} from './metrics.ts';

/** Four rows, worked out by hand below: the likeliest classes are 0, 1, 1, 2. */
const FOUR: Predictions = {
  labels: [0, 1, 2, 2],
  probabilities: [
    ...[0.7, 0.1, 0.1, 0.05, 0.05],
    ...[0.2, 0.5, 0.1, 0.1, 0.1],
    ...[0.1, 0.6, 0.2, 0.05, 0.05],
    ...[0.1, 0.1, 0.8, 0, 0],
  ],
};

describe('metrics of four rows worked out by hand', () => {
  test('accuracy is three of four', () => {
    expect(metricsOf(FOUR).accuracy).toBe(0.75);
  });

  test('log loss is the mean of -ln 0.7, -ln 0.5, -ln 0.2, -ln 0.8', () => {
    expect(logLoss(FOUR)).toBeCloseTo((0.3566749 + 0.6931472 + 1.6094379 + 0.2231436) / 4, 6);
  });

  test('the Brier score sums squares over all classes', () => {
    const rows = [0.09 + 0.01 + 0.01 + 0.0025 * 2, 0.04 + 0.25 + 0.03, 0.01 + 0.36 + 0.64 + 0.005, 0.01 + 0.01 + 0.04];
    expect(brier(FOUR)).toBeCloseTo(rows.reduce((a, b) => a + b) / 4, 9);
  });

  test('rows of the confusion matrix are true classes', () => {
    expect(confusion(FOUR)).toEqual([
      [1, 0, 0, 0, 0],
      [0, 1, 0, 0, 0],
      [0, 1, 1, 0, 0],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
  });

  test('precision, recall and F1 of a class', () => {
    expect(classMetrics(FOUR, 1)).toMatchObject({ rows: 1, precision: 0.5, recall: 1, f1: 2 / 3 });
    expect(classMetrics(FOUR, 4)).toEqual({ rows: 0, precision: null, recall: null, f1: null, auc: null });
  });

  test('the area under the curve counts pairs, ties half', () => {
    // Class 1: the positive has 0.5, the others 0.1, 0.6, 0.1, so two of three pairs are in order.
    expect(areaUnderCurve(FOUR, 1)).toBeCloseTo(2 / 3, 9);
    // Class 2: positives 0.2 and 0.8 against 0.1 and 0.1.
    expect(areaUnderCurve(FOUR, 2)).toBe(1);
    const tied: Predictions = { labels: [0, 1], probabilities: [0.5, 0.5, 0, 0, 0, 0.5, 0.5, 0, 0, 0] };
    expect(areaUnderCurve(tied, 0)).toBe(0.5);
  });

  test('macro AUC leaves out classes nobody has, macro F1 counts them as zero', () => {
    // Class 0: 0.7 against 0.2, 0.1, 0.1.
    expect(metricsOf(FOUR).macroAuc).toBeCloseTo((1 + 2 / 3 + 1) / 3, 9);
    expect(metricsOf(FOUR).macroF1).toBeCloseTo((1 + 2 / 3 + 2 / 3 + 0 + 0) / 5, 9);
  });

  test('calibration error weighs the gap of each bin by its rows', () => {
    // Confidences 0.7, 0.5, 0.6, 0.8 fall in bins 11, 8, 9 and 12 of 15; hits 1, 1, 0, 1.
    expect(expectedCalibrationError(FOUR)).toBeCloseTo((0.3 + 0.5 + 0.6 + 0.2) / 4, 9);
  });
});

test('a perfect forecast has no loss, no error and full area', () => {
  const labels = [0, 1, 2, 3, 4, 0];
  const probabilities = labels.flatMap((label) => [0, 1, 2, 3, 4].map((c) => (c === label ? 1 : 0)));
  expect(metricsOf({ labels, probabilities })).toEqual({
    rows: 6,
    accuracy: 1,
    macroAuc: 1,
    macroF1: 1,
    logLoss: 0,
    brier: 0,
    ece: 0,
  });
});

test('an area under the curve agrees with counting every pair', () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 5 }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 30 }), (rows) => {
      const labels = rows.map(([label]) => label);
      const scores = rows.map(([, score]) => score / 5);
      const probabilities = scores.flatMap((score) => [score, 1 - score, 0, 0, 0]);
      const positives = scores.filter((_, i) => labels[i] === 0);
      const negatives = scores.filter((_, i) => labels[i] !== 0);
      const wins = positives.flatMap((a) => negatives.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
      const expected = wins.length === 0 ? null : wins.reduce((a: number, b) => a + b, 0) / wins.length;
      const actual = areaUnderCurve({ labels, probabilities }, 0);
      if (expected === null) expect(actual).toBeNull();
      else expect(actual).toBeCloseTo(expected, 9);
    }),
  );
});

test('picking rows keeps their labels and probabilities, repeats included', () => {
  const picked = pick(FOUR, [3, 3, 0]);
  expect([...Array.from(picked.labels)]).toEqual([2, 2, 0]);
  expect(picked.probabilities[2]).toBeCloseTo(0.8, 6);
});

test('quantiles interpolate between order statistics', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3, 4, 5], 0.25)).toBe(2);
});
