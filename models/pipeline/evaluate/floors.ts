import { CATEGORIES } from '#domain/categories.ts';
import type { Metrics } from '#domain/model/manifest.ts';
import type { Limit } from '../lib/config.ts';
import type { Floor, ViewDetails } from '../lib/release.ts';
import type { View } from '../lib/visits.ts';

/** Rows below which the coverage of a single class says nothing. */
const ENOUGH_ROWS = 50;

export interface Judged {
  readonly metrics: Metrics;
  readonly details: ViewDetails;
  /** Rows of each class, in the order of CATEGORIES. */
  readonly classRows: readonly number[];
}

/** Checks the figures on test against limits of the configuration. */
export function checkLimits(limits: readonly Limit[], judged: (view: View) => Judged): readonly Floor[] {
  return limits.map(({ view, figure, atLeast, atMost }) => {
    const value = figureOf(judged(view), figure);
    const isMet = value !== null && value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
    return {
      view,
      figure,
      ...(atLeast !== undefined && { atLeast }),
      ...(atMost !== undefined && { atMost }),
      value,
      isMet,
    };
  });
}

function figureOf({ metrics, details, classRows }: Judged, figure: Limit['figure']): number | null {
  switch (figure) {
    case 'batchMacroF1':
      return details.batch.macroF1;
    case 'coverage':
      return details.conformal.coverage;
    case 'lowestClassCoverage': {
      const enough = CATEGORIES.filter((_, c) => (classRows[c] ?? 0) >= ENOUGH_ROWS);
      const covered = enough.map((c) => details.conformal.coverageByCategory[c] ?? 0);
      return covered.length > 0 ? Math.min(...covered) : null;
    }
    case 'accuracy':
    case 'macroAuc':
    case 'logLoss':
    case 'ece':
      return metrics[figure];
  }
}
