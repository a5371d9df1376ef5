import { CATEGORIES, type PerCategory } from '#domain/categories.ts';
import { perCategoryOf } from '#domain/model/manifest.ts';
import { likeliest, logLoss, type Predictions, quantile } from '../lib/metrics.ts';

const K = CATEGORIES.length;

/**
 * The temperature that makes the probabilities fit best (least log loss), to three decimals.
 * @param atOne predictions at temperature one: log p differs from the logits by a constant per row, which softmax drops
 */
export function fitTemperature(atOne: readonly Predictions[]): number {
  const lossAt = (t: number): number => atOne.reduce((sum, p) => sum + logLoss(withTemperature(p, t)), 0);
  let [low, high] = [0.5, 2];
  while (high - low > 1e-4) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
    if (lossAt(a) < lossAt(b)) high = b;
    else low = a;
  }
  return Math.round(((low + high) / 2) * 1000) / 1000;
}

/** The same predictions at another temperature. */
export function withTemperature({ probabilities, labels }: Predictions, temperature: number): Predictions {
  const scaled = Float64Array.from(probabilities, (p) => Math.max(p, 1e-30) ** (1 / temperature));
  for (let row = 0; row < labels.length; row += 1) {
    const cells = scaled.subarray(row * K, (row + 1) * K);
    const sum = cells.reduce((a, b) => a + b, 0);
    for (const [c, value] of cells.entries()) cells[c] = value / sum;
  }
  return { probabilities: scaled, labels };
}

/**
 * Per-class (Mondrian) conformal thresholds: a class is in the set when its probability is at least its threshold, and
 * of the visits that truly are of a class at least `coverage` get a set with it, rare classes included.
 */
export function conformalThresholds(p: Predictions, coverage: number): PerCategory {
  const thresholds = CATEGORIES.map((_, c) => {
    const own = ofTrueClass(p, c).toSorted((a, b) => a - b);
    // Split conformal: with n calibration rows the k-th smallest score, k = ⌊(n + 1)(1 − coverage)⌋, keeps the promise.
    const k = Math.floor((own.length + 1) * (1 - coverage) + 1e-9);
    return k === 0 ? 0 : floor6(own[k - 1] ?? 0);
  });
  return perCategoryOf(thresholds);
}

/**
 * The smallest threshold, in hundredths, at which the forecasts that are given are at least `accuracy` accurate.
 * @returns 1, that is never answering, when no threshold reaches it
 */
export function abstentionThreshold(p: Predictions, accuracy: number): number {
  for (let hundredths = 0; hundredths < 100; hundredths += 1) {
    const { accuracyAnswered } = answeredAt(p, hundredths / 100);
    if (accuracyAnswered !== null && accuracyAnswered >= accuracy) return hundredths / 100;
  }
  return 1;
}

/** Share of rows answered at a threshold and how often the likeliest class of those is right. */
export function answeredAt(p: Predictions, threshold: number): { answered: number; accuracyAnswered: number | null } {
  let [answered, hits] = [0, 0];
  for (let row = 0; row < p.labels.length; row += 1) {
    const c = likeliest(p, row);
    if ((p.probabilities[row * K + c] ?? 0) < threshold) continue;
    answered += 1;
    if (p.labels[row] === c) hits += 1;
  }
  return { answered: answered / p.labels.length, accuracyAnswered: answered > 0 ? hits / answered : null };
}

/** The probability of TERMINAL that only `share` of the visits exceed. */
export function terminalThreshold(p: Predictions, share: number): number {
  const terminal = CATEGORIES.indexOf('terminal');
  const risks = Array.from(p.labels, (_, row) => p.probabilities[row * K + terminal] ?? 0);
  return floor6(quantile(risks, 1 - share));
}

function ofTrueClass(p: Predictions, c: number): readonly number[] {
  const own: number[] = [];
  for (let row = 0; row < p.labels.length; row += 1)
    if (p.labels[row] === c) own.push(p.probabilities[row * K + c] ?? 0);
  return own;
}

function floor6(x: number): number {
  return Math.floor(x * 1e6) / 1e6;
}
