import { CATEGORIES } from '#domain/categories.ts';
import { VITAL_IDS } from '#domain/form/vitals.ts';
import { SYMPTOM_GROUPS } from '#domain/symptoms/symptom-groups.ts';
import type { RawVisit } from '../lib/raw-visits.ts';
import { discriminants, principalComponents, type Projection, standardised } from './projections.ts';
import {
  average,
  binned,
  type Column,
  cramersV,
  mutualInformation,
  type NumberSummary,
  pearson,
  spearman,
  summarise,
} from './statistics.ts';

export interface Variable {
  readonly name: string;
  readonly column: Column;
}

export interface SiteSpread {
  readonly name: string;
  /** Of the sites with enough visits: least, quarter, middle, three quarters, most. */
  readonly values: readonly number[];
}

export interface Exploration {
  readonly rows: number;
  readonly labels: Uint8Array;
  readonly numbers: readonly Variable[];
  readonly summaries: readonly NumberSummary[];
  readonly missing: readonly {
    readonly name: string;
    readonly share: number;
    readonly byCategory: readonly number[];
  }[];
  readonly pearson: readonly (readonly number[])[];
  readonly spearman: readonly (readonly number[])[];
  readonly truthNames: readonly string[];
  readonly cramersV: readonly (readonly number[])[];
  /** Bits about the category, most first. */
  readonly importance: readonly { readonly name: string; readonly bits: number }[];
  readonly symptoms: readonly {
    readonly name: string;
    readonly rows: number;
    readonly byCategory: readonly number[];
  }[];
  readonly pca: Projection;
  readonly lda: Projection;
  readonly bySite: { readonly sites: number; readonly counted: number; readonly spreads: readonly SiteSpread[] };
  readonly byYear: readonly {
    readonly year: string;
    readonly rows: number;
    readonly shares: readonly number[];
    readonly means: readonly number[];
  }[];
}

/** Nothing is shown of fewer visits than this. */
export const LEAST_SHOWN = 10;
const LEAST_SITE = 30;
const SYMPTOMS_IN_MATRIX = 20;
const SYMPTOMS_PROJECTED = 60;
const INFORMATION_PARTS = 10;

/** Everything the report tells, from labelled visits alone. */
export function explore(visits: readonly RawVisit[]): Exploration {
  const labels = Uint8Array.from(visits, ({ label }) => label);
  // A number that was hardly ever recorded has no distribution.
  const numbers = numberVariables(visits).filter(({ column }) => knownIn(column) >= LEAST_SHOWN);
  const truths = truthVariables(visits);
  const symptoms = symptomVariables(visits);
  const shown = [...truths, ...symptoms.slice(0, SYMPTOMS_IN_MATRIX)];
  const categorical = [
    { name: 'category', values: labels },
    ...shown.map(({ name, column }) => ({ name, values: asGroups(column) })),
  ];
  const projected = [
    ...numbers,
    ...truths.filter(({ name }) => name === 'male'),
    ...symptoms.slice(0, SYMPTOMS_PROJECTED),
  ];
  const names = projected.map(({ name }) => name);
  const vitals = standardised(numbers.map(({ column }) => column));
  return {
    rows: visits.length,
    labels,
    numbers,
    summaries: numbers.map(({ name, column }) => summarise(name, column)),
    missing: [...numbers, ...truths].map((variable) => missingOf(variable, labels)),
    pearson: numbers.map((a) => numbers.map((b) => pearson(a.column, b.column))),
    spearman: numbers.map((a) => numbers.map((b) => spearman(a.column, b.column))),
    truthNames: categorical.map(({ name }) => name),
    cramersV: categorical.map((a) => categorical.map((b) => cramersV(a.values, b.values))),
    importance: importanceOf(numbers, [...truths, ...symptoms], labels),
    symptoms: symptoms.map((variable) => symptomFigures(variable, labels)),
    pca: principalComponents(
      vitals,
      numbers.map(({ name }) => name),
    ),
    lda: discriminants(standardised(projected.map(({ column }) => column)), labels, names),
    bySite: bySite(visits, numbers),
    byYear: byYear(visits, numbers),
  };
}

function numberVariables(visits: readonly RawVisit[]): readonly Variable[] {
  const of = (name: string, value: (visit: RawVisit) => number | undefined): Variable => ({
    name,
    column: Float64Array.from(visits, (visit) => value(visit) ?? Number.NaN),
  });
  return [
    of('age_years', ({ inputs }) => inputs.ageYears),
    ...VITAL_IDS.map((id) => of(id, ({ inputs }) => inputs.vitals[id])),
    of('gcs_3_15', ({ inputs }) => inputs.glasgow),
    of('shock_index', ({ inputs: { vitals } }) => {
      const { hr_bpm: hr, sbp_mmhg: sbp } = vitals;
      return hr === undefined || sbp === undefined ? undefined : hr / sbp;
    }),
  ];
}

function truthVariables(visits: readonly RawVisit[]): readonly Variable[] {
  const of = (name: string, value: (visit: RawVisit) => boolean | undefined): Variable => ({
    name,
    column: Float64Array.from(visits, (visit) => Number(value(visit) ?? Number.NaN)),
  });
  const conditions = ['stroke', 'heartFailure', 'dialysis', 'hiv', 'diabetes'] as const;
  return [
    of('male', ({ inputs: { sex } }) => (sex === undefined ? undefined : sex === 'M')),
    of('on_oxygen', ({ inputs }) => inputs.onOxygen),
    of('ambulance', ({ inputs }) => inputs.arrivedByAmbulance),
    of('nursing_home', ({ inputs }) => inputs.nursingHome),
    ...conditions.map((name) => of(`known:${name}`, ({ inputs }) => inputs.conditions?.[name])),
  ];
}

function knownIn(column: Column): number {
  return column.reduce((n, value) => n + (Number.isNaN(value) ? 0 : 1), 0);
}

/** Symptom groups with enough visits, commonest first. */
function symptomVariables(visits: readonly RawVisit[]): readonly Variable[] {
  const variables = SYMPTOM_GROUPS.map(({ slug }) => ({
    name: slug,
    column: Float64Array.from(visits, ({ symptoms }) => (symptoms.includes(slug) ? 1 : 0)),
  }));
  const rows = new Map<string, number>(variables.map(({ name, column }) => [name, column.reduce((a, b) => a + b, 0)]));
  const count = (name: string): number => rows.get(name) ?? 0;
  return variables.filter(({ name }) => count(name) >= LEAST_SHOWN).sort((a, b) => count(b.name) - count(a.name));
}

/** No, yes, not recorded. */
function asGroups(column: Column): Uint8Array {
  return Uint8Array.from(column, (value) => (Number.isNaN(value) ? 2 : value));
}

function missingOf({ name, column }: Variable, labels: Uint8Array): Exploration['missing'][number] {
  const share = (rows: readonly number[]): number => average(rows.map((i) => (Number.isNaN(column[i]) ? 1 : 0)));
  const all = [...column.keys()];
  return { name, share: share(all), byCategory: CATEGORIES.map((_, c) => share(all.filter((i) => labels[i] === c))) };
}

function importanceOf(
  numbers: readonly Variable[],
  truths: readonly Variable[],
  labels: Uint8Array,
): Exploration['importance'] {
  return [
    ...numbers.map(({ name, column }) => ({
      name,
      bits: mutualInformation(binned(column, INFORMATION_PARTS), labels),
    })),
    ...truths.map(({ name, column }) => ({ name, bits: mutualInformation(asGroups(column), labels) })),
  ].sort((a, b) => b.bits - a.bits);
}

function symptomFigures({ name, column }: Variable, labels: Uint8Array): Exploration['symptoms'][number] {
  const rows = [...column.keys()].filter((i) => column[i] === 1);
  const byCategory = CATEGORIES.map((_, c) => rows.filter((i) => labels[i] === c).length / rows.length);
  return { name, rows: rows.length, byCategory };
}

function bySite(visits: readonly RawVisit[], numbers: readonly Variable[]): Exploration['bySite'] {
  const groups = [...Map.groupBy(visits.keys(), (i) => visits[i]?.site ?? '').values()];
  const counted = groups.filter((rows) => rows.length >= LEAST_SITE);
  const spread = (name: string, of: (rows: readonly number[]) => number): SiteSpread => {
    const values = counted
      .map(of)
      .filter((value) => !Number.isNaN(value))
      .sort((a, b) => a - b);
    return {
      name,
      values: [0, 0.25, 0.5, 0.75, 1].map((q) => values[Math.round(q * (values.length - 1))] ?? Number.NaN),
    };
  };
  const shares = CATEGORIES.map((category, c) =>
    spread(`share ${category}`, (rows) => average(rows.map((i) => (visits[i]?.label === c ? 1 : 0)))),
  );
  const vitals = numbers.map(({ name, column }) => spread(`mean ${name}`, (rows) => meanKnown(column, rows)));
  const gaps = numbers
    .slice(1, 8)
    .map(({ name, column }) =>
      spread(`missing ${name}`, (rows) => average(rows.map((i) => (Number.isNaN(column[i]) ? 1 : 0)))),
    );
  return { sites: groups.length, counted: counted.length, spreads: [...shares, ...vitals, ...gaps] };
}

function byYear(visits: readonly RawVisit[], numbers: readonly Variable[]): Exploration['byYear'] {
  const groups = [...Map.groupBy(visits.keys(), (i) => visits[i]?.year ?? '')];
  return groups
    .filter(([, rows]) => rows.length >= LEAST_SHOWN)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([year, rows]) => ({
      year,
      rows: rows.length,
      shares: CATEGORIES.map((_, c) => average(rows.map((i) => (visits[i]?.label === c ? 1 : 0)))),
      means: numbers.map(({ column }) => meanKnown(column, rows)),
    }));
}

function meanKnown(column: Column, rows: readonly number[]): number {
  const known = rows.map((i) => column[i] ?? Number.NaN).filter((value) => !Number.isNaN(value));
  return known.length < LEAST_SHOWN ? Number.NaN : average(known);
}
