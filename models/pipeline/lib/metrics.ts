import { CATEGORIES } from '#domain/categories.ts';
import type { ClassMetrics, Metrics } from '#domain/model/manifest.ts';

/** Predicted probabilities, row after row in the order of CATEGORIES, with the true class of each row. */
export interface Predictions {
  readonly probabilities: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
}

const K = CATEGORIES.length;
const ECE_BINS = 15;
/** Keeps one impossible prediction from making the mean infinite. */
const SMALLEST = 1e-6;

const at = (p: Predictions, row: number, c: number): number => p.probabilities[row * K + c] ?? Number.NaN;

/** The likeliest class of a row; the first one of equals. */
export function likeliest(p: Predictions, row: number): number {
  let best = 0;
  for (let c = 1; c < K; c += 1) if (at(p, row, c) > at(p, row, best)) best = c;
  return best;
}

/** All figures of one set of rows. */
export function metricsOf(p: Predictions): Metrics {
  const classes = CATEGORIES.map((_, c) => classMetrics(p, c));
  const aucs = classes.map(({ auc }) => auc).filter((auc) => auc !== null);
  const matrix = confusion(p);
  const hits = matrix.reduce((sum, row, c) => sum + (row[c] ?? 0), 0);
  return {
    rows: p.labels.length,
    accuracy: hits / p.labels.length,
    macroAuc: aucs.length > 0 ? mean(aucs) : null,
    macroF1: mean(classes.map(({ f1 }) => f1 ?? 0)),
    logLoss: logLoss(p),
    brier: brier(p),
    ece: expectedCalibrationError(p),
  };
}

/** Mean negative log probability of the true class. */
export function logLoss(p: Predictions): number {
  let sum = 0;
  for (let i = 0; i < p.labels.length; i += 1) sum -= Math.log(Math.max(SMALLEST, at(p, i, p.labels[i] ?? 0)));
  return sum / p.labels.length;
}

/** Mean squared distance to the true class, over all classes. */
export function brier(p: Predictions): number {
  let sum = 0;
  for (let i = 0; i < p.labels.length; i += 1)
    for (let c = 0; c < K; c += 1) sum += (at(p, i, c) - (p.labels[i] === c ? 1 : 0)) ** 2;
  return sum / p.labels.length;
}

/** Rows are true classes, columns the likeliest predicted ones. */
export function confusion(p: Predictions): number[][] {
  const matrix = CATEGORIES.map(() => new Array<number>(K).fill(0));
  for (let i = 0; i < p.labels.length; i += 1) {
    const row = matrix[p.labels[i] ?? 0];
    const c = likeliest(p, i);
    if (row) row[c] = (row[c] ?? 0) + 1;
  }
  return matrix;
}

/** Precision, recall and F1 of the likeliest class, and one-versus-rest AUC; `null` where undefined. */
export function classMetrics(p: Predictions, c: number): ClassMetrics {
  const matrix = confusion(p);
  const rows = (matrix[c] ?? []).reduce((a, b) => a + b, 0);
  const predicted = matrix.reduce((sum, row) => sum + (row[c] ?? 0), 0);
  const hits = matrix[c]?.[c] ?? 0;
  return {
    rows,
    precision: predicted > 0 ? hits / predicted : null,
    recall: rows > 0 ? hits / rows : null,
    f1: rows + predicted > 0 ? (2 * hits) / (rows + predicted) : null,
    auc: areaUnderCurve(p, c),
  };
}

/** Probability that a row of the class scores above one that is not, ties counting half (Mann–Whitney). */
export function areaUnderCurve(p: Predictions, c: number): number | null {
  const n = p.labels.length;
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => at(p, a, c) - at(p, b, c));
  let positives = 0;
  let rankSum = 0;
  for (let start = 0; start < n; ) {
    let end = start + 1;
    while (end < n && at(p, order[end] ?? 0, c) === at(p, order[start] ?? 0, c)) end += 1;
    const rank = (start + 1 + end) / 2;
    for (let i = start; i < end; i += 1)
      if (p.labels[order[i] ?? 0] === c) {
        positives += 1;
        rankSum += rank;
      }
    start = end;
  }
  const negatives = n - positives;
  if (positives === 0 || negatives === 0) return null;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

export interface ReliabilityBin {
  readonly confidence: number;
  readonly accuracy: number;
  readonly rows: number;
}

/** Mean confidence and accuracy of the likeliest class in equal-width bins (low, high]; empty bins are left out. */
export function reliability(p: Predictions): readonly ReliabilityBin[] {
  const bins = Array.from({ length: ECE_BINS }, () => ({ confidence: 0, hits: 0, rows: 0 }));
  for (let i = 0; i < p.labels.length; i += 1) {
    const c = likeliest(p, i);
    const confidence = at(p, i, c);
    const bin = bins[Math.min(ECE_BINS - 1, Math.max(0, Math.ceil(confidence * ECE_BINS) - 1))];
    if (!bin) continue;
    bin.confidence += confidence;
    bin.hits += p.labels[i] === c ? 1 : 0;
    bin.rows += 1;
  }
  return bins
    .filter(({ rows }) => rows > 0)
    .map(({ confidence, hits, rows }) => ({ confidence: confidence / rows, accuracy: hits / rows, rows }));
}

/** Mean distance between confidence and accuracy over the bins of {@link reliability}. */
export function expectedCalibrationError(p: Predictions): number {
  const gap = reliability(p).reduce((sum, b) => sum + b.rows * Math.abs(b.accuracy - b.confidence), 0);
  return gap / p.labels.length;
}

/** Several sets of rows as one, e.g. of several views. */
export function together(parts: readonly Predictions[]): Predictions {
  const probabilities = Float64Array.from(parts.flatMap((part) => Array.from(part.probabilities)));
  const labels = Uint8Array.from(parts.flatMap((part) => Array.from(part.labels)));
  return { probabilities, labels };
}

/** The rows at some indices, e.g. a subgroup or a bootstrap sample. */
export function pick(p: Predictions, indices: ArrayLike<number>): Predictions {
  const n = indices.length;
  const probabilities = new Float32Array(n * K);
  const labels = new Uint8Array(n);
  for (let i = 0; i < n; i += 1) {
    const from = indices[i] ?? 0;
    labels[i] = p.labels[from] ?? 0;
    for (let c = 0; c < K; c += 1) probabilities[i * K + c] = at(p, from, c);
  }
  return { probabilities, labels };
}

export function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

/** Linear interpolation between order statistics, as NumPy's default. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = q * (sorted.length - 1);
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? Number.NaN;
  return low + (high - low) * (position - Math.floor(position));
}
