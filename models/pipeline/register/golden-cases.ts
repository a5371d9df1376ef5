import { encode } from '#domain/features/encode.ts';
import type { ModelInputs } from '#domain/features/model-inputs.ts';
import type { GoldenCase } from '#domain/model/manifest.ts';
import { type Network, vectorSha256 } from '#inference/predict.ts';

interface Form {
  readonly name: string;
  readonly inputs: ModelInputs;
}

const USUAL = { hr_bpm: 76, temp_c: 36.7, sbp_mmhg: 122, dbp_mmhg: 76, rr_bpm: 16, spo2_pct: 98 };

/** Invented forms, chosen to reach every kind of input: no real visit is shown. */
export const GOLDEN_FORMS: readonly Form[] = [
  {
    name: 'five vitals only',
    inputs: { ageYears: 45, vitals: { hr_bpm: 88, temp_c: 36.9, sbp_mmhg: 131, dbp_mmhg: 82 } },
  },
  { name: 'age and one vital', inputs: { ageYears: 45, vitals: { temp_c: 38.6 } } },
  { name: 'three vitals without age', inputs: { vitals: { hr_bpm: 112, temp_c: 38.9, sbp_mmhg: 104 } } },
  { name: 'nothing but a symptom', inputs: { vitals: {}, symptoms: ['dolor_abdominal'] } },
  {
    name: 'not ill: a check and a vaccine',
    inputs: { ageYears: 24, sex: 'F', vitals: { ...USUAL, pain_0_10: 0 }, symptoms: ['prueba_vacuna'] },
  },
  {
    name: 'minor: a twisted ankle',
    inputs: { ageYears: 29, sex: 'M', vitals: { ...USUAL, pain_0_10: 5 }, onOxygen: false, symptoms: ['tobillo_pie'] },
  },
  {
    name: 'acute: chest pain and breathlessness',
    inputs: {
      ageYears: 58,
      sex: 'M',
      vitals: { hr_bpm: 104, temp_c: 36.6, sbp_mmhg: 158, dbp_mmhg: 94, rr_bpm: 22, spo2_pct: 93, pain_0_10: 8 },
      onOxygen: false,
      symptoms: ['dolor_toracico', 'disnea'],
    },
  },
  {
    name: 'chronic: seizures in a known condition',
    inputs: { ageYears: 41, sex: 'F', vitals: USUAL, conditions: { stroke: true }, symptoms: ['convulsiones'] },
  },
  {
    name: 'terminal: arrest on arrival, almost nothing measured',
    inputs: {
      ageYears: 79,
      sex: 'M',
      vitals: { hr_bpm: 38, spo2_pct: 72 },
      glasgow: 3,
      arrivedByAmbulance: true,
      onOxygen: true,
      symptoms: ['paro'],
    },
  },
  {
    name: 'infant with fever',
    inputs: { ageYears: 0, sex: 'M', vitals: { hr_bpm: 168, temp_c: 39.6, rr_bpm: 44 }, symptoms: ['fiebre'] },
  },
  {
    name: 'child with ear pain',
    inputs: { ageYears: 4, sex: 'F', vitals: { hr_bpm: 118, temp_c: 38.1, rr_bpm: 24 }, symptoms: ['oido'] },
  },
  {
    name: 'elderly from a nursing home, everything given',
    inputs: {
      ageYears: 91,
      sex: 'F',
      vitals: { hr_bpm: 121, temp_c: 35.2, sbp_mmhg: 84, dbp_mmhg: 47, rr_bpm: 30, spo2_pct: 86, pain_0_10: 0 },
      onOxygen: true,
      glasgow: 11,
      arrivedByAmbulance: true,
      nursingHome: true,
      conditions: { stroke: true, heartFailure: true, dialysis: false, hiv: false, diabetes: true },
      symptoms: ['fatiga_debilidad', 'disnea', 'fiebre'],
    },
  },
  {
    name: 'three symptoms, the first decides the order',
    inputs: { ageYears: 36, sex: 'F', vitals: USUAL, symptoms: ['cefalea', 'fiebre', 'garganta'] },
  },
  {
    name: 'the same three in another order',
    inputs: { ageYears: 36, sex: 'F', vitals: USUAL, symptoms: ['garganta', 'fiebre', 'cefalea'] },
  },
  {
    name: 'one group, said precisely',
    inputs: { ageYears: 36, sex: 'F', vitals: USUAL, symptoms: ['garganta'], reasonCodes: ['14551'] },
  },
  {
    name: 'two groups, one of them with its code',
    inputs: { ageYears: 67, sex: 'M', vitals: USUAL, symptoms: ['dolor_toracico', 'disnea'], reasonCodes: ['14150'] },
  },
  {
    name: 'all vitals at the ends of their ranges',
    inputs: {
      ageYears: 100,
      vitals: { hr_bpm: 250, temp_c: 43, sbp_mmhg: 300, dbp_mmhg: 200, rr_bpm: 80, spo2_pct: 50, pain_0_10: 10 },
    },
  },
];

/** What the finished network answers to the golden forms: the tablets check that they get the same. */
export function goldenCases(network: Network): GoldenCase[] {
  return GOLDEN_FORMS.map(({ name, inputs }) => {
    const vector = encode(inputs);
    const probabilities = Array.from(network.predict(vector, 1), (p) => Math.round(p * 1e7) / 1e7);
    return { name, inputs: jsonOf(inputs), vectorSha256: vectorSha256(vector), probabilities };
  });
}

/** A mutable copy, as the manifest's schema has it. */
function jsonOf(inputs: ModelInputs): GoldenCase['inputs'] {
  const { symptoms, reasonCodes, conditions, vitals, ...rest } = inputs;
  return {
    ...rest,
    vitals: { ...vitals },
    ...(conditions && { conditions: { ...conditions } }),
    ...(symptoms && { symptoms: [...symptoms] }),
    ...(reasonCodes && { reasonCodes: [...reasonCodes] }),
  };
}
