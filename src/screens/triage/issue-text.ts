import type { FieldIssue } from '#domain/form/read-draft.ts';
import { VITAL_DECIMALS, type VitalId } from '#domain/form/vitals.ts';
import { formatNumber } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';
import { childAgeText } from './age-band-text.ts';

/** What is wrong with a field, or what is asked about it, in one sentence. `months`: the patient's age. */
export function issueText(issue: FieldIssue, months: number | undefined): string {
  switch (issue.kind) {
    case 'required':
      return m.issue_required_age();
    case 'too-long':
      return m.issue_too_long({ max: issue.max });
    case 'not-a-number':
      return m.issue_not_a_number();
    case 'whole-number':
      return m.issue_whole_number();
    case 'impossible': {
      const decimals = decimalsOf(issue.field);
      const write = (value: number): string => formatNumber(value, decimals);
      return m.issue_impossible({ low: write(issue.low), high: write(issue.high) });
    }
    case 'diastolic-not-below-systolic':
      return m.issue_diastolic();
    case 'unusual': {
      const age = childAgeText(months);
      return age === undefined ? m.issue_unusual() : m.issue_unusual_at({ age });
    }
    case 'unusual-pulse-pressure':
      return m.issue_pulse_pressure({ difference: formatNumber(issue.difference) });
    case 'pulse-equals-breathing':
      return m.issue_pulse_equals_breathing();
    case 'low-saturation-room-air':
      return m.issue_low_saturation();
  }
}

/** A suggested correction as the language writes it. */
export function suggestionText(field: FieldIssue['field'], suggestion: string): string {
  return formatNumber(Number(suggestion), decimalsOf(field));
}

function decimalsOf(field: FieldIssue['field']): number {
  return field === 'age' || field === 'patientCode' ? 0 : VITAL_DECIMALS[field satisfies VitalId];
}
