import { CATEGORIES } from '#domain/categories.ts';
import type { Matrix } from './design.ts';
import type { Rng } from '../lib/rng.ts';
import type { Candidate, Fitted } from './candidates.ts';
import type { TrainingRows } from './rebalance.ts';

interface Split {
  readonly column: number;
  readonly threshold: number;
  readonly low: Node;
  readonly high: Node;
}
type Node = Split | { readonly shares: readonly number[] };

const K = CATEGORIES.length;
/** A column has at most so many cut points, at its quantiles. */
const BINS = 32;
const BYTES_PER_SPLIT = 8;
const BYTES_PER_LEAF = 4 * K;

interface Growth {
  readonly mostDepth: number;
  readonly leastRows: number;
  /** Columns tried at each split, drawn at random; all of them when absent. */
  readonly columnsTried?: number;
}

const TREE: Growth = { mostDepth: 9, leastRows: 25 };
const FOREST: Growth = { mostDepth: 24, leastRows: 4 };
const TREES = 120;

/**
 * CART with Gini impurity on quantile cut points. Our own: ml-cart takes 22 s for a thousand rows and the tree learner of
 * ydf-training aborts.
 */
export const decisionTree: Candidate = {
  id: 'tree',
  label: 'decision tree',
  how: `own CART, Gini, depth ≤ ${TREE.mostDepth}, ≥ ${TREE.leastRows} rows in a leaf, ${BINS} quantile cut points`,
  representation: 'table',
  fit: async (rows, rng) => {
    const members = Uint32Array.from({ length: rows.rows }, (_, i) => i);
    return fitted([growTree(binRows(rows), members, TREE, rng)]);
  },
};

/**
 * Random forest of such trees, their leaf shares averaged. Our own: the forest of ydf-training lets trees vote with their
 * likeliest class alone, which ruins the probabilities (log loss 1.15 on validation), and takes no options.
 */
export const randomForest: Candidate = {
  id: 'forest',
  label: 'random forest',
  how: `own CART, ${TREES} trees on rows drawn with replacement, three times the square root of the columns at each split, ≥ ${FOREST.leastRows} rows in a leaf, leaf shares averaged`,
  representation: 'table',
  fit: async (rows, rng) => {
    const binned = binRows(rows);
    const growth = { ...FOREST, columnsTried: Math.ceil(3 * Math.sqrt(rows.columns)) };
    const draw = (): Uint32Array => Uint32Array.from({ length: rows.rows }, () => rng.int(rows.rows));
    return fitted(Array.from({ length: TREES }, () => growTree(binned, draw(), growth, rng)));
  },
};

function fitted(trees: readonly Node[]): Fitted {
  return {
    bytes: trees.reduce((sum, tree) => sum + sizeOf(tree), 0),
    predict: async (matrix) => predictTrees(trees, matrix),
    dispose: () => {},
  };
}

/** Rows with their columns cut at quantiles, which every tree shares. */
interface BinnedRows {
  readonly rows: TrainingRows;
  readonly cuts: readonly (readonly number[])[];
  readonly bins: readonly Uint8Array[];
}

function binRows(rows: TrainingRows): BinnedRows {
  const cuts = Array.from({ length: rows.columns }, (_, k) => cutPoints(rows, k));
  return { rows, cuts, bins: cuts.map((thresholds, k) => binColumn(rows, k, thresholds)) };
}

function growTree(binned: BinnedRows, all: Uint32Array, growth: Growth, rng: Rng): Node {
  const columns = Uint32Array.from(binned.bins, (_, k) => k);
  const tried = (): Uint32Array =>
    growth.columnsTried === undefined ? columns : drawColumns(columns, growth.columnsTried, rng);
  const grow = (members: Uint32Array, depth: number): Node => {
    const totals = weightsByClass(binned.rows, members);
    const mayGrow = depth < growth.mostDepth && members.length >= 2 * growth.leastRows;
    const best = mayGrow ? bestSplit(binned, members, totals, tried(), growth.leastRows) : undefined;
    if (!best) return { shares: smoothed(totals) };
    const column = binned.bins[best.column] ?? new Uint8Array();
    const isLow = (i: number): boolean => (column[i] ?? 0) <= best.bin;
    return {
      column: best.column,
      threshold: binned.cuts[best.column]?.[best.bin] ?? 0,
      low: grow(members.filter(isLow), depth + 1),
      high: grow(
        members.filter((i) => !isLow(i)),
        depth + 1,
      ),
    };
  };
  return grow(all, 0);
}

/** The first of a partial shuffle, in place: the order of columns does not matter. */
function drawColumns(columns: Uint32Array, count: number, rng: Rng): Uint32Array {
  const n = Math.min(count, columns.length);
  for (let i = 0; i < n; i += 1) {
    const j = i + rng.int(columns.length - i);
    const held = columns[i] ?? 0;
    columns[i] = columns[j] ?? 0;
    columns[j] = held;
  }
  return columns.slice(0, n);
}

function cutPoints({ x, rows, columns }: Matrix, k: number): readonly number[] {
  const values = Float32Array.from({ length: rows }, (_, i) => x[i * columns + k] ?? 0).sort();
  const quantiles = Array.from({ length: BINS - 1 }, (_, b) => values[Math.floor(((b + 1) * rows) / BINS)] ?? 0);
  const highest = values[rows - 1] ?? 0;
  // A rare truth value lies above every quantile: without the lowest value as a cut it could never be split off.
  return [...new Set([values[0] ?? 0, ...quantiles])].filter((value) => value < highest);
}

function binColumn({ x, rows, columns }: Matrix, k: number, thresholds: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: rows }, (_, i) => {
    const value = x[i * columns + k] ?? 0;
    let bin = 0;
    while (bin < thresholds.length && value > (thresholds[bin] ?? 0)) bin += 1;
    return bin;
  });
}

function weightsByClass({ labels, weights }: TrainingRows, members: Uint32Array): number[] {
  const totals = new Array<number>(K).fill(0);
  for (const i of members) totals[labels[i] ?? 0] = (totals[labels[i] ?? 0] ?? 0) + (weights[i] ?? 0);
  return totals;
}

function bestSplit(
  { rows: { labels, weights }, bins: allBins, cuts }: BinnedRows,
  members: Uint32Array,
  totals: readonly number[],
  columns: Uint32Array,
  leastRows: number,
): { readonly column: number; readonly bin: number } | undefined {
  let best: { column: number; bin: number } | undefined;
  let bestScore = purity(totals) + 1e-6;
  const histogram = new Float64Array((BINS + 1) * K);
  const counts = new Uint32Array(BINS + 1);
  const low = new Float64Array(K);
  const high = new Float64Array(K);
  for (const column of columns) {
    const bins = allBins[column] ?? new Uint8Array();
    const used = cuts[column]?.length ?? 0;
    histogram.fill(0);
    counts.fill(0);
    low.fill(0);
    for (const i of members) {
      const bin = bins[i] ?? 0;
      const cell = bin * K + (labels[i] ?? 0);
      histogram[cell] = (histogram[cell] ?? 0) + (weights[i] ?? 0);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    let lowRows = 0;
    for (let bin = 0; bin < used; bin += 1) {
      for (let c = 0; c < K; c += 1) {
        low[c] = (low[c] ?? 0) + (histogram[bin * K + c] ?? 0);
        high[c] = (totals[c] ?? 0) - (low[c] ?? 0);
      }
      lowRows += counts[bin] ?? 0;
      if (lowRows < leastRows || members.length - lowRows < leastRows) continue;
      const score = purity(low) + purity(high);
      if (score > bestScore) [best, bestScore] = [{ column, bin }, score];
    }
  }
  return best;
}

/** Sum of squared class weights over their sum: the part of Gini impurity that a split can raise. */
function purity(totals: ArrayLike<number>): number {
  let [sum, squares] = [0, 0];
  for (let c = 0; c < K; c += 1) {
    const total = totals[c] ?? 0;
    sum += total;
    squares += total * total;
  }
  return sum > 0 ? squares / sum : 0;
}

/** Shares with one row spread over the classes: no leaf is certain. */
function smoothed(totals: readonly number[]): readonly number[] {
  const sum = totals.reduce((a, b) => a + b, 0);
  return totals.map((total) => (total + 1 / K) / (sum + 1));
}

function predictTrees(trees: readonly Node[], { x, rows, columns }: Matrix): Float32Array {
  const out = new Float32Array(rows * K);
  for (const root of trees)
    for (let i = 0; i < rows; i += 1) {
      let node = root;
      while ('column' in node) node = (x[i * columns + node.column] ?? 0) <= node.threshold ? node.low : node.high;
      for (const [c, share] of node.shares.entries()) out[i * K + c] = (out[i * K + c] ?? 0) + share / trees.length;
    }
  return out;
}

function sizeOf(node: Node): number {
  return 'column' in node ? BYTES_PER_SPLIT + sizeOf(node.low) + sizeOf(node.high) : BYTES_PER_LEAF;
}
