import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CATEGORIES } from '#domain/categories.ts';
import { logLoss, type Predictions } from '../lib/metrics.ts';
import { createRng } from '../lib/rng.ts';
import {
  abstentionThreshold,
  answeredAt,
  conformalThresholds,
  fitTemperature,
  terminalThreshold,
  withTemperature,
} from './calibrate.ts';
import { conformalFigures } from './evaluate.ts';

/** Random rows whose labels are drawn from their own probabilities: calibrated by construction. */
function calibrated(rows: number, seed: number): Predictions {
  const rng = createRng(seed);
  const labels = new Uint8Array(rows);
  const probabilities = new Float32Array(rows * 5);
  for (let row = 0; row < rows; row += 1) {
    const weights = CATEGORIES.map(() => Math.exp(1.5 * rng.normal()));
    const sum = weights.reduce((a, b) => a + b, 0);
    let draw = rng.uniform() * sum;
    labels[row] = weights.findIndex((w) => (draw -= w) < 0);
    for (const [c, w] of weights.entries()) probabilities[row * 5 + c] = w / sum;
  }
  return { labels, probabilities };
}

test('a calibrated network needs a temperature of about one', () => {
  expect(fitTemperature([calibrated(8000, 1)])).toBeCloseTo(1, 1);
});

test('an overconfident network is cooled back', () => {
  const sharp = withTemperature(calibrated(8000, 2), 0.6);
  const fitted = fitTemperature([sharp]);
  expect(fitted).toBeGreaterThan(1.5);
  expect(logLoss(withTemperature(sharp, fitted))).toBeLessThan(logLoss(sharp));
});

test('temperature keeps rows adding up to one and the likeliest class first', () => {
  const p = calibrated(50, 3);
  const hot = withTemperature(p, 1.7);
  for (let row = 0; row < 50; row += 1) {
    const [a, b] = [p, hot].map(({ probabilities }) => Array.from(probabilities).slice(row * 5, row * 5 + 5));
    expect((b ?? []).reduce((x, y) => x + y)).toBeCloseTo(1, 9);
    expect(b?.indexOf(Math.max(...b))).toBe(a?.indexOf(Math.max(...(a ?? []))));
  }
});

test('on the rows they were set with, the sets hold the true class as often as promised, for every class', () => {
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 600 }), fc.integer({ min: 0, max: 1e6 }), (rows, seed) => {
      const p = calibrated(rows, seed);
      const { coverageByCategory } = conformalFigures(p, conformalThresholds(p, 0.9));
      for (const category of CATEGORIES) expect(coverageByCategory[category] ?? 1).toBeGreaterThanOrEqual(0.9);
    }),
    { numRuns: 30 },
  );
});

test('on new rows the promise holds about as well', () => {
  const thresholds = conformalThresholds(calibrated(6000, 10), 0.9);
  expect(conformalFigures(calibrated(6000, 11), thresholds).coverage).toBeCloseTo(0.9, 1);
});

test('a class with too few rows for the promise is always in the set', () => {
  const few: Predictions = { labels: [0, 0], probabilities: [0.9, 0.1, 0, 0, 0, 0.8, 0.2, 0, 0, 0] };
  expect(conformalThresholds(few, 0.9)).toEqual({ no_enfermo: 0, leve: 0, aguda: 0, cronica: 0, terminal: 0 });
});

test('the abstention threshold is the smallest that reaches the accuracy asked for', () => {
  const p = calibrated(4000, 4);
  const threshold = abstentionThreshold(p, 0.7);
  expect(answeredAt(p, threshold).accuracyAnswered).toBeGreaterThanOrEqual(0.7);
  expect(answeredAt(p, threshold - 0.01).accuracyAnswered).toBeLessThan(0.7);
});

test('an accuracy nobody reaches means never answering', () => {
  const wrong: Predictions = { labels: [1], probabilities: [0.995, 0.005, 0, 0, 0] };
  expect(abstentionThreshold(wrong, 0.7)).toBe(1);
  expect(answeredAt(wrong, 1)).toEqual({ answered: 0, accuracyAnswered: null });
});

test('about the share asked for lies above the terminal threshold', () => {
  const p = calibrated(2000, 5);
  const threshold = terminalThreshold(p, 0.05);
  const raised = Array.from(p.labels).filter((_, row) => (p.probabilities[row * 5 + 4] ?? 0) >= threshold).length;
  expect(raised / 2000).toBeCloseTo(0.05, 2);
});
