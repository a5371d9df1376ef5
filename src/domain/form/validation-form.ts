import { z } from 'zod';
import { CATEGORIES } from '../categories.ts';

/** What the patient really had, told weeks later. `unknown` is an answer: it could not be found out. */
export const TRUE_CATEGORIES = [...CATEGORIES, 'unknown'] as const;

export const validationInputsSchema = z.strictObject({
  trueCategory: z.enum(TRUE_CATEGORIES),
  /** Confirmed diagnosis in the clinician's words. */
  diagnosis: z.string().trim().max(300).optional(),
  notes: z.string().trim().max(2000).optional(),
});
export type ValidationInputs = z.infer<typeof validationInputsSchema>;
