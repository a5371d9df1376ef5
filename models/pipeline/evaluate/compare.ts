import type { Metrics } from '#domain/model/manifest.ts';
import { likeliest, metricsOf, pick, type Predictions, quantile } from '../lib/metrics.ts';
import type { Comparison } from '../lib/release.ts';
import type { Rng } from '../lib/rng.ts';
import type { Visit } from '../lib/visits.ts';

const FIGURES = ['logLoss', 'macroAuc', 'accuracy', 'macroF1', 'ece'] as const;

/**
 * A network against another on the same visits: new minus old of each figure with 95 % intervals from drawing hospitals
 * with replacement, both networks on the same draw; and McNemar's exact test of the rows only one of them gets right.
 */
export function compareOn(
  now: Predictions,
  before: Predictions,
  visits: readonly Visit[],
  draws: number,
  rng: Rng,
): Comparison {
  const rowsBySite = [...Map.groupBy(visits.keys(), (row) => visits[row]?.site ?? '').values()];
  const drawn = Array.from({ length: draws }, () => {
    const rows = rowsBySite.flatMap(() => rowsBySite[rng.int(rowsBySite.length)] ?? []);
    return [metricsOf(pick(now, rows)), metricsOf(pick(before, rows))] as const;
  });
  const whole = [metricsOf(now), metricsOf(before)] as const;
  const differences = FIGURES.map((figure) => {
    const samples = drawn.map((pair) => minus(pair, figure)).filter((value) => value !== null);
    const interval = samples.length > 0 ? ([quantile(samples, 0.025), quantile(samples, 0.975)] as const) : null;
    return [figure, { difference: minus(whole, figure), interval }] as const;
  });
  const [onlyNow, onlyBefore] = disagreements(now, before);
  return {
    differences: Object.fromEntries(differences),
    mcNemar: { onlyNow, onlyBefore, p: mcNemar(onlyNow, onlyBefore) },
  };
}

function minus([now, before]: readonly [Metrics, Metrics], figure: (typeof FIGURES)[number]): number | null {
  const [a, b] = [now[figure], before[figure]];
  return a === null || b === null ? null : a - b;
}

function disagreements(now: Predictions, before: Predictions): readonly [number, number] {
  let [onlyNow, onlyBefore] = [0, 0];
  for (let row = 0; row < now.labels.length; row += 1) {
    const isNowRight = likeliest(now, row) === now.labels[row];
    const isBeforeRight = likeliest(before, row) === before.labels[row];
    if (isNowRight && !isBeforeRight) onlyNow += 1;
    if (isBeforeRight && !isNowRight) onlyBefore += 1;
  }
  return [onlyNow, onlyBefore];
}

/** Two-sided exact p: how likely so uneven a split of the disagreements is when both are equally good. */
export function mcNemar(a: number, b: number): number {
  const n = a + b;
  let logTerm = n * Math.log(0.5);
  let tail = 0;
  for (let k = 0; k <= Math.min(a, b); k += 1) {
    tail += Math.exp(logTerm);
    logTerm += Math.log((n - k) / (k + 1));
  }
  return Math.min(1, 2 * tail);
}
