import { CATEGORIES } from '#domain/categories.ts';
import { openBytes, readTable, type TableHandlers } from '../lib/table.ts';
import { BadCellError, LABELS, readInputs, readLabel, readSurveyCodes, type Row } from '../lib/visit-row.ts';
import type { Visit } from '../lib/visits.ts';

export interface Refusal {
  readonly line: number;
  readonly reason: string;
}

export interface LoadedVisits {
  readonly visits: readonly Visit[];
  readonly read: number;
  /** Rows without a label: dead on arrival, left before being seen, no codable diagnosis. */
  readonly unlabelled: number;
  readonly refused: readonly Refusal[];
}

const NEEDED_COLUMNS = ['visit_id', 'site', 'label'] as const;

/** A table that cannot be read as one of labelled visits; the message names the file. */
class BadTableError extends Error {
  override readonly name = 'BadTableError';
  /** Like the errors of the file system: something to put right, not a fault of the program. */
  readonly code = 'BAD_TABLE';
}

/**
 * Reads one table of labelled visits. Lines that cannot be used are listed, never silently dropped.
 * @throws BadTableError when it is cut short or a needed column is missing
 */
export async function loadVisits(path: string): Promise<LoadedVisits> {
  const visits: Visit[] = [];
  const refused: Refusal[] = [];
  let read = 0;
  let unlabelled = 0;
  const handlers: TableHandlers = {
    header: (names) => {
      const missing = NEEDED_COLUMNS.filter((name) => !names.includes(name));
      if (missing.length > 0) throw new Error(`the header has no column ${missing.join(', ')}`);
    },
    row: (row, line) => {
      read += 1;
      try {
        const visit = toVisit(row);
        if (visit) visits.push(visit);
        else unlabelled += 1;
      } catch (error) {
        if (!(error instanceof BadCellError)) throw error;
        refused.push({ line, reason: error.message });
      }
    },
    bad: (line, reason) => {
      read += 1;
      refused.push({ line, reason });
    },
  };
  try {
    await readTable(await openBytes(path), handlers);
  } catch (error) {
    throw new BadTableError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { visits, read, unlabelled, refused };
}

function toVisit(row: Row): Visit | undefined {
  const id = row['visit_id']?.trim();
  const site = row['site']?.trim();
  if (!id) throw new BadCellError('visit_id', 'empty');
  if (!site) throw new BadCellError('site', 'empty');
  const text = row['label']?.trim();
  if (!text) return undefined;
  const label = readLabel(text);
  if (!label) throw new BadCellError('label', `"${text.slice(0, 40)}" is no category`);
  const surveyCodes = readSurveyCodes(row);
  const told = surveyCodes.length > 0 ? { surveyCodes } : {};
  return { id, site, inputs: readInputs(row), ...told, label, auxiliary: auxiliaryOf(row) };
}

/** Outcomes that help the hidden layers while training: rated immediate or emergent, admitted, intensive care. */
function auxiliaryOf(row: Row): readonly (0 | 1 | null)[] {
  const level = Number(row['triage_level'] || Number.NaN);
  const urgent = Number.isNaN(level) ? null : level <= 2 ? 1 : 0;
  return [urgent, truth(row['admitted']), truth(row['icu'])];
}

function truth(text: string | undefined): 0 | 1 | null {
  return text === '1' ? 1 : text === '0' ? 0 : null;
}

/** Sites that occur in more than one part: a split by hospital must have none. */
export function sharedSites(parts: readonly (readonly Visit[])[]): readonly string[] {
  const sets = parts.map((visits) => new Set(visits.map(({ site }) => site)));
  const all = sets.flatMap((sites) => [...sites]);
  return [...new Set(all.filter((site, i) => all.indexOf(site) !== i))];
}

/** Why a part cannot be trained on or judged by: a category nobody has. `undefined` when nothing is wrong. */
export function unusable(part: readonly Visit[]): string | undefined {
  const missing = CATEGORIES.filter((category) => !part.some(({ label }) => label === category));
  if (missing.length === 0) return undefined;
  return `no visit is labelled ${missing.map((category) => LABELS[category]).join(', ')}`;
}

/** How many hospitals a part has: of one, nothing can be learned about how hospitals differ. */
export function countSites(part: readonly Visit[]): number {
  return new Set(part.map(({ site }) => site)).size;
}
