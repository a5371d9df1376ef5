import { canBeConfirmed, type FieldIssue } from './read-draft.ts';
import type { VitalId } from './vitals.ts';

/**
 * Vital signs that stand in the form but not in the forecast, because they have to be corrected first. A pressure that
 * contradicts the other takes both out.
 */
export function leftOutVitals(issues: readonly FieldIssue[]): readonly VitalId[] {
  const out = issues.flatMap((issue): readonly VitalId[] => {
    if (canBeConfirmed(issue) || issue.field === 'age' || issue.field === 'patientCode') return [];
    return issue.kind === 'diastolic-not-below-systolic' ? ['sbp_mmhg', 'dbp_mmhg'] : [issue.field];
  });
  return [...new Set(out)];
}
