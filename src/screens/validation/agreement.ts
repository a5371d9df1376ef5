import type { ValidationInputs } from '#domain/form/validation-form.ts';
import type { ShownForecast } from '#domain/records/record.ts';

/** How what the patient had compares with what the model said at triage. */
export type Agreement = 'agrees' | 'differs' | 'inconclusive' | 'no-forecast' | 'not-known';

/** `not-known`: the outcome could not be found out, so there is nothing to compare. */
export function compareWithForecast(truth: ValidationInputs['trueCategory'], shown: ShownForecast): Agreement {
  if (truth === 'unknown') return 'not-known';
  if (shown.status !== 'given') return 'no-forecast';
  if (shown.abstained) return 'inconclusive';
  return truth === shown.category ? 'agrees' : 'differs';
}
