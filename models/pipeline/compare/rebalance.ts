import { CATEGORIES } from '#domain/categories.ts';
import type { Rng } from '../lib/rng.ts';
import type { Matrix } from './design.ts';

/** What is done about rare classes. `priorShift` trains as `none` and multiplies the probabilities afterwards. */
export const IMBALANCES = ['none', 'weights', 'oversample', 'smote', 'priorShift'] as const;
export type Imbalance = (typeof IMBALANCES)[number];

/** Training rows with their classes; `weights` of rows have the mean 1. */
export interface TrainingRows extends Matrix {
  readonly labels: Uint8Array;
  readonly weights: Float32Array;
}

const K = CATEGORIES.length;
/** Rare classes are brought up to this share of the commonest one. */
const TARGET_SHARE = 0.25;
const SMOTE_NEIGHBOURS = 5;

/** Weights or adds training rows; validation and test rows are never touched. */
export function rebalance(matrix: Matrix, labels: Uint8Array, how: Imbalance, rng: Rng): TrainingRows {
  const plain = { ...matrix, labels, weights: new Float32Array(matrix.rows).fill(1) };
  if (how === 'weights') return { ...plain, weights: classWeights(labels) };
  if (how === 'oversample' || how === 'smote') return addRows(plain, how === 'smote', rng);
  return plain;
}

/** Inverse frequency of the class, scaled to a mean of 1; an empty class needs none. */
function classWeights(labels: Uint8Array): Float32Array {
  const counts = classCounts(labels);
  const present = counts.filter((n) => n > 0).length;
  return Float32Array.from(labels, (label) => labels.length / (present * (counts[label] ?? 1)));
}

export function classCounts(labels: ArrayLike<number>): number[] {
  const counts = new Array<number>(K).fill(0);
  for (let i = 0; i < labels.length; i += 1) counts[labels[i] ?? 0] = (counts[labels[i] ?? 0] ?? 0) + 1;
  return counts;
}

function addRows(rows: TrainingRows, interpolates: boolean, rng: Rng): TrainingRows {
  const counts = classCounts(rows.labels);
  const goal = Math.floor(Math.max(...counts) * TARGET_SHARE);
  const added: Float32Array[] = [];
  const addedLabels: number[] = [];
  for (const [label, count] of counts.entries()) {
    if (count === 0 || count >= goal) continue;
    const own = rowsOf(rows, label);
    const neighbours = interpolates ? nearest(own) : undefined;
    for (let n = count; n < goal; n += 1) {
      const i = rng.int(own.length);
      const row = own[i] ?? new Float32Array(rows.columns);
      const near = neighbours?.[i] ?? [];
      const other = near.length > 0 ? own[near[rng.int(near.length)] ?? i] : undefined;
      added.push(other ? between(row, other, rng.uniform()) : row);
      addedLabels.push(label);
    }
  }
  return concatenate(rows, added, addedLabels);
}

function rowsOf({ x, columns, labels }: TrainingRows, label: number): readonly Float32Array[] {
  const own: Float32Array[] = [];
  for (let i = 0; i < labels.length; i += 1)
    if (labels[i] === label) own.push(x.subarray(i * columns, (i + 1) * columns));
  return own;
}

/** The nearest rows of the same class (Euclidean): the partners of SMOTE (Chawla et al., 2002). */
function nearest(rows: readonly Float32Array[]): readonly (readonly number[])[] {
  return rows.map((row, i) =>
    rows
      .map((other, j) => ({ j, distance: squaredDistance(row, other) }))
      .filter(({ j }) => j !== i)
      .sort((a, b) => a.distance - b.distance)
      .slice(0, SMOTE_NEIGHBOURS)
      .map(({ j }) => j),
  );
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k += 1) sum += ((a[k] ?? 0) - (b[k] ?? 0)) ** 2;
  return sum;
}

function between(a: Float32Array, b: Float32Array, share: number): Float32Array {
  return a.map((value, k) => value + share * ((b[k] ?? 0) - value));
}

function concatenate(rows: TrainingRows, added: readonly Float32Array[], addedLabels: readonly number[]): TrainingRows {
  const total = rows.rows + added.length;
  const x = new Float32Array(total * rows.columns);
  x.set(rows.x);
  for (const [i, row] of added.entries()) x.set(row, (rows.rows + i) * rows.columns);
  const labels = Uint8Array.from([...rows.labels, ...addedLabels]);
  return { rows: total, columns: rows.columns, x, labels, weights: new Float32Array(total).fill(1) };
}
