import type { VitalId } from '#domain/form/vitals.ts';
import { m } from '#i18n/generated/messages.js';
import type { FieldId } from '#domain/form/read-draft.ts';

/** The vital signs with a stepper, in the order of the form; pain has its own scale. */
export const STEPPED_VITALS = ['hr_bpm', 'temp_c', 'sbp_mmhg', 'dbp_mmhg', 'rr_bpm', 'spo2_pct'] as const;

const NAMES = {
  patientCode: m.triage_code,
  age: m.triage_age,
  hr_bpm: m.triage_vital_hr_bpm,
  temp_c: m.triage_vital_temp_c,
  sbp_mmhg: m.triage_vital_sbp_mmhg,
  dbp_mmhg: m.triage_vital_dbp_mmhg,
  rr_bpm: m.triage_vital_rr_bpm,
  spo2_pct: m.triage_vital_spo2_pct,
  pain_0_10: m.triage_vital_pain_0_10,
} as const satisfies Record<FieldId, () => string>;

const SHORT_NAMES = {
  hr_bpm: m.triage_short_hr_bpm,
  temp_c: m.triage_short_temp_c,
  sbp_mmhg: m.triage_short_sbp_mmhg,
  dbp_mmhg: m.triage_short_dbp_mmhg,
  rr_bpm: m.triage_short_rr_bpm,
  spo2_pct: m.triage_short_spo2_pct,
  pain_0_10: m.triage_short_pain_0_10,
} as const satisfies Record<VitalId, () => string>;

/** "Pulso cardíaco": the name of a field, everywhere the same. */
export function fieldName(field: FieldId): string {
  return NAMES[field]();
}

/** "pulso": inside a sentence. */
export function vitalShortName(id: VitalId): string {
  return SHORT_NAMES[id]();
}

/** Id of the element to focus for a field. */
export function fieldElementId(field: FieldId): string {
  return `field-${field}`;
}

/** A unit as written beside the value and as a screen reader says it. */
export function unitText(id: VitalId, unit: string): { readonly short: string; readonly spoken: string } {
  switch (id) {
    case 'hr_bpm':
      return { short: m.triage_unit_bpm(), spoken: m.triage_unit_bpm_spoken() };
    case 'rr_bpm':
      return { short: m.triage_unit_rpm(), spoken: m.triage_unit_rpm_spoken() };
    case 'sbp_mmhg':
    case 'dbp_mmhg':
      return { short: m.triage_unit_mmhg(), spoken: m.triage_unit_mmhg_spoken() };
    case 'spo2_pct':
      return { short: m.triage_unit_pct(), spoken: m.triage_unit_pct_spoken() };
    case 'temp_c':
      return unit === '[degF]'
        ? { short: m.triage_unit_fahrenheit(), spoken: m.triage_unit_fahrenheit_spoken() }
        : { short: m.triage_unit_celsius(), spoken: m.triage_unit_celsius_spoken() };
    case 'pain_0_10':
      return { short: '', spoken: '' };
  }
}
