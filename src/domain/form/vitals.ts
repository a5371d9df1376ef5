/**
 * The vital signs of the form. Ids carry their canonical unit and are the column names of the training data, so one
 * name runs from the field to the feature.
 */
export const VITAL_IDS = ['hr_bpm', 'temp_c', 'sbp_mmhg', 'dbp_mmhg', 'rr_bpm', 'spo2_pct', 'pain_0_10'] as const;

export type VitalId = (typeof VITAL_IDS)[number];

/** UCUM units a vital can be typed in; the first one is canonical. */
export const VITAL_UNITS = {
  hr_bpm: ['/min'],
  temp_c: ['Cel', '[degF]'],
  sbp_mmhg: ['mm[Hg]'],
  dbp_mmhg: ['mm[Hg]'],
  rr_bpm: ['/min'],
  spo2_pct: ['%'],
  pain_0_10: ['{score}'],
} as const satisfies Record<VitalId, readonly string[]>;

export type VitalUnit = (typeof VITAL_UNITS)[VitalId][number];

/** Decimals a vital is measured, stored and shown with, in its canonical unit. */
export const VITAL_DECIMALS = {
  hr_bpm: 0,
  temp_c: 1,
  sbp_mmhg: 0,
  dbp_mmhg: 0,
  rr_bpm: 0,
  spo2_pct: 0,
  pain_0_10: 0,
} as const satisfies Record<VitalId, number>;
