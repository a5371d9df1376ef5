import type { TriageInputs } from '#domain/form/triage-inputs.ts';
import { m } from '#i18n/generated/messages.js';
import { countText } from './count-text.ts';

/** "67 años" or "8 meses", as the age was entered. */
export function ageText({ value, unit }: TriageInputs['age']): string {
  return unit === 'mo'
    ? countText(value, m.patients_age_months_one, m.patients_age_months_many)
    : countText(value, m.patients_age_years_one, m.patients_age_years_many);
}
