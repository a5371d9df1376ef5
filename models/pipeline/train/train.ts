import { CATEGORIES } from '#domain/categories.ts';
import { encode } from '#domain/features/encode.ts';
import { FEATURE_NAMES } from '#domain/features/feature-spec.ts';
import type { TrainingConfig } from '../lib/config.ts';
import { createRng } from '../lib/rng.ts';
import type { Visit } from '../lib/visits.ts';
import { type EpochReport, fit } from './fit.ts';
import { mask } from './mask.ts';
import type { Parameter } from './parameters.ts';

/** A trained network in single precision, before quantization. */
export interface FloatNetwork {
  readonly layers: readonly number[];
  readonly normalisation: { readonly mean: readonly number[]; readonly scale: readonly number[] };
  readonly parameters: readonly Parameter[];
}

/**
 * Trains the network that ships on masked copies drawn anew each epoch. Every copy of a visit aims at the same soft
 * target, what is known plus what the teacher makes of the whole visit: a copy with little in it thus learns the mean of
 * what such visits turn out to be.
 * @param teacher what the teacher answers for each visit, five shares a row, from networks that never saw that hospital
 */
export function train(
  visits: readonly Visit[],
  teacher: Float32Array,
  config: TrainingConfig,
  report: (epoch: EpochReport) => void,
): FloatNetwork {
  const rng = createRng(config.seed);
  const targets = softTargets(visits, teacher, config.teacher.share);
  const { layers, parameters } = fit(
    {
      rows: visits.length,
      width: FEATURE_NAMES.length,
      auxiliaryWidth: visits[0]?.auxiliary.length ?? 0,
      input: (row) => encode(mask(visitAt(visits, row).inputs, config.masking, rng)),
      target: (row) => targets.subarray(row * CATEGORIES.length, (row + 1) * CATEGORIES.length),
      auxiliary: (row) => visitAt(visits, row).auxiliary,
    },
    config,
    rng,
    report,
  );
  // Every input lies in [0, 1] already; the fields stay because a later encoder may need them.
  const normalisation = { mean: FEATURE_NAMES.map(() => 0), scale: FEATURE_NAMES.map(() => 1) };
  return { layers, normalisation, parameters };
}

/** Per visit `share` of the teacher's answer and the rest of the label. */
export function softTargets(visits: readonly Visit[], teacher: Float32Array, share: number): Float32Array {
  const targets = teacher.map((p) => share * p);
  for (const [row, { label }] of visits.entries()) {
    const cell = row * CATEGORIES.length + CATEGORIES.indexOf(label);
    targets[cell] = (targets[cell] ?? 0) + 1 - share;
  }
  return targets;
}

function visitAt(visits: readonly Visit[], row: number): Visit {
  const visit = visits[row];
  if (!visit) throw new RangeError(`no visit ${row}`);
  return visit;
}
