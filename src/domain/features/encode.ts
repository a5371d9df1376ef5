import { VITAL_IDS, type VitalId } from '../form/vitals.ts';
import { REASON_CODE_GROUPS } from '../symptoms/reason-codes.ts';
import { SYMPTOM_GROUPS } from '../symptoms/symptom-groups.ts';
import {
  AGE_EDGES,
  type BinEdges,
  CONDITION_NAMES,
  DERIVED_EDGES,
  FEATURE_NAMES,
  GLASGOW_EDGES,
  MAX_ENCODED_CODES,
  MAX_ENCODED_SYMPTOMS,
  USUAL_BY_AGE,
  VITAL_EDGES,
} from './feature-spec.ts';
import type { ModelInputs } from './model-inputs.ts';

type Known = number | undefined;

const SYMPTOM_INDEX: ReadonlyMap<string, number> = new Map(SYMPTOM_GROUPS.map(({ slug }, i) => [slug, i]));
const CODE_INDEX: ReadonlyMap<string, number> = new Map([...REASON_CODE_GROUPS.keys()].map((code, i) => [code, i]));

/**
 * Turns what is known of a patient into the network's inputs: the only code that does, for training and for the
 * browser alike. Every number lies in [0, 1]; nothing is fitted here. A field that is absent or not finite leaves its
 * inputs at 0 and raises its "missing" flag. Slugs and codes nobody knows are passed over; an empty list is "not given",
 * because every training visit has a reason.
 * @returns a vector in the order of FEATURE_NAMES
 */
export function encode(inputs: ModelInputs): Float32Array {
  const vector = new Float32Array(FEATURE_NAMES.length);
  const write = new Writer(vector);
  const age = finite(inputs.ageYears);
  const vitals = knownVitals(inputs);
  const glasgow = finite(inputs.glasgow);
  const male = inputs.sex === 'M';
  const flags = [inputs.onOxygen, inputs.arrivedByAmbulance, inputs.nursingHome];
  const conditions = CONDITION_NAMES.map((name) => inputs.conditions?.[name]);
  const symptoms = firstKnown(inputs.symptoms, SYMPTOM_INDEX, MAX_ENCODED_SYMPTOMS);
  const codes = firstKnown(inputs.reasonCodes, CODE_INDEX, MAX_ENCODED_CODES);

  write.bins(age, AGE_EDGES);
  for (const id of VITAL_IDS) write.bins(vitals[id], VITAL_EDGES[id]);
  write.bins(glasgow, GLASGOW_EDGES);
  writeDerived(write, age, vitals);
  for (const value of [male, ...flags, ...conditions]) write.truth(value);
  writeSymptoms(write, symptoms, codes);

  const [onOxygen, ambulance, nursingHome] = flags;
  const fields = [age, inputs.sex, ...VITAL_IDS.map((id) => vitals[id]), onOxygen, glasgow, ambulance, nursingHome];
  for (const value of [...fields, ...conditions]) write.truth(value === undefined);
  write.truth(symptoms.length === 0);
  return vector;
}

/** Fills a vector from left to right, so that names and numbers are laid out by the same order of statements. */
class Writer {
  readonly #vector: Float32Array;
  #next = 0;

  constructor(vector: Float32Array) {
    this.#vector = vector;
  }

  number(value: number): void {
    if (this.#next >= this.#vector.length) throw new RangeError('more numbers than feature names');
    this.#vector[this.#next] = value;
    this.#next += 1;
  }

  truth(value: boolean | undefined): void {
    this.number(value === true ? 1 : 0);
  }

  /** One number per possible item: 1 for those that are there. */
  oneOfEach(possible: number, there: readonly number[]): void {
    const start = this.#next;
    if (start + possible > this.#vector.length) throw new RangeError('more numbers than feature names');
    for (const i of there) this.#vector[start + i] = 1;
    this.#next += possible;
  }

  bins(value: Known, edges: BinEdges): void {
    let low: Known;
    for (const high of edges) {
      if (low !== undefined) this.number(value === undefined ? 0 : clip((value - low) / (high - low)));
      low = high;
    }
  }
}

function writeDerived(write: Writer, age: Known, vitals: Partial<Record<VitalId, number>>): void {
  const { hr_bpm: hr, sbp_mmhg: sbp, dbp_mmhg: dbp, rr_bpm: rr } = vitals;
  const usual = age === undefined ? undefined : USUAL_BY_AGE.findLast((band) => age >= band.fromYears);
  write.bins(
    combine(hr, sbp, (pulse, systolic) => pulse / Math.max(systolic, 1)),
    DERIVED_EDGES.shock_index,
  );
  write.bins(
    combine(sbp, dbp, (systolic, diastolic) => (systolic + 2 * diastolic) / 3),
    DERIVED_EDGES.mean_pressure,
  );
  write.bins(
    combine(sbp, dbp, (systolic, diastolic) => systolic - diastolic),
    DERIVED_EDGES.pulse_pressure,
  );
  write.bins(relativeTo(hr, usual?.hr), DERIVED_EDGES.hr_for_age);
  write.bins(relativeTo(rr, usual?.rr), DERIVED_EDGES.rr_for_age);
  write.bins(relativeTo(sbp, usual?.sbp), DERIVED_EDGES.sbp_for_age);
}

function writeSymptoms(write: Writer, symptoms: readonly number[], codes: readonly number[]): void {
  write.oneOfEach(SYMPTOM_GROUPS.length, symptoms);
  write.oneOfEach(SYMPTOM_GROUPS.length, symptoms.slice(0, 1));
  write.oneOfEach(CODE_INDEX.size, codes);
  write.truth(symptoms.length >= 2);
  write.truth(symptoms.length >= 3);
}

function knownVitals(inputs: ModelInputs): Partial<Record<VitalId, number>> {
  const known: Partial<Record<VitalId, number>> = {};
  for (const id of VITAL_IDS) {
    const value = finite(inputs.vitals[id]);
    if (value !== undefined) known[id] = value;
  }
  return known;
}

/** Numbers of the first `most` distinct names that are in the vocabulary. */
function firstKnown(
  names: readonly string[] | undefined,
  vocabulary: ReadonlyMap<string, number>,
  most: number,
): readonly number[] {
  const indices = (names ?? []).map((name) => vocabulary.get(name)).filter((i) => i !== undefined);
  return [...new Set(indices)].slice(0, most);
}

function relativeTo(value: Known, usual: readonly [number, number] | undefined): Known {
  if (value === undefined || usual === undefined) return undefined;
  const [low, high] = usual;
  return (value - (low + high) / 2) / ((high - low) / 2);
}

function combine(a: Known, b: Known, f: (a: number, b: number) => number): Known {
  return a === undefined || b === undefined ? undefined : f(a, b);
}

function finite(value: Known): Known {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function clip(x: number): number {
  return Math.min(1, Math.max(0, x));
}
