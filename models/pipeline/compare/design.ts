import { encode } from '#domain/features/encode.ts';
import { FEATURE_NAMES } from '#domain/features/feature-spec.ts';
import type { ModelInputs } from '#domain/features/model-inputs.ts';
import { VITAL_IDS } from '#domain/form/vitals.ts';
import { SYMPTOM_GROUPS } from '#domain/symptoms/symptom-groups.ts';
import type { RawVisit } from '../lib/raw-visits.ts';
import { fitImputer, type Imputation } from './impute.ts';

/** `a`: the five seed inputs. `c`: all vitals, age, sex, shock index and symptom groups; the sets of the public peers. */
export type FeatureSet = 'a' | 'c';

/** `table`: numbers filled in and standardised. `encoder`: the bins of the shared encoder, gaps masked. */
export type Representation = 'table' | 'encoder';

/** A dense matrix, row after row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly x: Float32Array;
}

/** Turns visits into rows of numbers, with everything fitted on the training visits alone. */
export interface Design {
  readonly names: readonly string[];
  apply(visits: readonly RawVisit[]): Matrix;
}

const SEEDS = ['hr_bpm', 'temp_c', 'sbp_mmhg', 'dbp_mmhg'] as const;
const SLUGS: ReadonlyMap<string, number> = new Map(SYMPTOM_GROUPS.map(({ slug }, i) => [slug, i]));

/** Fits a design on training visits. */
export function fitDesign(
  training: readonly RawVisit[],
  set: FeatureSet,
  representation: Representation,
  imputation: Imputation,
): Design {
  if (representation === 'encoder') return encoderDesign(set);
  const names = numericNames(set);
  const imputer = fitImputer(
    training.map(({ inputs }) => numbers(inputs, set)),
    imputation,
  );
  const columns = [...names, ...imputer.flagged.map((k) => `missing:${names[k]}`), ...truthNames(set)];
  const apply = (visits: readonly RawVisit[]): Matrix =>
    fill(visits.length, columns.length, (row) => {
      const visit = visits[row];
      if (!visit) throw new RangeError(`no visit ${row}`);
      return [...imputer.apply(numbers(visit.inputs, set)), ...truths(visit, set)];
    });
  return { names: columns, apply };
}

function encoderDesign(set: FeatureSet): Design {
  const apply = (visits: readonly RawVisit[]): Matrix =>
    fill(visits.length, FEATURE_NAMES.length, (row) => encode(shown(visits[row]?.inputs ?? { vitals: {} }, set)));
  return { names: FEATURE_NAMES, apply };
}

/** Hides what is not in the set, so that every candidate is told the same. */
export function shown({ ageYears, sex, vitals, symptoms }: ModelInputs, set: FeatureSet): ModelInputs {
  const age = ageYears === undefined ? {} : { ageYears };
  if (set === 'c') return { ...age, ...(sex && { sex }), vitals, ...(symptoms && { symptoms }) };
  const { rr_bpm: _r, spo2_pct: _s, pain_0_10: _p, ...seeds } = vitals;
  return { ...age, vitals: seeds };
}

function numericNames(set: FeatureSet): readonly string[] {
  return set === 'a' ? ['age_years', ...SEEDS] : ['age_years', ...VITAL_IDS, 'shock_index'];
}

function numbers({ ageYears, vitals }: ModelInputs, set: FeatureSet): readonly number[] {
  const told = [ageYears, ...(set === 'a' ? SEEDS : VITAL_IDS).map((id) => vitals[id])];
  const { hr_bpm: hr, sbp_mmhg: sbp } = vitals;
  if (set === 'c') told.push(hr === undefined || sbp === undefined ? undefined : hr / sbp);
  return told.map((value) => value ?? Number.NaN);
}

function truthNames(set: FeatureSet): readonly string[] {
  return set === 'a' ? [] : ['male', ...SYMPTOM_GROUPS.map(({ slug }) => `symptom:${slug}`)];
}

function truths({ inputs, symptoms }: RawVisit, set: FeatureSet): readonly number[] {
  if (set === 'a') return [];
  const told = new Array<number>(SLUGS.size).fill(0);
  for (const slug of symptoms) {
    const k = SLUGS.get(slug);
    if (k !== undefined) told[k] = 1;
  }
  return [inputs.sex === 'M' ? 1 : 0, ...told];
}

function fill(rows: number, columns: number, rowAt: (row: number) => ArrayLike<number>): Matrix {
  const x = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row += 1) x.set(rowAt(row), row * columns);
  return { rows, columns, x };
}
