import { CATEGORIES, type Category } from '#domain/categories.ts';
import type { SplitEvaluation } from '#domain/model/manifest.ts';

/** One point of the reliability curve; all numbers are shares from 0 to 1. */
export interface ReliabilityPoint {
  readonly confidence: number;
  readonly accuracy: number;
  readonly rows: number;
  /** 95 % Wilson interval of the observed share. */
  readonly low: number;
  readonly high: number;
}

/** The bins that hold any visit, with how sure their observed share is. */
export function reliabilityPoints(bins: SplitEvaluation['reliability']): readonly ReliabilityPoint[] {
  return bins.filter((bin) => bin.rows > 0).map((bin) => ({ ...bin, ...wilson(bin.accuracy, bin.rows) }));
}

const Z_95 = 1.959964;

/** Wilson score interval of a share seen in `rows` cases; stays inside 0 to 1 however few there are. */
export function wilson(share: number, rows: number): { readonly low: number; readonly high: number } {
  const z2 = Z_95 ** 2;
  const centre = (share + z2 / (2 * rows)) / (1 + z2 / rows);
  const half = (Z_95 / (1 + z2 / rows)) * Math.sqrt((share * (1 - share)) / rows + z2 / (4 * rows * rows));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

export interface ConfusionRow {
  readonly truth: Category;
  readonly rows: number;
  /** In the order of CATEGORIES. `share` of the row, 0 to 1. */
  readonly cells: readonly { readonly predicted: Category; readonly count: number; readonly share: number }[];
}

/** Rows are the true category; every row's shares add up to 1, or are 0 when nobody had it. */
export function confusionRows(confusion: SplitEvaluation['confusion']): readonly ConfusionRow[] {
  return CATEGORIES.map((truth, index) => {
    const counts = confusion[index] ?? [];
    const rows = counts.reduce((sum, count) => sum + count, 0);
    const cells = CATEGORIES.map((predicted, column) => {
      const count = counts[column] ?? 0;
      return { predicted, count, share: rows === 0 ? 0 : count / rows };
    });
    return { truth, rows, cells };
  });
}
