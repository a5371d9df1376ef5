import { CATEGORIES } from '#domain/categories.ts';
import type { ModelInputs } from '#domain/features/model-inputs.ts';
import { openBytes, readTable } from './table.ts';
import { BadCellError, readInputs, readLabel, readSymptoms, type Row } from './visit-row.ts';

/** A labelled visit with what analysis asks beyond the network's inputs. */
export interface RawVisit {
  readonly site: string;
  readonly year: string;
  /** Index in CATEGORIES. */
  readonly label: number;
  readonly inputs: ModelInputs;
  /** Slugs of the `symptoms` column, in the patient's order. */
  readonly symptoms: readonly string[];
}

export interface RawVisits {
  readonly visits: readonly RawVisit[];
  readonly unlabelled: number;
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
}

/** Reads one table of labelled visits for analysis; lines that cannot be used are counted and listed. */
export async function loadRawVisits(path: string): Promise<RawVisits> {
  const visits: RawVisit[] = [];
  const refused: { line: number; reason: string }[] = [];
  let unlabelled = 0;
  await readTable(await openBytes(path), {
    row: (row, line) => {
      try {
        const visit = toRawVisit(row);
        if (visit) visits.push(visit);
        else unlabelled += 1;
      } catch (error) {
        if (!(error instanceof BadCellError)) throw error;
        refused.push({ line, reason: error.message });
      }
    },
    bad: (line, reason) => refused.push({ line, reason }),
  });
  return { visits, unlabelled, refused };
}

function toRawVisit(row: Row): RawVisit | undefined {
  const site = row['site']?.trim();
  if (!site) throw new BadCellError('site', 'empty');
  const text = row['label']?.trim();
  if (!text) return undefined;
  const category = readLabel(text);
  if (!category) throw new BadCellError('label', `"${text.slice(0, 40)}" is no category`);
  const year = row['year']?.trim() || 'unknown';
  return { site, year, label: CATEGORIES.indexOf(category), inputs: readInputs(row), symptoms: readSymptoms(row) };
}
