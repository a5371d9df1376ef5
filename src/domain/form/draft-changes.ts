import { parseTypedNumber, roundTo } from './numbers.ts';
import { splitPressure } from './pressure.ts';
import { fromCanonical, toCanonical } from './read-draft.ts';
import { emptyTriageDraft, type TriageDraft, type VitalDraft } from './triage-draft.ts';
import { VITAL_DECIMALS, type VitalId } from './vitals.ts';

/** Writes a number as the language of the screen does. */
export type FormatNumber = (value: number, decimals: number) => string;

/** Changes one vital sign of a draft. */
export function changeVital(draft: TriageDraft, id: VitalId, change: Partial<VitalDraft>): TriageDraft {
  return { ...draft, vitals: { ...draft.vitals, [id]: { ...draft.vitals[id], ...change } } };
}

/**
 * Takes over a typed or pasted text. A pressure written as one, "120/80", in the systolic field fills both; "120/"
 * leaves the diastolic as it is, for what is typed next.
 */
export function typeVital(draft: TriageDraft, id: VitalId, text: string): TriageDraft {
  const pair = id === 'sbp_mmhg' ? splitPressure(text) : undefined;
  if (!pair) return changeVital(draft, id, { text });
  const withSystolic = changeVital(draft, 'sbp_mmhg', { text: pair.systolic });
  if (pair.diastolic === '') return withSystolic;
  const state = draft.vitals.dbp_mmhg.state === 'not-measured' ? 'measured' : draft.vitals.dbp_mmhg.state;
  return changeVital(withSystolic, 'dbp_mmhg', { text: pair.diastolic, state });
}

/**
 * One step up or down, 0.1 where decimals are kept.
 * @returns `undefined` when there is no number to step from: a step on an empty field must not invent a measurement
 */
export function stepVital(
  draft: TriageDraft,
  id: VitalId,
  direction: 1 | -1,
  format: FormatNumber,
): TriageDraft | undefined {
  const value = parseTypedNumber(draft.vitals[id].text);
  if (value === undefined) return undefined;
  const decimals = VITAL_DECIMALS[id];
  const next = Math.max(0, roundTo(value + direction * 10 ** -decimals, decimals));
  return changeVital(draft, id, { text: format(next, decimals) });
}

/** Changes °C to °F or back, and converts what was typed; text that is no number is kept for correction. */
export function switchTemperatureUnit(draft: TriageDraft, format: FormatNumber): TriageDraft {
  const { text, unit, confirmedText } = draft.vitals.temp_c;
  const next = unit === 'Cel' ? '[degF]' : 'Cel';
  const value = parseTypedNumber(text);
  if (value === undefined) return changeVital(draft, 'temp_c', { unit: next });
  const converted = format(fromCanonical('temp_c', toCanonical('temp_c', value, unit), next), VITAL_DECIMALS.temp_c);
  const isConfirmed = confirmedText !== '' && confirmedText === text;
  return changeVital(draft, 'temp_c', { unit: next, text: converted, confirmedText: isConfirmed ? converted : '' });
}

/** True while nothing has been entered; the units alone are not content. */
export function isDraftEmpty(draft: TriageDraft): boolean {
  const empty = emptyTriageDraft(draft.vitals.temp_c.unit === '[degF]' ? '[degF]' : 'Cel');
  return JSON.stringify(draft) === JSON.stringify({ ...empty, ageUnit: draft.ageUnit });
}
