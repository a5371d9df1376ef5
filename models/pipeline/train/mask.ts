import type { ModelInputs } from '#domain/features/model-inputs.ts';
import type { TrainingConfig } from '../lib/config.ts';
import type { Rng } from '../lib/rng.ts';
import { formOnly, hideSome, seedsOnly, vitalsOnly, withoutCodes } from '../lib/visits.ts';

type Masking = TrainingConfig['masking'];

/**
 * Hides part of a visit at random, anew each epoch, so that one network serves "five vitals only" up to everything.
 * A form with little in it is thus answered from what visits with the same few facts turned out to be.
 */
export function mask(inputs: ModelInputs, shares: Masking, rng: Rng): ModelInputs {
  // As where the clinician said a group and no more: there the group has to be enough.
  const isGroupOnly = rng.uniform() < shares.codesHidden;
  return hide(isGroupOnly ? withoutCodes(inputs) : inputs, shares, rng);
}

function hide(inputs: ModelInputs, shares: Masking, rng: Rng): ModelInputs {
  let draw = rng.uniform();
  const falls = (share: number): boolean => {
    draw -= share;
    return draw < 0;
  };
  if (falls(shares.asRecorded)) return inputs;
  if (falls(shares.seedsOnly)) return seedsOnly(inputs);
  if (falls(shares.vitalsOnly)) return vitalsOnly(inputs);
  if (falls(shares.noSymptomsWithGaps)) return hideSome(vitalsOnly(inputs), rng.uniform() * shares.mostHidden, rng);
  if (falls(shares.asTheFormAsks)) return formOnly(inputs);
  if (falls(shares.symptomsOnly)) return symptomsOnly(inputs, rng);
  return hideSome(inputs, rng.uniform() * shares.mostHidden, rng);
}

function symptomsOnly({ ageYears, sex, symptoms, reasonCodes }: ModelInputs, rng: Rng): ModelInputs {
  const hasAge = rng.uniform() < 0.5;
  return {
    ...(hasAge && ageYears !== undefined && { ageYears }),
    ...(sex && { sex }),
    vitals: {},
    ...(symptoms && { symptoms }),
    ...(reasonCodes && { reasonCodes }),
  };
}
