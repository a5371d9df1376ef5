import type { SplitEvaluation } from '#domain/model/manifest.ts';
import type { TrainingConfig } from '../lib/config.ts';
import type { Floor } from '../lib/release.ts';

/** Checks the figures on test against the floors of the configuration. */
export function checkFloors(test: SplitEvaluation, floors: TrainingConfig['floors']): readonly Floor[] {
  return floors.map(({ view, figure, atLeast, atMost }) => {
    const value = test[view][figure];
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
