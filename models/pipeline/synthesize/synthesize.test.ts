import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CATEGORIES } from '#domain/categories.ts';
import { SYMPTOM_GROUPS } from '#domain/symptoms/symptom-groups.ts';
import { LABELS, readInputs, type Row } from '../lib/visit-row.ts';
import { cholesky, createFitter } from './fit.ts';
import { bandOf, type CohortParameters, cohortParametersSchema, LIFE_STAGE_OF_BAND } from './parameters.ts';
import { SYNTHETIC_COLUMNS, synthesize } from './synthesize.ts';

const PARAMETERS = cohortParametersSchema.parse(
  JSON.parse(readFileSync('models/config/synthetic-cohort.json', 'utf8')),
);

/** No cell of a synthetic table needs quotes. */
function cohort(parameters: CohortParameters, rows: number, seed: number): readonly Row[] {
  return [...synthesize(parameters, rows, seed)].map(({ line }) => {
    const cells = line.trimEnd().split(',');
    return Object.fromEntries(SYNTHETIC_COLUMNS.map((column, i) => [column, cells[i]]));
  });
}

const ROWS = cohort(PARAMETERS, 12_000, 7);
const ofCategory = (label: string): readonly Row[] => ROWS.filter((row) => row['label'] === label);
const shareOf = (rows: readonly Row[], is: (row: Row) => boolean): number => rows.filter(is).length / rows.length;

describe('a synthetic cohort', () => {
  test('has the same bytes for the same seed and others for another', () => {
    const lines = (seed: number): string => [...synthesize(PARAMETERS, 300, seed)].map(({ line }) => line).join('');
    expect(lines(1)).toBe(lines(1));
    expect(lines(1)).not.toBe(lines(2));
  });

  test('is what the committed fixture holds: two thousand visits of seed 2000', () => {
    const lines = [...synthesize(PARAMETERS, 2000, 2000)].map(({ line }) => line).join('');
    expect(`${SYNTHETIC_COLUMNS.join(',')}\n${lines}`).toBe(
      readFileSync('models/data/fixtures/synthetic-visits.csv', 'utf8'),
    );
  });

  test('says of every row that it is synthetic, and every row can be read', () => {
    for (const row of ROWS) {
      expect(row['source']).toBe('synthetic');
      expect(() => readInputs(row)).not.toThrow();
    }
    expect(new Set(ROWS.map((row) => row['visit_id'])).size).toBe(ROWS.length);
  });

  test('names only symptom groups that the model knows', () => {
    const known = new Set<string>(SYMPTOM_GROUPS.map(({ slug }) => slug));
    for (const row of ROWS) for (const slug of (row['symptoms'] ?? '').split(';')) expect(known).toContain(slug);
  });

  test('keeps the shares of the categories, the ages and the gaps of its parameters', () => {
    for (const [c, category] of CATEGORIES.entries()) {
      const own = ofCategory(LABELS[category]);
      // Hospitals differ from one another, so the whole differs from its parameters a little.
      expect(Math.abs(own.length / ROWS.length - (PARAMETERS.classShares[c] ?? 0))).toBeLessThan(0.04);
      if (own.length < 1000) continue;
      for (const [band, share] of (PARAMETERS.bandShares[c] ?? []).entries())
        expect(Math.abs(shareOf(own, (row) => bandOf(Number(row['age_years'])) === band) - share)).toBeLessThan(0.04);
      const adults = own.filter((row) => LIFE_STAGE_OF_BAND[bandOf(Number(row['age_years']))] === 1);
      const withoutPulse = shareOf(adults, (row) => row['hr_bpm'] === '');
      expect(Math.abs(withoutPulse - (PARAMETERS.missing[c]?.[1]?.[0] ?? 0))).toBeLessThan(0.03);
    }
  });

  test('keeps how vitals go together: infants have a fast pulse, systolic and diastolic rise together', () => {
    const meanPulse = (rows: readonly Row[]): number => {
      const known = rows.map((row) => Number(row['hr_bpm'] || Number.NaN)).filter((x) => !Number.isNaN(x));
      return known.reduce((a, b) => a + b, 0) / known.length;
    };
    const infants = ROWS.filter((row) => row['age_years'] === '0');
    const adults = ROWS.filter((row) => Number(row['age_years']) >= 18);
    expect(meanPulse(infants) - meanPulse(adults)).toBeGreaterThan(35);
    const pairs = adults.filter((row) => row['sbp_mmhg'] !== '' && row['dbp_mmhg'] !== '');
    const high = pairs.filter((row) => Number(row['sbp_mmhg']) > 140);
    const diastolic = (rows: readonly Row[]): number =>
      rows.reduce((sum, row) => sum + Number(row['dbp_mmhg']), 0) / rows.length;
    expect(diastolic(high) - diastolic(pairs)).toBeGreaterThan(5);
    for (const row of pairs) expect(Number(row['sbp_mmhg'])).toBeGreaterThan(Number(row['dbp_mmhg']));
  });

  test('deals whole sites to training, validation and test', () => {
    const splitsOf = Map.groupBy(ROWS, (row) => row['site']);
    for (const rows of splitsOf.values()) expect(new Set(rows.map((row) => row['split'])).size).toBe(1);
    expect(shareOf(ROWS, (row) => row['split'] === 'train')).toBeCloseTo(0.7, 1);
    expect(new Set(cohort(PARAMETERS, 30, 1).map((row) => row['split'])).size).toBe(3);
  });
});

describe('fitting aggregates', () => {
  test('finds the parameters of a cohort drawn from them', () => {
    const fitter = createFitter('synthetic');
    for (const row of ROWS) fitter.add(row);
    const fitted = cohortParametersSchema.parse(fitter.finish());
    expect(fitted.visits).toBe(ROWS.length);
    const [leve, adults] = [1, 3];
    const mean = fitted.cells[leve]?.[adults]?.means ?? [];
    // Saturation is drawn below a ceiling, which moves its mean most.
    for (const [k, expected] of (PARAMETERS.cells[leve]?.[adults]?.means ?? []).entries())
      expect(Math.abs((mean[k] ?? 0) - expected)).toBeLessThan(0.1);
  });

  test('leaves out whatever fewer than ten visits show', () => {
    const fitter = createFitter('few');
    for (let i = 0; i < 200; i += 1)
      fitter.add({
        site: `s${i % 5}`,
        label: LABELS.leve,
        age_years: '30',
        sex: 'F',
        symptoms: i < 9 ? 'paro' : 'fiebre',
        hx_hiv: i < 9 ? '1' : '0',
      });
    const fitted = fitter.finish();
    expect(JSON.stringify(fitted)).not.toContain('paro');
    expect(fitted.flags[1]?.[1]?.[6]).toBe(0);
    expect(fitted.firstSymptoms[1]?.[1]).toEqual({ fiebre: 0.955 });
  });

  test('factors a covariance', () => {
    expect(
      cholesky([
        [4, 2],
        [2, 5],
      ]),
    ).toEqual([
      [2, 0],
      [1, 2],
    ]);
  });
});
