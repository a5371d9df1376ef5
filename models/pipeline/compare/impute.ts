import { quantile } from '../lib/metrics.ts';

/** How a number that was not measured is filled in. `mask`: the mean, and a flag tells that it is not a measurement. */
export const IMPUTATIONS = ['mean', 'median', 'mode', 'mask'] as const;
export type Imputation = (typeof IMPUTATIONS)[number];

export interface Imputer {
  /** Columns with a flag for "not measured", in order. */
  readonly flagged: readonly number[];
  /** Standardised numbers, then the flags. */
  apply(row: readonly number[]): number[];
}

/** A column with fewer gaps than this gets no flag. */
const LEAST_MISSING = 0.005;

/** Learns fill values and scales from training rows, where NaN is "not measured". */
export function fitImputer(rows: readonly (readonly number[])[], imputation: Imputation): Imputer {
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, k) => {
    const known = rows.map((row) => row[k] ?? Number.NaN).filter((value) => !Number.isNaN(value));
    return { missing: 1 - known.length / rows.length, ...scale(known), fill: fillValue(known, imputation) };
  });
  const flagged = imputation === 'mask' ? [...columns.keys()].filter((k) => isFlagged(columns[k]?.missing ?? 0)) : [];
  return {
    flagged,
    apply: (row) => [
      ...columns.map(({ mean, deviation, fill }, k) => {
        const value = row[k] ?? Number.NaN;
        return ((Number.isNaN(value) ? fill : value) - mean) / deviation;
      }),
      ...flagged.map((k) => (Number.isNaN(row[k] ?? Number.NaN) ? 1 : 0)),
    ],
  };
}

function isFlagged(missing: number): boolean {
  return missing > LEAST_MISSING;
}

function fillValue(known: readonly number[], imputation: Imputation): number {
  if (known.length === 0) return 0;
  if (imputation === 'median') return quantile(known, 0.5);
  return imputation === 'mode' ? mode(known) : scale(known).mean;
}

function scale(known: readonly number[]): { readonly mean: number; readonly deviation: number } {
  if (known.length === 0) return { mean: 0, deviation: 1 };
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}

/** The commonest value; the smallest of equals. */
function mode(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, next) =>
    next[1] > best[1] || (next[1] === best[1] && next[0] < best[0]) ? next : best,
  )[0];
}
