import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeVital, isDraftEmpty, stepVital, switchTemperatureUnit, typeVital } from './draft-changes.ts';
import { parseTypedNumber } from './numbers.ts';
import { emptyTriageDraft } from './triage-draft.ts';

const withComma = (value: number, decimals: number): string => value.toFixed(decimals).replace('.', ',');
const empty = emptyTriageDraft();

test('a pressure typed as one fills both fields', () => {
  const { vitals } = typeVital(empty, 'sbp_mmhg', '120/80');
  expect([vitals.sbp_mmhg.text, vitals.dbp_mmhg.text]).toEqual(['120', '80']);
});

test('a slash after the systolic leaves the diastolic alone', () => {
  const { vitals } = typeVital(typeVital(empty, 'dbp_mmhg', '70'), 'sbp_mmhg', '120/');
  expect([vitals.sbp_mmhg.text, vitals.dbp_mmhg.text]).toEqual(['120', '70']);
});

test('a pressure filled into a field marked not measured is a measurement', () => {
  const off = changeVital(empty, 'dbp_mmhg', { state: 'not-measured' });
  expect(typeVital(off, 'sbp_mmhg', '120/80').vitals.dbp_mmhg.state).toBe('measured');
});

test('a step on an empty field or on text invents no value', () => {
  expect(stepVital(empty, 'hr_bpm', 1, withComma)).toBeUndefined();
  expect(stepVital(typeVital(empty, 'hr_bpm', 'x'), 'hr_bpm', 1, withComma)).toBeUndefined();
});

test('a step is one, or a tenth of a degree, and never goes below zero', () => {
  expect(stepVital(typeVital(empty, 'hr_bpm', '99'), 'hr_bpm', 1, withComma)?.vitals.hr_bpm.text).toBe('100');
  expect(stepVital(typeVital(empty, 'temp_c', '38,9'), 'temp_c', 1, withComma)?.vitals.temp_c.text).toBe('39,0');
  expect(stepVital(typeVital(empty, 'spo2_pct', '0'), 'spo2_pct', -1, withComma)?.vitals.spo2_pct.text).toBe('0');
});

test('changing the unit there and back gives the same temperature', () => {
  fc.assert(
    fc.property(fc.integer({ min: 250, max: 450 }), (tenths) => {
      const text = withComma(tenths / 10, 1);
      const there = switchTemperatureUnit(typeVital(empty, 'temp_c', text), withComma);
      expect(there.vitals.temp_c.unit).toBe('[degF]');
      expect(switchTemperatureUnit(there, withComma).vitals.temp_c).toMatchObject({ text, unit: 'Cel' });
    }),
  );
  expect(
    parseTypedNumber(switchTemperatureUnit(typeVital(empty, 'temp_c', '38,6'), withComma).vitals.temp_c.text),
  ).toBe(101.5);
});

test('a confirmed unusual temperature stays confirmed in the other unit', () => {
  const confirmed = changeVital(typeVital(empty, 'temp_c', '34'), 'temp_c', { confirmedText: '34' });
  const { text, confirmedText } = switchTemperatureUnit(confirmed, withComma).vitals.temp_c;
  expect(confirmedText).toBe(text);
});

test('units are not content, anything entered is', () => {
  expect(isDraftEmpty(empty)).toBe(true);
  expect(isDraftEmpty({ ...switchTemperatureUnit(empty, withComma), ageUnit: 'mo' })).toBe(true);
  expect(isDraftEmpty(typeVital(empty, 'hr_bpm', '8'))).toBe(false);
  expect(isDraftEmpty(changeVital(empty, 'hr_bpm', { state: 'not-measured' }))).toBe(false);
  expect(isDraftEmpty({ ...empty, symptoms: ['tos'] })).toBe(false);
});
