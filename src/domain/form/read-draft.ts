import { parseTypedNumber, celsiusToFahrenheit, fahrenheitToCelsius, roundTo } from './numbers.ts';
import type { TriageDraft, VitalDraft } from './triage-draft.ts';
import { MAX_CODE_LENGTH, type TriageInputs, type VitalEntry } from './triage-inputs.ts';
import { type LimitBand, VITAL_LIMITS } from './vital-limits.ts';
import { VITAL_DECIMALS, VITAL_IDS, type VitalId } from './vitals.ts';

/** Fields an issue can point at. */
export type FieldId = 'patientCode' | 'age' | VitalId;

interface Limits {
  readonly low: number;
  readonly high: number;
}

/**
 * Something about one field that keeps the form from being saved. `unusual` and the cross-checks marked so ask for a
 * "yes, it is right"; all others have to be corrected. Limits are in the unit the value was typed in.
 */
export type FieldIssue =
  | { readonly field: FieldId; readonly kind: 'required' }
  | { readonly field: FieldId; readonly kind: 'too-long'; readonly max: number }
  | { readonly field: FieldId; readonly kind: 'not-a-number' }
  | { readonly field: FieldId; readonly kind: 'whole-number' }
  | ({
      readonly field: FieldId;
      readonly kind: 'impossible';
      /** A likely slip of the fingers, as text in the typed unit. */
      readonly suggestion?: string;
      readonly maybeFahrenheit: boolean;
    } & Limits)
  | { readonly field: 'dbp_mmhg'; readonly kind: 'diastolic-not-below-systolic' }
  | ({ readonly field: VitalId; readonly kind: 'unusual' } & Limits)
  | { readonly field: 'dbp_mmhg'; readonly kind: 'unusual-pulse-pressure'; readonly difference: number }
  | { readonly field: 'rr_bpm'; readonly kind: 'pulse-equals-breathing' }
  | { readonly field: 'spo2_pct'; readonly kind: 'low-saturation-room-air' };

/** True for issues that a clinician may settle by saying the value is right. */
export function canBeConfirmed(issue: FieldIssue): boolean {
  return (
    issue.kind === 'unusual' ||
    issue.kind === 'unusual-pulse-pressure' ||
    issue.kind === 'pulse-equals-breathing' ||
    issue.kind === 'low-saturation-room-air'
  );
}

export interface DraftReading {
  /** Every valid value so far: what a forecast may use while the form is still incomplete or partly wrong. */
  readonly valid: Partial<TriageInputs> & Pick<TriageInputs, 'vitals' | 'symptoms'>;
  readonly issues: readonly FieldIssue[];
  /** The checked inputs, once there are no issues. The patient code may still be empty: see `submit-triage`. */
  readonly complete?: Omit<TriageInputs, 'patientCode'> & { readonly patientCode?: string };
}

/** Completed months of an age; whole years count as their birthday, which is the band they open. */
export function ageInMonths(age: TriageInputs['age']): number {
  return age.unit === 'mo' ? age.value : age.value * 12;
}

/** The band of limits of a vital at an age; adults' when the age is not known yet. */
export function limitBand(vital: VitalId, months: number | undefined): LimitBand {
  const bands: readonly LimitBand[] = VITAL_LIMITS[vital].bands;
  const adult = bands.at(-1);
  const found = bands.find((b) => months !== undefined && months >= b.fromMonths && (b.toMonths ?? Infinity) > months);
  const band = found ?? adult;
  if (!band) throw new Error(`no limits for ${vital}`);
  return band;
}

/** Converts a typed value to the canonical unit, rounded to the decimals the vital is kept with. */
export function toCanonical(vital: VitalId, value: number, unit: string): number {
  const canonical = unit === '[degF]' ? fahrenheitToCelsius(value) : value;
  return roundTo(canonical, VITAL_DECIMALS[vital]);
}

/** Converts a canonical value to a unit, with the vital's decimals. */
export function fromCanonical(vital: VitalId, value: number, unit: string): number {
  return roundTo(unit === '[degF]' ? celsiusToFahrenheit(value) : value, VITAL_DECIMALS[vital]);
}

/**
 * Reads a whole draft: the only place that decides what is valid, what has to be corrected and what has to be asked.
 * Pure and cheap (microseconds), so it can run on every key.
 */
export function readDraft(draft: TriageDraft): DraftReading {
  const issues: FieldIssue[] = [];
  const age = readAge(draft, issues);
  const months = age && ageInMonths(age);
  const vitals: Partial<Record<VitalId, VitalEntry>> = {};
  for (const id of VITAL_IDS) {
    const entry = readVital(id, draft.vitals[id], months, issues);
    if (entry) vitals[id] = entry;
  }
  crossCheck(draft, vitals, issues);
  const code = draft.patientCode.trim();
  if (code.length > MAX_CODE_LENGTH) issues.push({ field: 'patientCode', kind: 'too-long', max: MAX_CODE_LENGTH });

  const valid = {
    ...(code !== '' && { patientCode: code }),
    ...(age && { age }),
    ...(draft.sex !== '' && { sex: draft.sex }),
    vitals,
    ...(draft.onOxygen !== '' && { onOxygen: draft.onOxygen === 'yes' }),
    ...(draft.consciousness !== '' && { consciousness: draft.consciousness }),
    ...(draft.pregnancy !== '' && asksPregnancy(draft.sex, months) && { pregnancy: draft.pregnancy }),
    symptoms: draft.symptoms,
  };
  if (issues.length > 0 || !age) return { valid, issues };
  return { valid, issues, complete: { ...valid, age } };
}

/** Women of 10 to 55 years are asked, because neither NEWS2 nor the model holds in pregnancy. */
export function asksPregnancy(sex: string | undefined, months: number | undefined): boolean {
  return sex === 'F' && months !== undefined && months >= 120 && months < 672;
}

function readAge(draft: TriageDraft, issues: FieldIssue[]): TriageInputs['age'] | undefined {
  const high = draft.ageUnit === 'mo' ? 23 : 120;
  if (draft.age.trim() === '') {
    issues.push({ field: 'age', kind: 'required' });
    return undefined;
  }
  const value = parseTypedNumber(draft.age);
  if (value === undefined) issues.push({ field: 'age', kind: 'not-a-number' });
  else if (value < 0 || value > high)
    issues.push({ field: 'age', kind: 'impossible', low: 0, high, maybeFahrenheit: false });
  else if (!Number.isInteger(value)) issues.push({ field: 'age', kind: 'whole-number' });
  else return { value, unit: draft.ageUnit };
  return undefined;
}

function readVital(
  id: VitalId,
  draft: VitalDraft,
  months: number | undefined,
  issues: FieldIssue[],
): VitalEntry | undefined {
  if (draft.state === 'not-measured') return { state: 'not-measured' };
  const typed = draft.text.trim();
  if (typed === '') return undefined;
  const number = parseTypedNumber(typed);
  if (number === undefined || typed.length > 16) {
    issues.push({ field: id, kind: 'not-a-number' });
    return undefined;
  }
  if (VITAL_DECIMALS[id] === 0 && !Number.isInteger(number)) {
    issues.push({ field: id, kind: 'whole-number' });
    return undefined;
  }
  const value = toCanonical(id, number, draft.unit);
  const band = limitBand(id, months);
  const inUnit = ([low, high]: readonly [number, number]): Limits => ({
    low: fromCanonical(id, low, draft.unit),
    high: fromCanonical(id, high, draft.unit),
  });
  if (value < band.hard[0] || value > band.hard[1]) {
    const suggestion = likelySlip(number, inUnit(band.soft));
    issues.push({
      field: id,
      kind: 'impossible',
      ...inUnit(band.hard),
      ...(suggestion !== undefined && { suggestion }),
      maybeFahrenheit: id === 'temp_c' && draft.unit === 'Cel' && number >= 86 && number <= 115,
    });
    return undefined;
  }
  const isUnusual = value < band.soft[0] || value > band.soft[1];
  const confirmedUnusual = draft.confirmedText !== '' && draft.confirmedText === draft.text;
  if (isUnusual && !confirmedUnusual) issues.push({ field: id, kind: 'unusual', ...inUnit(band.soft) });
  return { state: draft.state, typed, unit: draft.unit, value, confirmedUnusual };
}

/** 83,9 for 38,9 (swapped digits) or 389 for 38,9 (lost comma): offered only when it lands on an ordinary value. */
function likelySlip(value: number, usual: Limits): string | undefined {
  const text = String(value);
  const swapped = Number(text.slice(1, 2) + text.slice(0, 1) + text.slice(2));
  const candidates = [value / 10, ...(/^\d\d/.test(text) ? [swapped] : [])];
  const hit = candidates.find((c) => c >= usual.low && c <= usual.high);
  return hit === undefined ? undefined : String(hit);
}

function crossCheck(draft: TriageDraft, vitals: Partial<Record<VitalId, VitalEntry>>, issues: FieldIssue[]): void {
  const value = (id: VitalId): number | undefined => {
    const entry = vitals[id];
    return entry && entry.state !== 'not-measured' ? entry.value : undefined;
  };
  const isConfirmed = (id: VitalId): boolean => {
    const { confirmedText, text } = draft.vitals[id];
    return confirmedText !== '' && confirmedText === text;
  };
  const [sbp, dbp, hr, rr, spo2] = [
    value('sbp_mmhg'),
    value('dbp_mmhg'),
    value('hr_bpm'),
    value('rr_bpm'),
    value('spo2_pct'),
  ];
  if (sbp !== undefined && dbp !== undefined) {
    const difference = sbp - dbp;
    if (difference <= 0) {
      issues.push({ field: 'dbp_mmhg', kind: 'diastolic-not-below-systolic' });
      // Neither pressure can be trusted: the forecast must not use half of a swapped pair.
      delete vitals.sbp_mmhg;
      delete vitals.dbp_mmhg;
    } else if ((difference < 15 || difference > 120) && !isConfirmed('dbp_mmhg'))
      issues.push({ field: 'dbp_mmhg', kind: 'unusual-pulse-pressure', difference });
  }
  if (hr !== undefined && hr === rr && !isConfirmed('rr_bpm'))
    issues.push({ field: 'rr_bpm', kind: 'pulse-equals-breathing' });
  const hasSpo2Issue = issues.some((issue) => issue.field === 'spo2_pct');
  if (spo2 !== undefined && spo2 < 85 && draft.onOxygen === 'no' && !isConfirmed('spo2_pct') && !hasSpo2Issue)
    issues.push({ field: 'spo2_pct', kind: 'low-saturation-room-air' });
}
