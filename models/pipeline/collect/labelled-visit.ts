import type { Category } from '#domain/categories.ts';
import { ageInMonths, limitBand } from '#domain/form/read-draft.ts';
import { VITAL_IDS, type VitalId } from '#domain/form/vitals.ts';
import { csvLine } from '../lib/table.ts';
import { LABELS } from '../lib/visit-row.ts';

/** Columns of the training tables, in their order. */
export const TRAINING_COLUMNS = [
  ...['visit_id', 'source', 'year', 'icd_version', 'site', 'age_years', 'sex'],
  ...['hr_bpm', 'temp_c', 'sbp_mmhg', 'dbp_mmhg', 'rr_bpm', 'spo2_pct', 'pain_0_10', 'gcs_3_15'],
  ...['on_oxygen', 'ambulance', 'nursing_home', 'rfv1', 'rfv2', 'rfv3', 'triage_level', 'dx1', 'dx2', 'dx3'],
  ...['dx_hospital', 'died_ed', 'died_hospital', 'doa', 'admitted', 'icu', 'observed', 'transferred', 'left_unseen'],
  ...['hx_cebvd', 'hx_chf', 'hx_dial', 'hx_hiv', 'hx_diabetes', 'survey_weight', 'label', 'label_rule', 'symptoms'],
  ...['split', 'visit_date'],
] as const;

/** A collected visit with its category, ready to be trained on. */
export interface LabelledVisit {
  readonly visitId: string;
  readonly source: 'vigia' | 'historical';
  readonly year?: string;
  /** YYYY-MM-DD. */
  readonly date?: string;
  readonly site: string;
  readonly ageYears?: number;
  readonly sex?: 'F' | 'M';
  readonly vitals: Readonly<Partial<Record<VitalId, number>>>;
  readonly flags: Readonly<Record<string, boolean>>;
  readonly glasgow?: number;
  readonly symptoms: readonly string[];
  readonly label: Category;
}

/** One line of the collected table. */
export function trainingLine(visit: LabelledVisit): string {
  const cells: Readonly<Record<string, string | number | undefined>> = {
    visit_id: visit.visitId,
    source: visit.source,
    year: visit.year,
    site: visit.site,
    age_years: visit.ageYears,
    sex: visit.sex,
    ...visit.vitals,
    gcs_3_15: visit.glasgow,
    ...Object.fromEntries(Object.entries(visit.flags).map(([name, flag]) => [name, flag ? 1 : 0])),
    label: LABELS[visit.label],
    label_rule: 'validated at the site',
    symptoms: visit.symptoms.join(';'),
    split: 'train',
    visit_date: visit.date,
  };
  return csvLine(TRAINING_COLUMNS.map((column) => cells[column]));
}

/** The first value no living patient can have at that age, or a systolic not above the diastolic; else `undefined`. */
export function impossibleValue(
  vitals: LabelledVisit['vitals'],
  age: Parameters<typeof ageInMonths>[0] | undefined,
): string | undefined {
  for (const id of VITAL_IDS) {
    const value = vitals[id];
    const [low, high] = limitBand(id, age && ageInMonths(age)).hard;
    if (value !== undefined && (value < low || value > high)) return `${id}: ${value} outside ${low}–${high}`;
  }
  const { sbp_mmhg: sbp, dbp_mmhg: dbp } = vitals;
  if (sbp !== undefined && dbp !== undefined && sbp <= dbp) return `sbp_mmhg: ${sbp} not above dbp_mmhg ${dbp}`;
  return undefined;
}
