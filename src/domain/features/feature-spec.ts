import type { VitalId } from '../form/vitals.ts';
import { REASON_CODE_GROUPS } from '../symptoms/reason-codes.ts';
import { SYMPTOM_GROUPS } from '../symptoms/symptom-groups.ts';
import type { KnownConditions } from './model-inputs.ts';

/**
 * Names and order of the network's inputs.
 *
 * History of FEATURES_VERSION (a model made with another version must not be fed by this encoder):
 *   1  first: binned vitals and age, derived values, 123 symptom groups twice, conditions, one "missing" flag per field.
 *   2  288 reason-for-visit codes beside the groups, each "mentioned"; everything else as before.
 */
export const FEATURES_VERSION = 2;

/** Versions whose inputs are all still made, under the same names: their models are fed those alone. */
export const READABLE_FEATURES: readonly number[] = [1, FEATURES_VERSION];

/** Edges of piecewise-linear bins; bin i of a value x is `clip((x - edge[i]) / (edge[i + 1] - edge[i]), 0, 1)`. */
export type BinEdges = readonly number[];

/**
 * Whole years. Cut-offs follow the stages where normal ranges and usual illness change: infant, toddler, preschool,
 * school, adolescence, then decades.
 */
export const AGE_EDGES: BinEdges = [0, 1, 2, 5, 10, 15, 18, 25, 35, 45, 55, 65, 80, 100];

/**
 * Cut-offs of adults' early-warning scores (NEWS2: breathing 8/11/20/24, saturation 91/93/95, systolic 90/100/110/219,
 * pulse 40/50/90/110/130, temperature 35/36/38/39) with the rest spread over the range seen in practice.
 */
export const VITAL_EDGES: Readonly<Record<VitalId, BinEdges>> = {
  hr_bpm: [20, 40, 50, 70, 90, 110, 130, 150, 180, 250],
  temp_c: [30, 35, 36, 36.5, 37, 37.5, 38, 39, 40, 43],
  sbp_mmhg: [40, 70, 90, 100, 110, 130, 150, 180, 220, 300],
  dbp_mmhg: [20, 40, 50, 60, 70, 80, 90, 110, 130, 200],
  rr_bpm: [4, 8, 12, 16, 20, 24, 30, 40, 80],
  spo2_pct: [50, 80, 85, 88, 91, 93, 95, 98, 100],
  pain_0_10: [0, 1, 2, 4, 6, 7, 8, 9, 10],
};

/** Coma scale: 8 is the usual cut-off for a protected airway, 13 for a mild injury. */
export const GLASGOW_EDGES: BinEdges = [3, 8, 12, 14, 15];

export const DERIVED_EDGES = {
  /** Pulse over systolic; 0.7 is the upper end of normal, 0.9 and more goes with shock in adults. */
  shock_index: [0.2, 0.4, 0.5, 0.6, 0.7, 0.9, 1.2, 2, 4],
  /** mmHg; 65 is the usual target in shock. */
  mean_pressure: [30, 50, 65, 75, 85, 95, 105, 120, 200],
  /** mmHg. */
  pulse_pressure: [0, 25, 35, 45, 55, 70, 90, 150],
  /** In half widths of the usual interval at that age: -1 and 1 are its ends. */
  hr_for_age: [-3, -1, 0, 1, 2, 5],
  rr_for_age: [-3, -1, 0, 1, 2, 5],
  sbp_for_age: [-3, -1, 0, 1, 2, 4],
} as const satisfies Record<string, BinEdges>;

/**
 * Usual intervals by age, from `fromYears` on: pulse and breathing after Fleming et al., Lancet 2011;377:1011-8, systolic
 * after the Pediatric Advanced Life Support tables. Frozen here apart from the form's limits: those may be
 * revised any day, an encoder only with its model.
 */
export const USUAL_BY_AGE = [
  { fromYears: 0, hr: [109, 164], rr: [30, 57], sbp: [72, 104] },
  { fromYears: 1, hr: [98, 140], rr: [25, 46], sbp: [86, 106] },
  { fromYears: 2, hr: [81, 128], rr: [20, 34], sbp: [89, 112] },
  { fromYears: 6, hr: [67, 111], rr: [16, 24], sbp: [97, 120] },
  { fromYears: 12, hr: [58, 96], rr: [13, 21], sbp: [110, 131] },
  { fromYears: 18, hr: [60, 100], rr: [12, 20], sbp: [90, 139] },
] as const;

export const CONDITION_NAMES = [
  'stroke',
  'heartFailure',
  'dialysis',
  'hiv',
  'diabetes',
] as const satisfies readonly (keyof KnownConditions)[];

/** Fields with a "not given" flag, in order. */
export const FIELD_NAMES = [
  'age_years',
  'sex',
  ...(Object.keys(VITAL_EDGES) as VitalId[]),
  'on_oxygen',
  'glasgow',
  'ambulance',
  'nursing_home',
  ...CONDITION_NAMES,
  'symptoms',
] as const;

/** A training visit names at most three reasons. */
export const MAX_ENCODED_SYMPTOMS = 3;
export const MAX_ENCODED_CODES = 3;

const binNames = (name: string, edges: BinEdges): readonly string[] =>
  edges.slice(1).map((edge, i) => `${name}:${edges[i]}-${edge}`);

/** Every input of the network, in order. */
export const FEATURE_NAMES: readonly string[] = [
  ...binNames('age_years', AGE_EDGES),
  ...Object.entries(VITAL_EDGES).flatMap(([id, edges]) => binNames(id, edges)),
  ...binNames('glasgow', GLASGOW_EDGES),
  ...Object.entries(DERIVED_EDGES).flatMap(([name, edges]) => binNames(name, edges)),
  'male',
  'on_oxygen',
  'ambulance',
  'nursing_home',
  ...CONDITION_NAMES.map((name) => `condition:${name}`),
  ...SYMPTOM_GROUPS.map(({ slug }) => `symptom:${slug}`),
  ...SYMPTOM_GROUPS.map(({ slug }) => `first:${slug}`),
  ...[...REASON_CODE_GROUPS.keys()].map((code) => `code:${code}`),
  'symptoms:two-or-more',
  'symptoms:three',
  ...FIELD_NAMES.map((name) => `missing:${name}`),
];
