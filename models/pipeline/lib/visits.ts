import type { Category } from '#domain/categories.ts';
import type { ModelInputs } from '#domain/features/model-inputs.ts';

/** One labelled visit as the stages see it. */
export interface Visit {
  readonly id: string;
  readonly site: string;
  readonly inputs: ModelInputs;
  readonly label: Category;
  /** Outcomes that only help training; `null` where the source does not say. */
  readonly auxiliary: readonly (0 | 1 | null)[];
}

/** What the network is allowed to see when it is judged. */
export type View = 'all' | 'vitalsAndSymptoms' | 'fiveVitals';

/** Hides what a view does not show. `vitalsAndSymptoms` is what the triage form asks. */
export function show(inputs: ModelInputs, view: View): ModelInputs {
  if (view === 'all') return inputs;
  if (view === 'fiveVitals') return seedsOnly(inputs);
  const { glasgow: _g, arrivedByAmbulance: _a, nursingHome: _n, conditions: _c, ...asked } = inputs;
  return asked;
}

/** Age, pulse, temperature and both pressures. */
export function seedsOnly({ ageYears, vitals }: ModelInputs): ModelInputs {
  const { rr_bpm: _r, spo2_pct: _s, pain_0_10: _p, ...seeds } = vitals;
  return { ...(ageYears !== undefined && { ageYears }), vitals: seeds };
}
