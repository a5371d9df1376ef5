import { z } from 'zod';
import { CONSCIOUSNESS, MAX_SYMPTOMS, PREGNANCY, SEXES } from './triage-inputs.ts';
import { VITAL_IDS, type VitalId } from './vitals.ts';

/**
 * A triage form as it stands on the screen: text as typed, empty strings for what was not touched. It is what is kept
 * while typing and given back after a reload, a crash or an update.
 */

const vitalDraftSchema = z.strictObject({
  text: z.string(),
  state: z.enum(['measured', 'estimated', 'not-measured']),
  unit: z.string(),
  /** The typed text for which "it is right" was pressed; asked again once the text differs. */
  confirmedText: z.string(),
});
export type VitalDraft = z.infer<typeof vitalDraftSchema>;

export const triageDraftSchema = z.strictObject({
  patientCode: z.string(),
  age: z.string(),
  ageUnit: z.enum(['a', 'mo']),
  sex: z.enum(['', ...SEXES]),
  vitals: z.record(z.enum(VITAL_IDS), vitalDraftSchema),
  onOxygen: z.enum(['', 'yes', 'no']),
  consciousness: z.enum(['', ...CONSCIOUSNESS]),
  pregnancy: z.enum(['', ...PREGNANCY]),
  symptoms: z.array(z.string()).max(MAX_SYMPTOMS),
});
export type TriageDraft = z.infer<typeof triageDraftSchema>;

/** An untouched form. Nothing is prefilled: no default can become a measurement. */
export function emptyTriageDraft(temperatureUnit: 'Cel' | '[degF]' = 'Cel'): TriageDraft {
  const vital = (unit: string): VitalDraft => ({ text: '', state: 'measured', unit, confirmedText: '' });
  const vitals: Record<VitalId, VitalDraft> = {
    hr_bpm: vital('/min'),
    temp_c: vital(temperatureUnit),
    sbp_mmhg: vital('mm[Hg]'),
    dbp_mmhg: vital('mm[Hg]'),
    rr_bpm: vital('/min'),
    spo2_pct: vital('%'),
    pain_0_10: vital('{score}'),
  };
  return {
    patientCode: '',
    age: '',
    ageUnit: 'a',
    sex: '',
    vitals,
    onOxygen: '',
    consciousness: '',
    pregnancy: '',
    symptoms: [],
  };
}
