import { z } from 'zod';
import { VITAL_IDS } from './vitals.ts';

/**
 * What a clinician entered in a triage form, checked and with canonical values beside what was typed.
 * No names, birth dates or document numbers: a code chosen on site, age, sex.
 */

const vitalEntrySchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.enum(['measured', 'estimated']),
    /** Exactly as typed, decimal comma included. */
    typed: z.string().min(1).max(16),
    /** UCUM unit it was typed in. */
    unit: z.string().min(1).max(12),
    /** In the canonical unit named by the vital's id. */
    value: z.number(),
    /** The clinician was asked about an unusual value and said it is right. */
    confirmedUnusual: z.boolean(),
  }),
  z.strictObject({ state: z.literal('not-measured') }),
]);
export type VitalEntry = z.infer<typeof vitalEntrySchema>;

export const SEXES = ['F', 'M'] as const;
/** ACVPU of NEWS2: alert, new confusion, responds to voice, to pain, unresponsive. */
export const CONSCIOUSNESS = ['A', 'C', 'V', 'P', 'U'] as const;
export const PREGNANCY = ['no', 'pregnant', 'postpartum-6w'] as const;

export const MAX_SYMPTOMS = 12;
export const MAX_CODE_LENGTH = 40;

export const triageInputsSchema = z.strictObject({
  patientCode: z.string().min(1).max(MAX_CODE_LENGTH),
  /** Completed years, or completed months for children under two. UCUM: a, mo. */
  age: z.strictObject({ value: z.int().min(0).max(120), unit: z.enum(['a', 'mo']) }),
  sex: z.enum(SEXES).optional(),
  vitals: z.partialRecord(z.enum(VITAL_IDS), vitalEntrySchema),
  onOxygen: z.boolean().optional(),
  consciousness: z.enum(CONSCIOUSNESS).optional(),
  pregnancy: z.enum(PREGNANCY).optional(),
  /** Slugs of symptom groups in the clinician's order. */
  symptoms: z.array(z.string().min(1).max(60)).max(MAX_SYMPTOMS),
});
export type TriageInputs = z.infer<typeof triageInputsSchema>;
