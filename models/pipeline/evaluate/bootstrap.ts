import type { Metrics } from '#domain/model/manifest.ts';
import { metricsOf, pick, type Predictions, quantile } from '../lib/metrics.ts';
import type { Intervals } from '../lib/release.ts';
import type { Rng } from '../lib/rng.ts';

const FIGURES = ['accuracy', 'macroAuc', 'macroF1', 'logLoss', 'ece'] as const;

type Sited = { readonly site: string };

/**
 * 95 % intervals by drawing hospitals with replacement: visits of one hospital resemble each other, so drawing single
 * rows would make the intervals too narrow.
 */
export function bootstrapBySite(p: Predictions, visits: readonly Sited[], draws: number, rng: Rng): Intervals {
  const rowsBySite = [...Map.groupBy(visits.keys(), (row) => visits[row]?.site ?? '').values()];
  const samples: Metrics[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const rows = rowsBySite.flatMap(() => rowsBySite[rng.int(rowsBySite.length)] ?? []);
    samples.push(metricsOf(pick(p, rows)));
  }
  const interval = (name: (typeof FIGURES)[number]): readonly [number, number] => {
    const values = samples.map((sample) => sample[name]).filter((value) => value !== null);
    return [quantile(values, 0.025), quantile(values, 0.975)];
  };
  const [accuracy, macroAuc, macroF1, logLoss, ece] = FIGURES.map(interval) as [
    readonly [number, number],
    readonly [number, number],
    readonly [number, number],
    readonly [number, number],
    readonly [number, number],
  ];
  return { accuracy, macroAuc, macroF1, logLoss, ece };
}
