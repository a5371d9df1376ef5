import { expect, test } from 'vitest';
import { BadCellError, readInputs, readLabel } from './visit-row.ts';

test('every column of the training tables is told', () => {
  const inputs = readInputs({
    age_years: '88',
    sex: 'f',
    hr_bpm: '41',
    temp_c: '36,8',
    sbp_mmhg: '120',
    dbp_mmhg: '70',
    rr_bpm: '16',
    spo2_pct: '97',
    pain_0_10: '0',
    gcs_3_15: '15',
    on_oxygen: '0',
    ambulance: '1',
    nursing_home: '1',
    hx_cebvd: '1',
    hx_diabetes: '0',
    symptoms: 'fiebre; disnea',
  });
  expect(inputs).toEqual({
    ageYears: 88,
    sex: 'F',
    vitals: { hr_bpm: 41, temp_c: 36.8, sbp_mmhg: 120, dbp_mmhg: 70, rr_bpm: 16, spo2_pct: 97, pain_0_10: 0 },
    glasgow: 15,
    onOxygen: false,
    arrivedByAmbulance: true,
    nursingHome: true,
    conditions: { stroke: true, diabetes: false },
    symptoms: ['fiebre', 'disnea'],
  });
});

test('absent columns and empty cells are not given', () => {
  expect(readInputs({})).toEqual({ vitals: {} });
  expect(readInputs({ age_years: ' ', sex: '', hr_bpm: '', symptoms: '' })).toEqual({ vitals: {} });
});

test('values beyond what the model knows are not given', () => {
  expect(readInputs({ hr_bpm: '251', temp_c: '43.1', age_years: '-1', gcs_3_15: '2' })).toEqual({ vitals: {} });
  expect(readInputs({ hr_bpm: '250', temp_c: '43' }).vitals).toEqual({ hr_bpm: 250, temp_c: 43 });
});

test('a systolic not above the diastolic takes both away', () => {
  expect(readInputs({ sbp_mmhg: '80', dbp_mmhg: '80', hr_bpm: '70' }).vitals).toEqual({ hr_bpm: 70 });
});

test('a cell of another type is an error that names its column', () => {
  expect(() => readInputs({ hr_bpm: 'alto' })).toThrow(BadCellError);
  expect(() => readInputs({ hr_bpm: 'alto' })).toThrow('hr_bpm');
  expect(() => readInputs({ sex: 'X' })).toThrow('sex');
  expect(() => readInputs({ ambulance: '2' })).toThrow('ambulance');
});

test('labels are read by their full name', () => {
  expect(readLabel('ENFERMEDAD CRÓNICA')).toBe('cronica');
  expect(readLabel('CRONICA')).toBeUndefined();
});
