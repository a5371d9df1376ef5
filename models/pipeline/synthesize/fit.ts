import { CATEGORIES } from '#domain/categories.ts';
import { VITAL_IDS } from '#domain/form/vitals.ts';
import { BadCellError, readInputs, readLabel, readSymptoms, type Row } from '../lib/visit-row.ts';
import {
  type CohortParameters,
  CONTINUOUS,
  BAND_COUNT,
  bandOf,
  FLAGS,
  LEAST_CELL,
  LIFE_STAGE_OF_BAND,
  LIFE_STAGES,
  OUTCOMES,
  transform,
} from './parameters.ts';

interface Seen {
  readonly label: number;
  readonly band: number;
  readonly stage: number;
  readonly site: string;
  readonly male: boolean;
  /** Transformed, in the order of CONTINUOUS; NaN where not measured. */
  readonly numbers: readonly number[];
  /** In the order of VITAL_IDS. */
  readonly missing: readonly boolean[];
  readonly pain: number | undefined;
  readonly flags: readonly (boolean | undefined)[];
  readonly outcomes: readonly (boolean | undefined)[];
  readonly triageLevel: number | undefined;
  readonly symptoms: readonly string[];
}

const MOST_SYMPTOMS = 3;
const MOST_COMPANIONS = 8;
/** Keeps a covariance from few rows invertible. */
const RIDGE = 1e-3;

/** Gathers labelled rows and answers aggregates of them. */
export function createFitter(source: string): {
  readonly add: (row: Row) => void;
  readonly finish: () => CohortParameters;
} {
  const rows: Seen[] = [];
  return {
    add: (row) => {
      const seen = look(row);
      if (seen) rows.push(seen);
    },
    finish: () => fit(rows, source),
  };
}

function look(row: Row): Seen | undefined {
  const category = readLabel(row['label']);
  if (!category) return undefined;
  try {
    const { ageYears, sex, vitals } = readInputs(row);
    if (ageYears === undefined) return undefined;
    const band = bandOf(ageYears);
    const level = Number(row['triage_level'] || Number.NaN);
    return {
      label: CATEGORIES.indexOf(category),
      band,
      stage: LIFE_STAGE_OF_BAND[band] ?? 1,
      site: row['site'] ?? '',
      male: sex === 'M',
      numbers: CONTINUOUS.map((id) => (vitals[id] === undefined ? Number.NaN : transform(id, vitals[id]))),
      missing: VITAL_IDS.map((id) => vitals[id] === undefined),
      pain: vitals.pain_0_10,
      flags: FLAGS.map((name) => truth(row[name])),
      outcomes: OUTCOMES.map((name) => truth(row[name])),
      triageLevel: Number.isInteger(level) ? level : undefined,
      symptoms: [...new Set(readSymptoms(row))].slice(0, MOST_SYMPTOMS),
    };
  } catch (error) {
    // A line that cannot be read has no place in a mean.
    if (error instanceof BadCellError) return undefined;
    throw error;
  }
}

function truth(text: string | undefined): boolean | undefined {
  return text === '1' ? true : text === '0' ? false : undefined;
}

function fit(rows: readonly Seen[], source: string): CohortParameters {
  const classes = [...CATEGORIES.keys()];
  const bands = Array.from({ length: BAND_COUNT }, (_, b) => b);
  const stages = Array.from({ length: LIFE_STAGES }, (_, s) => s);
  const ofClass = classes.map((c) => rows.filter(({ label }) => label === c));
  const ofStage = (c: number, s: number): readonly Seen[] => (ofClass[c] ?? []).filter(({ stage }) => stage === s);
  const byStage = <T>(summary: (cell: readonly Seen[], fallback: readonly Seen[]) => T): T[][] =>
    classes.map((c) =>
      stages.map((s) =>
        summary(
          ofStage(c, s),
          rows.filter(({ stage }) => stage === s),
        ),
      ),
    );
  const cells = classes.map((c) =>
    bands.map((b) =>
      cellOf(
        (ofClass[c] ?? []).filter(({ band }) => band === b),
        rows.filter(({ band }) => band === b),
      ),
    ),
  );
  return rounded({
    source,
    visits: rows.length,
    leastCell: LEAST_CELL,
    classShares: shares(
      rows.map(({ label }) => label),
      classes.length,
    ),
    bandShares: classes.map((c) =>
      shares(
        (ofClass[c] ?? []).map(({ band }) => band),
        BAND_COUNT,
      ),
    ),
    cells,
    factors: bands.map((b) =>
      factorOf(
        rows.filter(({ band }) => band === b),
        cells,
      ),
    ),
    missing: byStage((cell, all) => VITAL_IDS.map((_, k) => rate(cell, all, ({ missing }) => missing[k]))),
    pain: byStage((cell, all) =>
      shares(knownPain(cell).length >= LEAST_CELL * 11 ? knownPain(cell) : knownPain(all), 11),
    ),
    flags: byStage((cell, all) => FLAGS.map((_, k) => rate(cell, all, ({ flags }) => flags[k]))),
    outcomes: ofClass.map((own) => OUTCOMES.map((_, k) => rate(own, rows, ({ outcomes }) => outcomes[k]))),
    triageLevels: ofClass.map((own) =>
      shares(
        own.flatMap(({ triageLevel }) => (triageLevel === undefined ? [] : [triageLevel - 1])),
        5,
      ),
    ),
    symptomCounts: ofClass.map((own) =>
      shares(
        own.filter(({ symptoms }) => symptoms.length > 0).map(({ symptoms }) => symptoms.length - 1),
        MOST_SYMPTOMS,
      ),
    ),
    commonSymptoms: stages.map((s) => frequent(firstOf(rows.filter(({ stage }) => stage === s)))),
    firstSymptoms: byStage((cell) => frequent(firstOf(cell))),
    companions: companions(rows),
    siteSpread: siteSpread(rows),
  });
}

/** Shares of whole numbers below `count`; cells that are too small count as empty. */
function shares(values: readonly number[], count: number): number[] {
  const counts = Array.from({ length: count }, (_, k) => values.filter((value) => value === k).length);
  const kept = counts.map((n) => (n < LEAST_CELL ? 0 : n));
  const total = kept.reduce((a, b) => a + b, 0);
  return kept.map((n) => (total > 0 ? n / total : 1 / count));
}

/** Share of what is told; a share of too few, on either side, is that of everyone. */
function rate(cell: readonly Seen[], fallback: readonly Seen[], of: (seen: Seen) => boolean | undefined): number {
  const own = yesAndAll(cell, of);
  const used = own.yes >= LEAST_CELL && own.all - own.yes >= LEAST_CELL ? own : yesAndAll(fallback, of);
  if (used.yes < LEAST_CELL) return 0;
  return used.all - used.yes < LEAST_CELL ? 1 : used.yes / used.all;
}

function yesAndAll(
  rows: readonly Seen[],
  of: (seen: Seen) => boolean | undefined,
): { readonly yes: number; readonly all: number } {
  const told = rows.map(of).filter((value) => value !== undefined);
  return { yes: told.filter(Boolean).length, all: told.length };
}

function cellOf(own: readonly Seen[], all: readonly Seen[]): CohortParameters['cells'][number][number] {
  const means = CONTINUOUS.map((_, k) => {
    const known = (rows: readonly Seen[]): readonly number[] =>
      rows.map(({ numbers }) => numbers[k] ?? Number.NaN).filter((x) => !Number.isNaN(x));
    return average(known(own).length >= LEAST_CELL ? known(own) : known(all));
  });
  return { means, male: rate(own, all, ({ male }) => male) };
}

function knownPain(rows: readonly Seen[]): readonly number[] {
  return rows.flatMap(({ pain }) => (pain === undefined ? [] : [Math.round(pain)]));
}

/** Cholesky factor of the covariance of rows with all vitals around the means of their class and band. */
function factorOf(rows: readonly Seen[], cells: CohortParameters['cells']): number[][] {
  const width = CONTINUOUS.length;
  const residuals = rows
    .filter(({ numbers }) => numbers.every((x) => !Number.isNaN(x)))
    .map(({ numbers, label, band }) => numbers.map((x, k) => x - (cells[label]?.[band]?.means[k] ?? 0)));
  const spread = Array.from({ length: width }, (_, i) =>
    Array.from({ length: width }, (_unused, j) => {
      const sum = residuals.reduce((total, r) => total + (r[i] ?? 0) * (r[j] ?? 0), 0);
      return sum / Math.max(1, residuals.length) + (i === j ? RIDGE : 0);
    }),
  );
  return cholesky(spread);
}

/** Lower triangular L with L·Lᵀ = A, for a positive definite A. */
export function cholesky(a: readonly (readonly number[])[]): number[][] {
  const lower: number[][] = a.map((row) => row.map(() => 0));
  for (const [i, row] of lower.entries())
    for (let j = 0; j <= i; j += 1) {
      const other = lower[j] ?? [];
      let sum = a[i]?.[j] ?? 0;
      for (let k = 0; k < j; k += 1) sum -= (row[k] ?? 0) * (other[k] ?? 0);
      row[j] = i === j ? Math.sqrt(Math.max(sum, RIDGE)) : sum / (other[j] ?? 1);
    }
  return lower;
}

const firstOf = (rows: readonly Seen[]): readonly string[] => rows.flatMap(({ symptoms }) => symptoms.slice(0, 1));

/** Shares, among all of them, of the slugs that occur often enough: they add up to less than 1. */
function frequent(slugs: readonly string[], most = Number.POSITIVE_INFINITY): Record<string, number> {
  const groups = [...Map.groupBy(slugs, (slug) => slug)].map(([slug, list]) => [slug, list.length] as const);
  const kept = groups.filter(([, n]) => n >= LEAST_CELL).toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return Object.fromEntries(kept.slice(0, most).map(([slug, n]) => [slug, n / slugs.length]));
}

function companions(rows: readonly Seen[]): Record<string, Record<string, number>> {
  const byFirst = Map.groupBy(rows, ({ symptoms }) => symptoms[0] ?? '');
  const found = [...byFirst].map(
    ([first, group]) =>
      [
        first,
        frequent(
          group.flatMap(({ symptoms }) => symptoms.slice(1)),
          MOST_COMPANIONS,
        ),
      ] as const,
  );
  return Object.fromEntries(found.filter(([first, partners]) => first !== '' && Object.keys(partners).length > 1));
}

/** How much the log odds of "acute" differ between hospitals beyond what their numbers of visits explain. */
function siteSpread(rows: readonly Seen[]): number {
  const acute = CATEGORIES.indexOf('aguda');
  const groups = [...Map.groupBy(rows, ({ site }) => site).values()].filter((group) => group.length >= 3 * LEAST_CELL);
  if (groups.length < 2) return 0;
  const odds = groups.map((group) => {
    const n = group.filter(({ label }) => label === acute).length;
    return {
      value: Math.log((n + 0.5) / (group.length - n + 0.5)),
      noise: 1 / (n + 0.5) + 1 / (group.length - n + 0.5),
    };
  });
  const mean = average(odds.map(({ value }) => value));
  const variance = average(odds.map(({ value }) => (value - mean) ** 2)) - average(odds.map(({ noise }) => noise));
  return Math.sqrt(Math.max(0, variance));
}

function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
}

/** Four digits are more than the cells carry. */
function rounded(parameters: CohortParameters): CohortParameters {
  return JSON.parse(
    JSON.stringify(parameters, (_, v: unknown) =>
      typeof v === 'number' && !Number.isInteger(v) ? Number(v.toPrecision(4)) : v,
    ),
  ) as CohortParameters;
}
