import type { VitalId } from '../form/vitals.ts';

/** What the triage network can be told, in canonical units. Anything may be absent; the form always has the age. */
export interface ModelInputs {
  /** Whole years; 0 is under one. */
  readonly ageYears?: number;
  readonly sex?: 'F' | 'M';
  readonly vitals: Readonly<Partial<Record<VitalId, number>>>;
  readonly onOxygen?: boolean;
  /** Glasgow coma scale, 3–15. */
  readonly glasgow?: number;
  readonly arrivedByAmbulance?: boolean;
  readonly nursingHome?: boolean;
  readonly conditions?: KnownConditions;
  /** At most the first three distinct groups, in the clinician's order; `undefined` when symptoms were not asked. */
  readonly symptoms?: readonly string[];
  /**
   * Reason-for-visit codes of the same entries, where the clinician was that precise (`symptoms/reason-codes.ts`). Each
   * goes with its group in `symptoms`; groups without codes are a full answer too.
   */
  readonly reasonCodes?: readonly string[];
}

/** Known conditions, each told or not: "not asked" is not "no". */
export interface KnownConditions {
  readonly stroke?: boolean;
  readonly heartFailure?: boolean;
  readonly dialysis?: boolean;
  readonly hiv?: boolean;
  readonly diabetes?: boolean;
}
