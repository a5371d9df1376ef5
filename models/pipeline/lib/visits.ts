import type { Category } from '#domain/categories.ts';
import type { ModelInputs } from '#domain/features/model-inputs.ts';
import { VITAL_IDS } from '#domain/form/vitals.ts';
import { sha256Hex } from './hash.ts';
import { createRng, type Rng } from './rng.ts';

/** One labelled visit as the stages see it. */
export interface Visit {
  readonly id: string;
  readonly site: string;
  readonly inputs: ModelInputs;
  /** Reason-for-visit codes as the source has them, finer than any form: teachers see them, nothing that ships does. */
  readonly surveyCodes?: readonly string[];
  readonly label: Category;
  /** Outcomes that only help training; `null` where the source does not say. */
  readonly auxiliary: readonly (0 | 1 | null)[];
}

/** What the network is allowed to see when it is judged. */
export const VIEWS = [
  /** Every input the row has. */
  'all',
  /** As the form will ask once its entries carry codes: no history, arrival or coma scale. */
  'formWithCodes',
  /** As the form asks: the same with groups alone. */
  'vitalsAndSymptoms',
  /** Every input the row has but codes. */
  'groupsWithoutCodes',
  /** Set c of the public baselines: vitals, age, sex, symptoms and codes; no oxygen either. */
  'setC',
  /** All vitals, age and sex: no symptoms. */
  'allVitals',
  /** Age, pulse, temperature and both pressures. */
  'fiveVitals',
  /** Each field hidden with probability 0.3, the same ones in every run. */
  'thirtyPercentHidden',
] as const;
export type View = (typeof VIEWS)[number];

const HIDDEN_SHARE = 0.3;

/** Hides what a view does not show. */
export function show({ id, inputs }: Pick<Visit, 'id' | 'inputs'>, view: View): ModelInputs {
  switch (view) {
    case 'all':
      return inputs;
    case 'formWithCodes':
      return formOnly(inputs);
    case 'vitalsAndSymptoms':
      return withoutCodes(formOnly(inputs));
    case 'groupsWithoutCodes':
      return withoutCodes(inputs);
    case 'setC':
      return withoutOxygen(formOnly(inputs));
    case 'allVitals':
      return vitalsOnly(inputs);
    case 'fiveVitals':
      return seedsOnly(inputs);
    case 'thirtyPercentHidden':
      return hideSome(inputs, HIDDEN_SHARE, createRng(Number.parseInt(sha256Hex(id).slice(0, 8), 16)));
  }
}

/** No history, arrival or coma scale: the form does not ask them. */
export function formOnly(inputs: ModelInputs): ModelInputs {
  const { glasgow: _g, arrivedByAmbulance: _a, nursingHome: _n, conditions: _c, ...asked } = inputs;
  return asked;
}

export function withoutCodes(inputs: ModelInputs): ModelInputs {
  const { reasonCodes: _r, ...others } = inputs;
  return others;
}

function withoutOxygen(inputs: ModelInputs): ModelInputs {
  const { onOxygen: _o, ...others } = inputs;
  return others;
}

export function vitalsOnly({ ageYears, sex, vitals }: ModelInputs): ModelInputs {
  return { ...(ageYears !== undefined && { ageYears }), ...(sex && { sex }), vitals };
}

/** Age, pulse, temperature and both pressures. */
export function seedsOnly({ ageYears, vitals }: ModelInputs): ModelInputs {
  const { rr_bpm: _r, spo2_pct: _s, pain_0_10: _p, ...seeds } = vitals;
  return { ...(ageYears !== undefined && { ageYears }), vitals: seeds };
}

/** Hides each field with probability `share`. */
export function hideSome(inputs: ModelInputs, share: number, rng: Rng): ModelInputs {
  const kept = (): boolean => rng.uniform() >= share;
  const vitals: Record<string, number> = {};
  for (const id of VITAL_IDS) {
    const value = inputs.vitals[id];
    if (kept() && value !== undefined) vitals[id] = value;
  }
  const { vitals: _v, conditions, reasonCodes, ...rest } = inputs;
  const fields = Object.fromEntries(Object.entries(rest).filter(() => kept()));
  const told = Object.entries(conditions ?? {}).filter(() => kept());
  return {
    ...fields,
    vitals,
    ...(told.length > 0 && { conditions: Object.fromEntries(told) }),
    // One entry gives group and code: both are told or none.
    ...(fields['symptoms'] !== undefined && reasonCodes && { reasonCodes }),
  };
}
