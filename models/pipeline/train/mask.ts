import type { ModelInputs } from '#domain/features/model-inputs.ts';
import { VITAL_IDS } from '#domain/form/vitals.ts';
import type { TrainingConfig } from '../lib/config.ts';
import type { Rng } from '../lib/rng.ts';
import { seedsOnly, show } from '../lib/visits.ts';

type Masking = TrainingConfig['masking'];

/**
 * Hides part of a visit at random, anew each epoch, so that one network serves "five vitals only" up to everything.
 * A form with little in it is thus answered from what visits with the same few facts turned out to be.
 */
export function mask(inputs: ModelInputs, shares: Masking, rng: Rng): ModelInputs {
  let draw = rng.uniform();
  const falls = (share: number): boolean => {
    draw -= share;
    return draw < 0;
  };
  if (falls(shares.asRecorded)) return inputs;
  if (falls(shares.seedsOnly)) return seedsOnly(inputs);
  if (falls(shares.vitalsOnly)) return vitalsOnly(inputs);
  if (falls(shares.noSymptomsWithGaps)) return hideSome(vitalsOnly(inputs), rng.uniform() * shares.mostHidden, rng);
  if (falls(shares.asTheFormAsks)) return show(inputs, 'vitalsAndSymptoms');
  if (falls(shares.symptomsOnly)) return symptomsOnly(inputs, rng);
  return hideSome(inputs, rng.uniform() * shares.mostHidden, rng);
}

function vitalsOnly({ ageYears, sex, vitals }: ModelInputs): ModelInputs {
  return { ...(ageYears !== undefined && { ageYears }), ...(sex && { sex }), vitals };
}

function symptomsOnly({ ageYears, sex, symptoms }: ModelInputs, rng: Rng): ModelInputs {
  const hasAge = rng.uniform() < 0.5;
  return {
    ...(hasAge && ageYears !== undefined && { ageYears }),
    ...(sex && { sex }),
    vitals: {},
    ...(symptoms && { symptoms }),
  };
}

/** Hides each field with probability `share`. */
function hideSome(inputs: ModelInputs, share: number, rng: Rng): ModelInputs {
  const kept = (): boolean => rng.uniform() >= share;
  const vitals: Record<string, number> = {};
  for (const id of VITAL_IDS) {
    const value = inputs.vitals[id];
    if (kept() && value !== undefined) vitals[id] = value;
  }
  const { vitals: _v, conditions, ...rest } = inputs;
  const fields = Object.entries(rest).filter(() => kept());
  const told = Object.entries(conditions ?? {}).filter(() => kept());
  return { ...Object.fromEntries(fields), vitals, ...(told.length > 0 && { conditions: Object.fromEntries(told) }) };
}
