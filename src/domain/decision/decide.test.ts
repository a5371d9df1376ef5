import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATEGORIES, type PerCategory } from '../categories.ts';
import type { VitalEntry } from '../form/triage-inputs.ts';
import { VITAL_LIMITS } from '../form/vital-limits.ts';
import { VITAL_IDS, type VitalId } from '../form/vitals.ts';
import { batchCategory, type DecisionThresholds, decide, type KnownInputs, prepareQuestion } from './decide.ts';

const all = (value: number): PerCategory => ({
  no_enfermo: value,
  leve: value,
  aguda: value,
  cronica: value,
  terminal: value,
});
const THRESHOLDS: DecisionThresholds = {
  decisionMultipliers: { withSymptoms: all(1), withoutSymptoms: all(1) },
  conformalThresholds: { withSymptoms: all(0.2), withoutSymptoms: all(0.2) },
  abstentionThreshold: 0.4,
  terminalThreshold: 0.1,
};
const measured = (value: number): VitalEntry => ({
  state: 'measured',
  typed: String(value),
  unit: 'u',
  value,
  confirmedUnusual: false,
});
const FIVE = { hr_bpm: measured(90), temp_c: measured(38), sbp_mmhg: measured(120), dbp_mmhg: measured(80) };

function known(change: Partial<KnownInputs> = {}): KnownInputs {
  return { age: { value: 47, unit: 'a' }, vitals: FIVE, symptoms: [], ...change };
}

function asked(change: Partial<KnownInputs> = {}) {
  const question = prepareQuestion(known(change));
  if (!question.ask) throw new Error(question.silent.reason);
  return question;
}

describe('whether the model is asked', () => {
  test.each([
    ['without an age', { age: undefined }, 'too-little'],
    ['with nothing but an age', { vitals: {} }, 'too-little'],
    ['when nothing was measured', { vitals: { hr_bpm: { state: 'not-measured' } } }, 'too-little'],
    ['under one year', { age: { value: 11, unit: 'mo' } }, 'under-one-year'],
    ['at zero years', { age: { value: 0, unit: 'a' } }, 'under-one-year'],
    ['in pregnancy', { pregnancy: 'pregnant' }, 'pregnancy'],
    ['six weeks after', { pregnancy: 'postpartum-6w' }, 'pregnancy'],
  ] as const)('silent %s', (_name, change, reason) => {
    const { age, ...rest } = known();
    const inputs = {
      ...rest,
      ...('age' in change && change.age === undefined ? {} : { age }),
      ...change,
    } as KnownInputs;
    expect(prepareQuestion(inputs)).toEqual({ ask: false, silent: { status: 'silent', reason } });
  });

  test.each([
    ['one vital', { vitals: { hr_bpm: measured(90) } }],
    ['one symptom', { vitals: {}, symptoms: ['fiebre'] }],
    ['twelve months', { age: { value: 12, unit: 'mo' } }],
    ['no pregnancy', { pregnancy: 'no' }],
  ] as const)('asked with %s', (_name, change) => {
    expect(prepareQuestion(known(change as Partial<KnownInputs>)).ask).toBe(true);
  });

  test('months become whole years', () => {
    expect(asked({ age: { value: 23, unit: 'mo' } }).inputs.ageYears).toBe(1);
  });

  test('the first three distinct symptoms are told, in the clinician’s order', () => {
    const symptoms = ['edema', 'fiebre', 'edema', 'sincope', 'sudoracion'];
    expect(asked({ symptoms }).inputs.symptoms).toEqual(['edema', 'fiebre', 'sincope']);
  });

  test('a vital outside what the model knows is told as missing, at every edge', () => {
    for (const id of VITAL_IDS) {
      const [low, high] = VITAL_LIMITS[id].modelRange;
      const told = (value: number) => asked({ vitals: { [id]: measured(value) } });
      for (const edge of [low, high]) expect(told(edge).inputs.vitals[id]).toBe(edge);
      for (const beyond of [low - 0.1, high + 0.1]) {
        expect(told(beyond).inputs.vitals).toEqual({});
        expect(told(beyond).outsideModelRange).toEqual([id]);
      }
    }
  });
});

describe('what is said', () => {
  const spread = { no_enfermo: 0.1, leve: 0.5, aguda: 0.3, cronica: 0.08, terminal: 0.02 };

  test('likeliest class, runner-up, set, and no terminal flag', () => {
    expect(decide(spread, asked({ symptoms: ['fiebre'] }), THRESHOLDS)).toEqual({
      status: 'given',
      probabilities: spread,
      category: 'leve',
      runnerUp: 'aguda',
      abstained: false,
      confidence: 'usual',
      set: ['leve', 'aguda'],
      terminalRaised: false,
      outsideModelRange: [],
    });
  });

  test('the multipliers decide what a batch exports, never the headline', () => {
    const decisionMultipliers = { withSymptoms: { ...all(1), aguda: 2 }, withoutSymptoms: { ...all(1), cronica: 9 } };
    const thresholds = { ...THRESHOLDS, decisionMultipliers };
    for (const symptoms of [[], ['fiebre']]) {
      const question = asked({ symptoms });
      expect(decide(spread, question, thresholds)).toMatchObject({ category: 'leve', runnerUp: 'aguda' });
    }
    expect(batchCategory(spread, { symptoms: ['fiebre'] }, thresholds)).toBe('aguda');
    expect(batchCategory(spread, { reasonCodes: ['10100'] }, thresholds)).toBe('aguda');
    expect(batchCategory(spread, { symptoms: [] }, thresholds)).toBe('cronica');
  });

  test('without symptoms the sets have thresholds of their own', () => {
    const conformalThresholds = { withSymptoms: all(0.2), withoutSymptoms: all(0.09) };
    const set = (symptoms: readonly string[]) =>
      decide(spread, asked({ symptoms: [...symptoms] }), { ...THRESHOLDS, conformalThresholds }).set;
    expect(set(['fiebre'])).toEqual(['leve', 'aguda']);
    expect(set([])).toEqual(['no_enfermo', 'leve', 'aguda']);
  });

  test('not conclusive below the threshold, conclusive at it', () => {
    const at = (abstentionThreshold: number) =>
      decide(spread, asked(), { ...THRESHOLDS, abstentionThreshold }).abstained;
    expect(at(0.5)).toBe(false);
    expect(at(0.5001)).toBe(true);
  });

  test('never conclusive when the model could not be told a value', () => {
    const question = asked({ vitals: { ...FIVE, temp_c: measured(44) } });
    expect(decide({ ...all(0), leve: 1 }, question, THRESHOLDS)).toMatchObject({
      abstained: true,
      outsideModelRange: ['temp_c'],
    });
  });

  test('terminal is a flag of its own', () => {
    const said = decide({ ...spread, leve: 0.4, terminal: 0.12 }, asked(), THRESHOLDS);
    expect(said).toMatchObject({ category: 'leve', terminalRaised: true });
  });

  const without = (...ids: VitalId[]) =>
    Object.fromEntries(Object.entries(FIVE).filter(([id]) => !ids.some((gone) => gone === id)));
  test.each([
    ['the five seed inputs', FIVE, [], 'vitals-only'],
    ['the five and a symptom', FIVE, ['fiebre'], 'usual'],
    ['three of the five', without('sbp_mmhg', 'dbp_mmhg'), [], 'few-vitals'],
    ['four of the five and a symptom', without('temp_c'), ['fiebre'], 'few-vitals'],
    ['a symptom alone', {}, ['fiebre'], 'few-vitals'],
  ] as const)('%s: always a forecast, of the confidence it deserves', (_name, vitals, symptoms, confidence) => {
    expect(decide(spread, asked({ vitals, symptoms: [...symptoms] }), THRESHOLDS).confidence).toBe(confidence);
  });

  test('for any probabilities: two different classes, the set of those not ruled out', () => {
    const five = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(five, (values) => {
        const total = values.reduce((sum, value) => sum + value, 0) || 1;
        const p = Object.fromEntries(CATEGORIES.map((c, i) => [c, (values[i] ?? 0) / total])) as unknown as PerCategory;
        const said = decide(p, asked(), THRESHOLDS);
        expect(said.category).not.toBe(said.runnerUp);
        for (const c of CATEGORIES) {
          expect(p[c]).toBeLessThanOrEqual(p[said.category]);
          expect(said.set.includes(c)).toBe(p[c] >= 0.2);
        }
      }),
    );
  });
});
