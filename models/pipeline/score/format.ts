import { CATEGORIES } from '#domain/categories.ts';
import { csvLine, readRow } from '../lib/table.ts';
import type { Row } from '../lib/visit-row.ts';

/** Delimited text with a header line, or one JSON object per line with the same names. */
export type TableFormat = 'csv' | 'ndjson';

/** How the lines of an input are to be read. */
export type InputFormat =
  | { readonly kind: 'csv'; readonly names: readonly string[]; readonly delimiter: string }
  | { readonly kind: 'ndjson' };

export interface Score {
  readonly id: string;
  readonly probabilities: ArrayLike<number>;
  readonly category: string;
  readonly abstained: boolean;
  readonly set: readonly string[];
}

/** By the end of the name, `.gz` aside. */
export function formatOf(path: string): TableFormat {
  return /\.(ndjson|jsonl)(\.gz)?$/i.test(path) ? 'ndjson' : 'csv';
}

const PROBABILITY_COLUMNS = CATEGORIES.map((category) => `p_${category}`);
const HEADER = csvLine(['visit_id', ...PROBABILITY_COLUMNS, 'category', 'abstained', 'set']);

/** What comes before the first score. */
export function headerOf(format: TableFormat): string {
  return format === 'csv' ? HEADER : '';
}

/** One score as a line, probabilities to six decimals. */
export function scoreLine(score: Score, format: TableFormat): string {
  const probabilities = Array.from(score.probabilities, (p) => p.toFixed(6));
  if (format === 'csv')
    return csvLine([score.id, ...probabilities, score.category, score.abstained, score.set.join(';')]);
  const named = PROBABILITY_COLUMNS.map((name, i) => [name, Number(probabilities[i])]);
  const { id: visit_id, category, abstained, set } = score;
  return `${JSON.stringify({ visit_id, ...Object.fromEntries(named), category, abstained, set })}\n`;
}

/** A line as a row, or why it is none. */
export function rowOf(line: string, format: InputFormat): Row | string {
  return format.kind === 'csv' ? readRow(line, format.names, format.delimiter) : jsonRow(line);
}

function jsonRow(line: string): Row | string {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    return error instanceof Error ? error.message : 'no JSON';
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return 'not a JSON object';
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, cellOf(value)]));
}

/** As a table would write it: lists joined by semicolons, truths as 1 and 0. */
function cellOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (Array.isArray(value)) return value.map(String).join(';');
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
