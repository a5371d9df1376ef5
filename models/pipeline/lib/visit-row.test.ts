import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { REASON_CODE_GROUPS } from '#domain/symptoms/reason-codes.ts';
import { recode, SURVEY_CODES } from './reason-recode.ts';
import { BadCellError, readInputs, readLabel, readSurveyCodes } from './visit-row.ts';

const CODE_TABLE = '../shared/data/clinical/rfv_codes.tsv';

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

test('codes of the survey become the codes a picker can say, once each; what it cannot say is left to the group', () => {
  const told = { rfv1: '10100', rfv2: '10122', rfv3: '10460', symptoms: 'fiebre;dolor_facial' };
  // Feeling hot is told as fever; 10460, another symptom of the face, has no entry.
  expect(readInputs(told)).toEqual({ vitals: {}, symptoms: ['fiebre', 'dolor_facial'], reasonCodes: ['10100'] });
  expect(readSurveyCodes(told)).toEqual(['10100', '10122', '10460']);
  expect(readInputs({ rfv1: '99999' })).toEqual({ vitals: {} });
});

test('codes alone bring their groups', () => {
  expect(readInputs({ rfv1: '14551', rfv2: '10100' }).symptoms).toEqual(['garganta', 'fiebre']);
});

test.skipIf(!existsSync(CODE_TABLE))(
  'every code of the table is told as the table says (skipped without the data)',
  () => {
    const [head = '', ...lines] = readFileSync(CODE_TABLE, 'utf8').replace(/\n$/, '').split('\n');
    const columns = head.split('\t');
    const rows = lines.map((line) => Object.fromEntries(line.split('\t').map((cell, i) => [columns[i], cell])));
    for (const row of rows) {
      expect(recode(row['code'] ?? '') ?? '').toBe(row['recode']);
      if (row['recode'] === row['code']) expect(REASON_CODE_GROUPS.get(row['code'] ?? '')).toBe(row['slug']);
    }
    expect(SURVEY_CODES).toHaveLength(rows.length);
    expect(REASON_CODE_GROUPS.size).toBe(new Set(rows.map(({ recode: own }) => own).filter(Boolean)).size);
  },
);

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
