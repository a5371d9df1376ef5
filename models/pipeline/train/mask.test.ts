import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ModelInputs } from '#domain/features/model-inputs.ts';
import { createRng } from '../lib/rng.ts';
import { mask } from './mask.ts';

const FULL: ModelInputs = {
  ageYears: 60,
  sex: 'F',
  vitals: { hr_bpm: 80, temp_c: 37, sbp_mmhg: 120, dbp_mmhg: 80, rr_bpm: 16, spo2_pct: 97, pain_0_10: 3 },
  onOxygen: false,
  glasgow: 15,
  arrivedByAmbulance: true,
  nursingHome: false,
  conditions: { stroke: false, diabetes: true },
  symptoms: ['fiebre', 'disnea'],
  reasonCodes: ['10100', '14150'],
};
const NONE = {
  asRecorded: 0,
  seedsOnly: 0,
  vitalsOnly: 0,
  noSymptomsWithGaps: 0,
  asTheFormAsks: 0,
  symptomsOnly: 0,
  mostHidden: 0.6,
  codesHidden: 0,
};

test('each kind of copy shows what it is named after', () => {
  const rng = createRng(1);
  expect(mask(FULL, { ...NONE, asRecorded: 1 }, rng)).toBe(FULL);
  expect(mask(FULL, { ...NONE, seedsOnly: 1 }, rng)).toEqual({
    ageYears: 60,
    vitals: { hr_bpm: 80, temp_c: 37, sbp_mmhg: 120, dbp_mmhg: 80 },
  });
  expect(mask(FULL, { ...NONE, vitalsOnly: 1 }, rng)).toEqual({ ageYears: 60, sex: 'F', vitals: FULL.vitals });
  const { glasgow: _g, arrivedByAmbulance: _a, nursingHome: _n, conditions: _c, ...asked } = FULL;
  expect(mask(FULL, { ...NONE, asTheFormAsks: 1 }, rng)).toEqual(asked);
  expect(mask(FULL, { ...NONE, symptomsOnly: 1 }, rng)).toMatchObject({ vitals: {}, symptoms: FULL.symptoms });
  const { symptoms, reasonCodes } = mask(FULL, { ...NONE, noSymptomsWithGaps: 1 }, rng);
  expect([symptoms, reasonCodes]).toEqual([undefined, undefined]);
});

test('codes are hidden with their group, or alone in the share of rows that is asked for', () => {
  const rng = createRng(3);
  const shown = Array.from({ length: 4000 }, () => mask(FULL, { ...NONE, codesHidden: 0.2 }, rng));
  expect(shown.filter(({ symptoms, reasonCodes }) => reasonCodes && !symptoms)).toEqual([]);
  const told = shown.filter(({ symptoms }) => symptoms);
  expect(told.filter(({ reasonCodes }) => !reasonCodes).length / told.length).toBeCloseTo(0.2, 1);
});

test('masking only hides: nothing is changed and nothing invented', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const shown = mask(FULL, NONE, createRng(seed));
      expect(FULL).toMatchObject(shown);
    }),
  );
});

test('random gaps hide about half of the largest share on average', () => {
  const rng = createRng(2);
  const kept = Array.from({ length: 4000 }, () => Object.keys(mask(FULL, NONE, rng).vitals).length);
  expect(kept.reduce((a, b) => a + b) / kept.length / 7).toBeCloseTo(0.7, 1);
});
