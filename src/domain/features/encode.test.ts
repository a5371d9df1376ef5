import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VITAL_IDS } from '../form/vitals.ts';
import { REASON_CODE_GROUPS } from '../symptoms/reason-codes.ts';
import { SYMPTOM_GROUPS } from '../symptoms/symptom-groups.ts';
import { encode } from './encode.ts';
import { FEATURE_NAMES, FEATURES_VERSION, FIELD_NAMES } from './feature-spec.ts';
import type { ModelInputs } from './model-inputs.ts';

const at = (inputs: ModelInputs, name: string): number => {
  const index = FEATURE_NAMES.indexOf(name);
  if (index < 0) throw new Error(`no feature ${name}`);
  return encode(inputs)[index] ?? Number.NaN;
};
const matching = (inputs: ModelInputs, prefix: string): readonly number[] =>
  [...encode(inputs)].filter((_, i) => FEATURE_NAMES[i]?.startsWith(prefix));

const slugs = SYMPTOM_GROUPS.map(({ slug }) => slug);
const inputsArbitrary: fc.Arbitrary<ModelInputs> = fc.record(
  {
    ageYears: fc.integer({ min: 0, max: 120 }),
    sex: fc.constantFrom('F', 'M'),
    vitals: fc.record(Object.fromEntries(VITAL_IDS.map((id) => [id, fc.double({ min: -1e4, max: 1e4 })])), {
      requiredKeys: [],
    }),
    onOxygen: fc.boolean(),
    glasgow: fc.integer({ min: 3, max: 15 }),
    arrivedByAmbulance: fc.boolean(),
    nursingHome: fc.boolean(),
    symptoms: fc.array(fc.constantFrom(...slugs, 'desconocido'), { maxLength: 6 }),
    reasonCodes: fc.array(fc.constantFrom(...REASON_CODE_GROUPS.keys(), '99999'), { maxLength: 6 }),
  },
  { requiredKeys: ['vitals'] },
);

const ADULT: ModelInputs = {
  ageYears: 54,
  sex: 'M',
  vitals: { hr_bpm: 104, temp_c: 38.2, sbp_mmhg: 96, dbp_mmhg: 61, rr_bpm: 22, spo2_pct: 94, pain_0_10: 6 },
  onOxygen: false,
  symptoms: ['fiebre', 'disnea'],
};
const CHILD: ModelInputs = { ageYears: 3, sex: 'F', vitals: { hr_bpm: 150, temp_c: 39.4 }, symptoms: ['oido'] };
const FULL: ModelInputs = {
  ageYears: 88,
  sex: 'F',
  vitals: { hr_bpm: 41, temp_c: 34.8, sbp_mmhg: 82, dbp_mmhg: 40, rr_bpm: 9, spo2_pct: 84, pain_0_10: 0 },
  onOxygen: true,
  glasgow: 8,
  arrivedByAmbulance: true,
  nursingHome: true,
  conditions: { stroke: true, heartFailure: false, dialysis: true, hiv: false, diabetes: true },
  symptoms: ['sincope', 'edema', 'fatiga_debilidad'],
  reasonCodes: ['10350', '15451'],
};

describe('encode', () => {
  test('every number is finite and between 0 and 1, whatever is typed', () => {
    fc.assert(
      fc.property(inputsArbitrary, (inputs) => {
        const vector = encode(inputs);
        expect(vector).toHaveLength(FEATURE_NAMES.length);
        expect([...vector].every((x) => x >= 0 && x <= 1)).toBe(true);
      }),
    );
  });

  test('nothing known raises every flag and leaves everything else at zero', () => {
    const vector = encode({ vitals: {} });
    for (const [i, name] of FEATURE_NAMES.entries()) expect(vector[i], name).toBe(name.startsWith('missing:') ? 1 : 0);
  });

  test('everything known lowers every flag', () => {
    expect(matching(FULL, 'missing:')).toEqual(FIELD_NAMES.map(() => 0));
  });

  test('a missing vital raises its own flag only, zeroes its bins and what is derived from it', () => {
    for (const id of VITAL_IDS) {
      const { [id]: _hidden, ...vitals } = FULL.vitals;
      const without: ModelInputs = { ...FULL, vitals };
      expect(matching(without, 'missing:').reduce((a, b) => a + b)).toBe(1);
      expect(at(without, `missing:${id}`)).toBe(1);
      expect(matching(without, `${id}:`).every((x) => x === 0)).toBe(true);
    }
    expect(matching({ ...ADULT, vitals: { hr_bpm: 104 } }, 'shock_index:').every((x) => x === 0)).toBe(true);
    expect(matching({ vitals: ADULT.vitals }, 'hr_for_age:').every((x) => x === 0)).toBe(true);
  });

  test('a value that is not finite counts as not given', () => {
    expect(at({ ageYears: 40, vitals: { hr_bpm: Number.NaN } }, 'missing:hr_bpm')).toBe(1);
    expect(at({ ageYears: Number.POSITIVE_INFINITY, vitals: {} }, 'missing:age_years')).toBe(1);
  });

  test('bins grow with the value and fill from the left', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VITAL_IDS),
        fc.double({ min: 0, max: 300, noNaN: true }),
        fc.double({ min: 0, max: 300, noNaN: true }),
        (id, a, b) => {
          const low = matching({ vitals: { [id]: Math.min(a, b) } }, `${id}:`);
          const high = matching({ vitals: { [id]: Math.max(a, b) } }, `${id}:`);
          expect(low.every((x, i) => x <= (high[i] ?? -1))).toBe(true);
          expect(high.every((x, i) => i === 0 || x === 0 || high[i - 1] === 1)).toBe(true);
        },
      ),
    );
  });

  test('the order of symptoms matters for "named first" only', () => {
    const forward = encode({ ...ADULT, symptoms: ['fiebre', 'disnea', 'edema'] });
    const backward = encode({ ...ADULT, symptoms: ['disnea', 'edema', 'fiebre'] });
    const changed = FEATURE_NAMES.filter((_, i) => forward[i] !== backward[i]);
    expect(changed.toSorted()).toEqual(['first:disnea', 'first:fiebre']);
  });

  test('repeated and unknown symptoms are passed over and a fourth one is not seen', () => {
    const plain = encode({ ...ADULT, symptoms: ['fiebre', 'disnea', 'edema'] });
    expect(encode({ ...ADULT, symptoms: ['nadie', 'fiebre', 'fiebre', 'disnea', 'edema', 'sincope'] })).toEqual(plain);
    expect(at({ ...ADULT, symptoms: ['nadie'] }, 'missing:symptoms')).toBe(1);
    expect(at({ ...ADULT, symptoms: ['fiebre', 'disnea'] }, 'symptoms:two-or-more')).toBe(1);
    expect(at({ ...ADULT, symptoms: ['fiebre', 'disnea'] }, 'symptoms:three')).toBe(0);
  });

  test('a code adds its own input and changes nothing else', () => {
    const codes = [...REASON_CODE_GROUPS.keys()];
    fc.assert(
      fc.property(fc.constantFrom(...codes), (code) => {
        const [without, withCode] = [encode(ADULT), encode({ ...ADULT, reasonCodes: [code] })];
        expect(FEATURE_NAMES.filter((_, i) => without[i] !== withCode[i])).toEqual([`code:${code}`]);
      }),
    );
  });

  test('repeated and unknown codes are passed over and a fourth one is not seen', () => {
    const coded = (...reasonCodes: string[]) => matching({ ...ADULT, reasonCodes }, 'code:').reduce((a, b) => a + b);
    expect(coded()).toBe(0);
    expect(coded('10100', '99999', '10100')).toBe(1);
    expect(coded('10100', '10050', '14150', '15451')).toBe(3);
  });

  test('every code belongs to a group the encoder knows', () => {
    expect(REASON_CODE_GROUPS.size).toBe(288);
    for (const slug of REASON_CODE_GROUPS.values()) expect(slugs).toContain(slug);
  });

  test('derived values follow their definitions', () => {
    // Shock index 104 / 96 = 1.083 lies in 0.9–1.2; mean pressure (96 + 2 · 61) / 3 = 72.7 in 65–75.
    expect(at(ADULT, 'shock_index:0.9-1.2')).toBeCloseTo((104 / 96 - 0.9) / 0.3, 5);
    expect(at(ADULT, 'mean_pressure:65-75')).toBeCloseTo((218 / 3 - 65) / 10, 5);
    expect(at(ADULT, 'pulse_pressure:35-45')).toBe(0);
    expect(at(ADULT, 'pulse_pressure:25-35')).toBe(1);
  });

  test('the same pulse is high for an adult and usual for an infant', () => {
    expect(at({ ageYears: 0, vitals: { hr_bpm: 135 } }, 'hr_for_age:0-1')).toBe(0);
    expect(at({ ageYears: 30, vitals: { hr_bpm: 135 } }, 'hr_for_age:0-1')).toBe(1);
    expect(at({ ageYears: 17, vitals: { hr_bpm: 97 } }, 'hr_for_age:1-2')).toBeGreaterThan(0);
    expect(at({ ageYears: 18, vitals: { hr_bpm: 97 } }, 'hr_for_age:1-2')).toBe(0);
  });

  test('a changed encoding comes with a new FEATURES_VERSION', () => {
    const hash = createHash('sha256').update(FEATURE_NAMES.join('\n'));
    for (const inputs of [ADULT, CHILD, FULL, { vitals: {} }]) hash.update(new Uint8Array(encode(inputs).buffer));
    // When this fails you changed what models are fed: raise FEATURES_VERSION, train anew, then pin the new hash.
    expect({ version: FEATURES_VERSION, sha256: hash.digest('hex') }).toEqual({
      version: 2,
      sha256: 'c03739dd1b9942a7dd435b063d67484b18a4e4cacebcdc9249e78a19690276ee',
    });
  });
});
