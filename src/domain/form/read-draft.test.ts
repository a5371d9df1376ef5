import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ageInMonths, asksPregnancy, canBeConfirmed, limitBand, readDraft } from './read-draft.ts';
import { emptyTriageDraft, type TriageDraft } from './triage-draft.ts';
import { CONSCIOUSNESS, PREGNANCY, SEXES, triageInputsSchema } from './triage-inputs.ts';
import { VITAL_LIMITS } from './vital-limits.ts';
import { VITAL_IDS, VITAL_UNITS, type VitalId } from './vitals.ts';

/** A form of a 47-year-old with these texts in these fields. */
function draft(texts: Partial<Record<VitalId, string>> = {}, change: Partial<TriageDraft> = {}): TriageDraft {
  const empty = emptyTriageDraft();
  const vitals = { ...empty.vitals };
  for (const id of VITAL_IDS) vitals[id] = { ...vitals[id], text: texts[id] ?? '' };
  return { ...empty, age: '47', vitals, ...change };
}

const kinds = (form: TriageDraft) => readDraft(form).issues.map(({ field, kind }) => `${field} ${kind}`);

test('age is all that is needed; what was not touched is not there', () => {
  const { issues, complete } = readDraft(draft());
  expect(issues).toEqual([]);
  expect(complete).toEqual({ age: { value: 47, unit: 'a' }, vitals: {}, symptoms: [] });
});

test.each([
  ['', 'a', 'age required'],
  ['x', 'a', 'age not-a-number'],
  ['-1', 'a', 'age impossible'],
  ['121', 'a', 'age impossible'],
  ['1,5', 'a', 'age whole-number'],
  ['24', 'mo', 'age impossible'],
] as const)('age "%s" %s: %s', (age, ageUnit, issue) => {
  const form = draft({ hr_bpm: '80' }, { age, ageUnit });
  expect(kinds(form)).toContain(issue);
  expect(readDraft(form).complete).toBeUndefined();
});

test('what was typed is kept beside the canonical value', () => {
  const { complete } = readDraft(draft({ temp_c: ' 38,4 ', hr_bpm: '92' }));
  expect(complete?.vitals).toEqual({
    temp_c: { state: 'measured', typed: '38,4', unit: 'Cel', value: 38.4, confirmedUnusual: false },
    hr_bpm: { state: 'measured', typed: '92', unit: '/min', value: 92, confirmedUnusual: false },
  });
});

test('not measured is an answer, and nothing typed before it counts', () => {
  const form = draft({ hr_bpm: '999' });
  const hr_bpm = { ...form.vitals.hr_bpm, state: 'not-measured' as const };
  expect(readDraft({ ...form, vitals: { ...form.vitals, hr_bpm } }).complete?.vitals).toEqual({
    hr_bpm: { state: 'not-measured' },
  });
});

test('every edge of every band: the limits themselves pass, one step beyond does not', () => {
  for (const id of VITAL_IDS) {
    const step = id === 'temp_c' ? 0.1 : 1;
    for (const { fromMonths, toMonths, hard, soft } of VITAL_LIMITS[id].bands) {
      const last = (toMonths ?? 1440) - 1;
      const ages = [fromMonths, last].map(
        (months): Pick<TriageDraft, 'age' | 'ageUnit'> =>
          months < 24 ? { age: String(months), ageUnit: 'mo' } : { age: String(Math.floor(months / 12)), ageUnit: 'a' },
      );
      for (const age of ages) {
        const issueOf = (value: number): string | undefined =>
          readDraft(draft({ [id]: value.toFixed(id === 'temp_c' ? 1 : 0) }, age)).issues.find((i) => i.field === id)
            ?.kind;
        for (const edge of hard) expect([undefined, 'unusual']).toContain(issueOf(edge));
        expect(issueOf(hard[0] - step)).toBe('impossible');
        expect(issueOf(hard[1] + step)).toBe('impossible');
        for (const edge of soft) expect(issueOf(edge)).toBeUndefined();
        if (soft[0] - step >= hard[0]) expect(issueOf(soft[0] - step)).toBe('unusual');
        if (soft[1] + step <= hard[1]) expect(issueOf(soft[1] + step)).toBe('unusual');
      }
    }
  }
});

test('bands leave no gap and do not overlap', () => {
  for (const id of VITAL_IDS) {
    const { bands } = VITAL_LIMITS[id];
    expect(bands[0].fromMonths).toBe(0);
    expect(bands.at(-1)?.toMonths).toBeNull();
    bands.forEach((band, i) => {
      const next = bands[i + 1];
      if (next) expect(band.toMonths).toBe(next.fromMonths);
      expect(limitBand(id, band.fromMonths)).toBe(band);
      expect(band.hard[0]).toBeLessThanOrEqual(band.soft[0]);
      expect(band.soft[1]).toBeLessThanOrEqual(band.hard[1]);
    });
  }
});

test('an unusual value passes once confirmed, and is asked again when it changes', () => {
  const form = draft({ hr_bpm: '180' });
  expect(kinds(form)).toEqual(['hr_bpm unusual']);
  const confirmed = (text: string): TriageDraft => ({
    ...form,
    vitals: { ...form.vitals, hr_bpm: { ...form.vitals.hr_bpm, text, confirmedText: '180' } },
  });
  expect(readDraft(confirmed('180')).complete?.vitals.hr_bpm).toMatchObject({ confirmedUnusual: true });
  expect(kinds(confirmed('190'))).toEqual(['hr_bpm unusual']);
});

test('an impossible value cannot be confirmed away, and does not reach the forecast', () => {
  const form = draft({ hr_bpm: '900' });
  const hr_bpm = { ...form.vitals.hr_bpm, confirmedText: '900' };
  const { issues, valid, complete } = readDraft({ ...form, vitals: { ...form.vitals, hr_bpm } });
  expect(issues.map(canBeConfirmed)).toEqual([false]);
  expect(valid.vitals.hr_bpm).toBeUndefined();
  expect(complete).toBeUndefined();
});

test.each([
  ['389', '38.9'],
  ['83,9', '38.9'],
])('%s °C is perhaps %s', (text, suggestion) => {
  expect(readDraft(draft({ temp_c: text })).issues[0]).toMatchObject({ kind: 'impossible', suggestion });
});

test('a Fahrenheit value in a Celsius field is asked about; in its own unit it is converted', () => {
  expect(readDraft(draft({ temp_c: '101,2' })).issues[0]).toMatchObject({ kind: 'impossible', maybeFahrenheit: true });
  const form = draft({ temp_c: '101,2' });
  const temp_c = { ...form.vitals.temp_c, unit: '[degF]' };
  expect(readDraft({ ...form, vitals: { ...form.vitals, temp_c } }).complete?.vitals.temp_c).toMatchObject({
    typed: '101,2',
    unit: '[degF]',
    value: 38.4,
  });
});

test('swapped pressures are refused, and neither reaches the forecast', () => {
  for (const sbp_mmhg of ['80', '120']) {
    const { issues, valid } = readDraft(draft({ sbp_mmhg, dbp_mmhg: '120' }));
    expect(issues).toContainEqual({ field: 'dbp_mmhg', kind: 'diastolic-not-below-systolic' });
    expect(valid.vitals).toEqual({});
  }
});

test.each([
  [{ sbp_mmhg: '110', dbp_mmhg: '96' }, 'dbp_mmhg unusual-pulse-pressure'],
  [{ sbp_mmhg: '210', dbp_mmhg: '80' }, 'dbp_mmhg unusual-pulse-pressure'],
  [{ hr_bpm: '20', rr_bpm: '20' }, 'rr_bpm pulse-equals-breathing'],
] as const)('%o is asked about: %s', (texts, issue) => {
  expect(kinds(draft(texts))).toContain(issue);
});

test('a low saturation on room air is asked about once, by one question', () => {
  const form = draft({ spo2_pct: '80' }, { onOxygen: 'no' });
  expect(kinds(form)).toEqual(['spo2_pct unusual']);
});

test('a code that is too long is told, blanks around one are not kept', () => {
  expect(kinds(draft({}, { patientCode: 'x'.repeat(41) }))).toEqual(['patientCode too-long']);
  expect(readDraft(draft({}, { patientCode: '  P-1 ' })).complete?.patientCode).toBe('P-1');
});

test('pregnancy is asked of women of 10 to 55 years and kept only then', () => {
  expect(asksPregnancy('F', 119)).toBe(false);
  expect(asksPregnancy('F', 120)).toBe(true);
  expect(asksPregnancy('F', 671)).toBe(true);
  expect(asksPregnancy('F', 672)).toBe(false);
  expect(asksPregnancy('M', 300)).toBe(false);
  const { complete } = readDraft(draft({}, { sex: 'M', pregnancy: 'pregnant' }));
  expect(complete?.pregnancy).toBeUndefined();
});

test('a birthday opens the band of its age', () => {
  expect(ageInMonths({ value: 2, unit: 'a' })).toBe(24);
  expect(ageInMonths({ value: 23, unit: 'mo' })).toBe(23);
});

const typed = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.integer({ min: -10, max: 400 }).map(String),
  fc.tuple(fc.nat(120), fc.nat(99)).map(([a, b]) => `${a},${b}`),
);
const anyDraft: fc.Arbitrary<TriageDraft> = fc.record({
  patientCode: fc.string({ maxLength: 50 }),
  age: typed,
  ageUnit: fc.constantFrom('a', 'mo'),
  sex: fc.constantFrom('', ...SEXES),
  onOxygen: fc.constantFrom('', 'yes', 'no'),
  consciousness: fc.constantFrom('', ...CONSCIOUSNESS),
  pregnancy: fc.constantFrom('', ...PREGNANCY),
  symptoms: fc.uniqueArray(fc.constantFrom('fiebre', 'edema', 'sincope'), { maxLength: 3 }),
  vitals: fc
    .tuple(
      ...VITAL_IDS.map((id) =>
        fc.record({
          text: typed,
          state: fc.constantFrom('measured', 'estimated', 'not-measured'),
          unit: fc.constantFrom(...VITAL_UNITS[id]),
          confirmedText: typed,
        }),
      ),
    )
    .map((entries) => Object.fromEntries(VITAL_IDS.map((id, i) => [id, entries[i]])) as TriageDraft['vitals']),
});

test('whatever is typed: a form is either complete and a valid record body, or says why not', () => {
  fc.assert(
    fc.property(anyDraft, (form) => {
      const { complete, issues, valid } = readDraft(form);
      expect(complete === undefined).toBe(issues.length > 0);
      const checkable = triageInputsSchema.partial();
      const { patientCode, ...rest } = valid;
      expect(checkable.safeParse(rest).success).toBe(true);
      if (complete) expect(triageInputsSchema.safeParse({ patientCode: 'x', ...complete }).success).toBe(true);
      expect(patientCode).not.toBe('');
    }),
    { numRuns: 500 },
  );
});
