import { z } from 'zod';
import { CATEGORIES } from '#domain/categories.ts';
import { LABELS } from '../lib/visit-row.ts';
import type { Row } from '../lib/visit-row.ts';

const NUMBER_COLUMNS = [
  ...['age_years', 'hr_bpm', 'temp_c', 'sbp_mmhg', 'dbp_mmhg', 'rr_bpm', 'spo2_pct', 'pain_0_10', 'gcs_3_15'],
] as const;
const LABEL_NAMES = CATEGORIES.map((category) => LABELS[category]);

const interval = z.tuple([z.number(), z.number()]);
const columnSchema = z.strictObject({
  /** Share of the visits. */
  missing: z.number(),
  mean: z.number().nullable(),
  deviation: z.number().nullable(),
  least: z.number().nullable(),
  most: z.number().nullable(),
});
/** `<out>.dataset.json`: what a version of the collected visits is, and what the next is expected to be. */
export const datasetSchema = z.strictObject({
  /** sha256 of the table. */
  version: z.string().regex(/^[0-9a-f]{64}$/),
  rows: z.int(),
  columns: z.record(z.string(), columnSchema),
  /** Share of each category. */
  categories: z.record(z.string(), z.number()),
  sites: z.int(),
  largestSite: z.number(),
  expectations: z.record(z.string(), interval),
  /** The version this one was held against, and what was not as expected. */
  previous: z.string().nullable(),
  surprises: z.array(z.strictObject({ figure: z.string(), expected: interval, found: z.number() })),
});
export type Dataset = z.infer<typeof datasetSchema>;

interface Column {
  known: number;
  mean: number;
  squares: number;
  least: number;
  most: number;
}

/** Collects figures row by row (Welford), so that memory does not grow with the rows. */
export class Statistics {
  #rows = 0;
  readonly #columns = new Map(
    NUMBER_COLUMNS.map((name): [string, Column] => [
      name,
      { known: 0, mean: 0, squares: 0, least: Infinity, most: -Infinity },
    ]),
  );
  readonly #labels = new Map<string, number>();
  readonly #sites = new Map<string, number>();

  add(row: Row): void {
    this.#rows += 1;
    for (const [name, column] of this.#columns) {
      const cell = row[name];
      if (cell !== undefined && cell !== '') include(column, Number(cell));
    }
    count(this.#labels, row['label'] ?? '');
    count(this.#sites, row['site'] ?? '');
  }

  /** @param version sha256 of the table @param previous what its predecessor expects of it */
  finish(version: string, previous: Dataset | undefined): Dataset {
    const rows = this.#rows;
    const columns = Object.fromEntries([...this.#columns].map(([name, column]) => [name, figuresOf(column, rows)]));
    const share = (n: number | undefined): number => (rows > 0 ? round((n ?? 0) / rows) : 0);
    const categories = Object.fromEntries(LABEL_NAMES.map((label) => [label, share(this.#labels.get(label))]));
    const figures = { columns, categories };
    return {
      version,
      rows,
      ...figures,
      sites: this.#sites.size,
      largestSite: share(Math.max(0, ...this.#sites.values())),
      expectations: expectationsOf(figures),
      previous: previous?.version ?? null,
      surprises: surprisesOf(figures, previous?.expectations ?? {}),
    };
  }
}

function include(column: Column, value: number): void {
  column.known += 1;
  const difference = value - column.mean;
  column.mean += difference / column.known;
  column.squares += difference * (value - column.mean);
  column.least = Math.min(column.least, value);
  column.most = Math.max(column.most, value);
}

function figuresOf({ known, mean, squares, least, most }: Column, rows: number): Dataset['columns'][string] {
  const missing = rows > 0 ? round(1 - known / rows) : 1;
  if (known === 0) return { missing, mean: null, deviation: null, least: null, most: null };
  return { missing, mean: round(mean), deviation: round(Math.sqrt(squares / known)), least, most };
}

type Figures = Pick<Dataset, 'columns' | 'categories'>;

/** A tenth more or less missing, half a deviation in the mean, a tenth in the share of a category: ask why. */
function expectationsOf({ columns, categories }: Figures): Dataset['expectations'] {
  const expected: Record<string, [number, number]> = {};
  for (const [name, { missing, mean, deviation }] of Object.entries(columns)) {
    expected[`${name} missing`] = [round(Math.max(0, missing - 0.1)), round(Math.min(1, missing + 0.1))];
    if (mean === null || deviation === null) continue;
    const room = Math.max(deviation / 2, 0.05);
    expected[`${name} mean`] = [round(mean - room), round(mean + room)];
  }
  for (const [label, share] of Object.entries(categories))
    expected[`share of ${label}`] = [round(Math.max(0, share - 0.1)), round(Math.min(1, share + 0.1))];
  return expected;
}

function surprisesOf({ columns, categories }: Figures, expected: Dataset['expectations']): Dataset['surprises'] {
  const found = new Map<string, number>();
  for (const [name, { missing, mean }] of Object.entries(columns)) {
    found.set(`${name} missing`, missing);
    if (mean !== null) found.set(`${name} mean`, mean);
  }
  for (const [label, share] of Object.entries(categories)) found.set(`share of ${label}`, share);
  return [...found].flatMap(([figure, value]) => {
    const range = expected[figure];
    return range && (value < range[0] || value > range[1]) ? [{ figure, expected: range, found: value }] : [];
  });
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function round(x: number): number {
  return Math.round(x * 1e6) / 1e6;
}
