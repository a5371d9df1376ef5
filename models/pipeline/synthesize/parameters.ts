import { z } from 'zod';
import { VITAL_IDS } from '#domain/form/vitals.ts';

/** Ages where normal values and usual illness change; a band runs from its edge to the next. Years, whole. */
export const AGE_EDGES = [0, 1, 5, 18, 40, 65, 80, 101] as const;
export const BAND_COUNT = AGE_EDGES.length - 1;

/** Symptoms depend on wider bands than vitals: children, adults, the old. Index of the first band of each. */
export const LIFE_STAGE_OF_BAND = [0, 0, 0, 1, 1, 2, 2] as const;
export const LIFE_STAGES = 3;

/** Vitals that vary together, in the order of the covariance; pain is drawn by its own shares. */
export const CONTINUOUS = [
  'hr_bpm',
  'temp_c',
  'sbp_mmhg',
  'dbp_mmhg',
  'rr_bpm',
  'spo2_pct',
] as const satisfies readonly (typeof VITAL_IDS)[number][];
export type Continuous = (typeof CONTINUOUS)[number];

export const FLAGS = [
  'on_oxygen',
  'ambulance',
  'nursing_home',
  'hx_cebvd',
  'hx_chf',
  'hx_dial',
  'hx_hiv',
  'hx_diabetes',
] as const;
export const OUTCOMES = ['admitted', 'icu'] as const;

/** A cell of fewer visits says nothing of its own: it could point at single patients. */
export const LEAST_CELL = 10;

const share = z.number().min(0).max(1);
const perClass = <T extends z.ZodType>(value: T) => z.array(value).length(5);
const perBand = <T extends z.ZodType>(value: T) => z.array(value).length(BAND_COUNT);

const cellSchema = z.strictObject({
  /** Means in transformed space, in the order of CONTINUOUS. */
  means: z.array(z.number()).length(CONTINUOUS.length),
  male: share,
});

/** Aggregates a synthetic cohort is drawn from. No row of a patient, no cell of fewer than ten visits. */
export const cohortParametersSchema = z.strictObject({
  source: z.string(),
  visits: z.int(),
  leastCell: z.literal(LEAST_CELL),
  classShares: perClass(share),
  /** Of each class, over AGE_EDGES. */
  bandShares: perClass(perBand(share)),
  cells: perClass(perBand(cellSchema)),
  /** Lower triangle of the Cholesky factor of the covariance within class and band, by band. */
  factors: perBand(z.array(z.array(z.number()))),
  /** Share without the value, by class and life stage, in the order of VITAL_IDS. */
  missing: perClass(z.array(z.array(share).length(VITAL_IDS.length)).length(LIFE_STAGES)),
  /** Shares of 0–10. */
  pain: perClass(z.array(z.array(share).length(11)).length(LIFE_STAGES)),
  flags: perClass(z.array(z.array(share).length(FLAGS.length)).length(LIFE_STAGES)),
  outcomes: perClass(z.array(share).length(OUTCOMES.length)),
  /** Triage levels 1–5. */
  triageLevels: perClass(z.array(share).length(5)),
  /** Shares of one, two and three symptoms. */
  symptomCounts: perClass(z.array(share).length(3)),
  /** Groups that come first, by life stage. */
  commonSymptoms: z.array(z.record(z.string(), share)).length(LIFE_STAGES),
  /** Groups that come first often enough in a class and life stage; what is left of 1 follows `commonSymptoms`. */
  firstSymptoms: perClass(z.array(z.record(z.string(), share)).length(LIFE_STAGES)),
  /** Groups named together with a first one; where a group is not listed, any that comes first may follow. */
  companions: z.record(z.string(), z.record(z.string(), share)),
  /** Standard deviation between hospitals of the log odds of a class. */
  siteSpread: z.number().min(0),
});
export type CohortParameters = z.infer<typeof cohortParametersSchema>;

/** Makes a vital roughly normal: logarithms of what is skewed, saturation as distance from full. */
export function transform(id: Continuous, value: number): number {
  if (id === 'temp_c') return value;
  return Math.log(id === 'spo2_pct' ? 101 - value : value);
}

/** The inverse of {@link transform}. */
export function restore(id: Continuous, value: number): number {
  if (id === 'temp_c') return value;
  return id === 'spo2_pct' ? 101 - Math.exp(value) : Math.exp(value);
}

/** Index in AGE_EDGES of the band an age falls in. */
export function bandOf(years: number): number {
  return Math.max(
    0,
    AGE_EDGES.findLastIndex((edge, i) => years >= edge && i < BAND_COUNT),
  );
}
