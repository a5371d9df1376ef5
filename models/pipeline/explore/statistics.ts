import { quantile } from '../lib/metrics.ts';

/** A column of numbers; NaN is "not recorded". */
export type Column = Float64Array;

export interface NumberSummary {
  readonly name: string;
  readonly known: number;
  readonly missing: number;
  readonly mean: number;
  readonly deviation: number;
  /** 1, 25, 50, 75, 99 %. */
  readonly quantiles: readonly number[];
  /** Third standardised moment: far from 0 means a long tail. */
  readonly skewness: number;
}

const QUANTILES = [0.01, 0.25, 0.5, 0.75, 0.99] as const;

export function summarise(name: string, column: Column): NumberSummary {
  const known = Array.from(column).filter((value) => !Number.isNaN(value));
  const mean = average(known);
  const deviation = Math.sqrt(average(known.map((x) => (x - mean) ** 2)));
  return {
    name,
    known: known.length,
    missing: column.length - known.length,
    mean,
    deviation,
    quantiles: known.length === 0 ? [] : QUANTILES.map((q) => quantile(known, q)),
    skewness: average(known.map((x) => ((x - mean) / (deviation || 1)) ** 3)),
  };
}

/** Pearson's correlation over the rows where both are known; NaN when there are fewer than three or one is constant. */
export function pearson(a: Column, b: Column): number {
  const rows = bothKnown(a, b);
  if (rows.length < 3) return Number.NaN;
  const x = rows.map((i) => a[i] ?? 0);
  const y = rows.map((i) => b[i] ?? 0);
  const [mx, my] = [average(x), average(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (const [k, value] of x.entries()) {
    const [dx, dy] = [value - mx, (y[k] ?? 0) - my];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN;
}

/** Spearman's rank correlation, equal values sharing their mean rank. */
export function spearman(a: Column, b: Column): number {
  const rows = bothKnown(a, b);
  return pearson(ranks(rows.map((i) => a[i] ?? 0)), ranks(rows.map((i) => b[i] ?? 0)));
}

function bothKnown(a: Column, b: Column): readonly number[] {
  return [...a.keys()].filter((i) => !Number.isNaN(a[i]) && !Number.isNaN(b[i]));
}

export function ranks(values: readonly number[]): Column {
  const order = [...values.keys()].sort((i, j) => (values[i] ?? 0) - (values[j] ?? 0));
  const out = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end += 1;
    for (let i = start; i < end; i += 1) out[order[i] ?? 0] = (start + end - 1) / 2;
    start = end;
  }
  return out;
}

/** Counts of pairs of whole numbers: `table[a][b]`. */
export function contingency(a: ArrayLike<number>, b: ArrayLike<number>): readonly (readonly number[])[] {
  const height = Math.max(0, ...Array.from(new Set(Array.from(a)))) + 1;
  const width = Math.max(0, ...Array.from(new Set(Array.from(b)))) + 1;
  const table = Array.from({ length: height }, () => new Array<number>(width).fill(0));
  for (let i = 0; i < a.length; i += 1) {
    const row = table[a[i] ?? 0];
    if (row) row[b[i] ?? 0] = (row[b[i] ?? 0] ?? 0) + 1;
  }
  return table;
}

/** Cramér's V with Bergsma's correction for chance; 0 is independent, 1 is determined. */
export function cramersV(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const table = contingency(a, b).filter((row) => row.some((n) => n > 0));
  const n = a.length;
  const columnTotals = (table[0] ?? []).map((_, k) => table.reduce((sum, row) => sum + (row[k] ?? 0), 0));
  const [height, width] = [table.length, columnTotals.filter((total) => total > 0).length];
  if (height < 2 || width < 2 || n < 2) return 0;
  const chi2 = table.reduce((sum, row) => sum + rowChi2(row, columnTotals, n), 0);
  const phi = Math.max(0, chi2 / n - ((height - 1) * (width - 1)) / (n - 1));
  const corrected = (k: number): number => k - (k - 1) ** 2 / (n - 1);
  return Math.sqrt(phi / Math.min(corrected(height) - 1, corrected(width) - 1));
}

function rowChi2(row: readonly number[], columnTotals: readonly number[], n: number): number {
  const rowTotal = row.reduce((a, b) => a + b, 0);
  return columnTotals.reduce((sum, total, k) => {
    const expected = (rowTotal * total) / n;
    return expected > 0 ? sum + ((row[k] ?? 0) - expected) ** 2 / expected : sum;
  }, 0);
}

/** What one variable tells about another, in bits, less the bias of finite counts (Miller and Madow); at least 0. */
export function mutualInformation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const table = contingency(a, b);
  const n = a.length;
  const columnTotals = (table[0] ?? []).map((_, k) => table.reduce((sum, row) => sum + (row[k] ?? 0), 0));
  let bits = 0;
  for (const row of table) {
    const rowTotal = row.reduce((x, y) => x + y, 0);
    for (const [k, count] of row.entries())
      if (count > 0) bits += (count / n) * Math.log2((count * n) / (rowTotal * (columnTotals[k] ?? 1)));
  }
  const [height, width] = [
    table.filter((row) => row.some((x) => x > 0)).length,
    columnTotals.filter((x) => x > 0).length,
  ];
  return Math.max(0, bits - ((height - 1) * (width - 1)) / (2 * n * Math.LN2));
}

/** Cuts numbers at their quantiles; "not recorded" is a group of its own, the last. */
export function binned(column: Column, parts: number): Uint8Array {
  const known = Array.from(column).filter((value) => !Number.isNaN(value));
  const cuts = Array.from({ length: parts - 1 }, (_, k) => quantile(known, (k + 1) / parts));
  return Uint8Array.from(column, (value) => (Number.isNaN(value) ? parts : cuts.filter((cut) => value > cut).length));
}

export function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
}
