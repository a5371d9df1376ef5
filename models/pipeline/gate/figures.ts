import { CATEGORIES, type PerCategory } from '#domain/categories.ts';
import { metricsOf, type Predictions } from '../lib/metrics.ts';
import type { GuardedFigure } from './config.ts';

const K = CATEGORIES.length;

/** Figures for which less is better. */
const LESS_IS_BETTER: ReadonlySet<GuardedFigure> = new Set(['logLoss', 'ece']);

/** A network's answers on one view of the test rows, with the multipliers its manifest decides by. */
export interface Answers {
  readonly predictions: Predictions;
  readonly multipliers: PerCategory;
}

export type Figures = Readonly<Record<GuardedFigure, number>>;

/** Probabilities are judged as they are; macro F1 is that of the exported category, multipliers included. */
export function figuresOf({ predictions, multipliers }: Answers): Figures {
  const { logLoss, macroAuc, accuracy, macroF1, ece } = metricsOf(predictions);
  const isPlain = Object.values(multipliers).every((m) => m === 1);
  return {
    logLoss,
    // Without two categories among the rows there is nothing to order.
    macroAuc: macroAuc ?? 0.5,
    accuracy,
    macroF1: isPlain ? macroF1 : metricsOf(decided(predictions, multipliers)).macroF1,
    ece,
  };
}

/** By how much the candidate is worse; negative where it is better. */
export function worsening(figure: GuardedFigure, candidate: number, champion: number): number {
  return LESS_IS_BETTER.has(figure) ? candidate - champion : champion - candidate;
}

/** Probabilities times multipliers: their largest is what a batch exports. */
function decided({ probabilities, labels }: Predictions, multipliers: PerCategory): Predictions {
  const weights = CATEGORIES.map((c) => multipliers[c]);
  return { labels, probabilities: Float64Array.from(probabilities, (p, i) => p * (weights[i % K] ?? 1)) };
}
