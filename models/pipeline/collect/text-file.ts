import { CONDITION_COLUMNS, BadCellError, OLDEST_YEARS, readNumber, type Row } from '../lib/visit-row.ts';
import { readTable } from '../lib/table.ts';
import { parseTypedNumber } from '#domain/form/numbers.ts';
import { VITAL_IDS, type VitalId } from '#domain/form/vitals.ts';
import { impossibleValue, type LabelledVisit } from './labelled-visit.ts';
import { type Correction, correctVitals, isFahrenheitColumn } from './corrections.ts';
import { type CollectReport, correct, type Keeping, refuse, warn } from './ledger.ts';
import { readDay } from './visit-date.ts';
import { categoryNamed, columnOf, symptomNamed } from './vocabulary.ts';

const FLAG_COLUMNS = ['on_oxygen', 'ambulance', 'nursing_home', ...CONDITION_COLUMNS.map(([column]) => column)];
const TRUE_WORDS = ['1', 'si', 'sí', 'yes'];
const FALSE_WORDS = ['0', 'no'];

/** Why a line was refused. */
class LineRefusal extends Error {
  readonly reason: string;

  constructor(reason: string, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/**
 * Reads historical visits from delimited text (format: `models/data/README.md`).
 * @param name how the source is called in the report, and the site of lines that name none
 * @param latestDay YYYY-MM-DD; visits after it are refused
 */
export async function collectText(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  report: CollectReport,
  keep: (visit: LabelledVisit) => Keeping,
  latestDay: string,
): Promise<void> {
  const column = new TemperatureColumn();
  const refuseLine = (line: number, reason: string, detail: string): void => {
    refuse(report, 'visits', { source: name, where: `line ${line}`, reason, detail });
  };
  await readTable(bytes, {
    header: (names) => {
      const columns = names.map(columnOf);
      for (const needed of ['visit_id', 'label'])
        if (!columns.includes(needed)) throw new Error(`${name}: the header has no column ${needed}`);
    },
    bad: (line, detail) => {
      report.visits.read += 1;
      column.then(() => refuseLine(line, detail === 'bad characters' ? 'bad-characters' : 'malformed-line', detail));
    },
    row: (row, line) => {
      report.visits.read += 1;
      const named = byColumn(row);
      column.see(named['temp_c']);
      column.then((isFahrenheit) => {
        const problem = (reason: string, detail: string) => ({ source: name, where: `line ${line}`, reason, detail });
        try {
          const visit = readVisit(named, name, isFahrenheit, latestDay, {
            unknownSymptom: (detail) => warn(report, problem('unknown-symptom', detail)),
            corrected: ({ reason, detail }) => correct(report, problem(reason, detail)),
          });
          const keeping = keep(visit);
          if (keeping === 'kept') report.visits.kept += 1;
          else refuseLine(line, keeping, visit.visitId);
        } catch (error) {
          if (error instanceof LineRefusal) refuseLine(line, error.reason, error.message);
          else if (error instanceof BadCellError) refuseLine(line, 'malformed-value', error.message);
          else throw error;
        }
      });
    },
  });
  column.settle();
}

/** Holds lines back until enough temperatures have been seen to know the unit of their column. */
class TemperatureColumn {
  static readonly enough = 1000;
  readonly #seen: number[] = [];
  #waiting: ((isFahrenheit: boolean) => void)[] = [];
  #isFahrenheit: boolean | undefined;

  see(cell: string | undefined): void {
    if (this.#isFahrenheit !== undefined || cell === undefined) return;
    const value = parseTypedNumber(cell.trim());
    if (value !== undefined) this.#seen.push(value);
  }

  then(task: (isFahrenheit: boolean) => void): void {
    if (this.#isFahrenheit !== undefined) return task(this.#isFahrenheit);
    this.#waiting.push(task);
    if (this.#waiting.length >= TemperatureColumn.enough) this.settle();
  }

  settle(): void {
    this.#isFahrenheit ??= isFahrenheitColumn(this.#seen);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const task of waiting) task(this.#isFahrenheit);
  }
}

interface Notes {
  readonly unknownSymptom: (detail: string) => void;
  readonly corrected: (correction: Correction) => void;
}

function byColumn(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([header, cell]) => [columnOf(header), cell]));
}

function readVisit(row: Row, name: string, isFahrenheit: boolean, latestDay: string, notes: Notes): LabelledVisit {
  const visitId = row['visit_id']?.trim();
  if (!visitId) throw new LineRefusal('malformed-value', 'visit_id: empty');
  const label = readCategory(row);
  const date = readDate(row, latestDay);
  const age = readNumber(row, 'age_years');
  if (age !== undefined && (age < 0 || age > OLDEST_YEARS))
    throw new LineRefusal('impossible-value', `age_years: ${age} outside 0–${OLDEST_YEARS}`);
  const ageYears = age === undefined ? undefined : Math.floor(age);
  const { vitals, corrections } = correctVitals(readVitals(row), isFahrenheit);
  const impossible = impossibleValue(vitals, ageYears === undefined ? undefined : { value: ageYears, unit: 'a' });
  if (impossible !== undefined) throw new LineRefusal('impossible-value', impossible);
  const glasgow = readNumber(row, 'gcs_3_15');
  if (glasgow !== undefined && (glasgow < 3 || glasgow > 15))
    throw new LineRefusal('impossible-value', `gcs_3_15: ${glasgow} outside 3–15`);
  const sex = readSex(row);
  const flags = readFlags(row);
  // Only now: what is refused after all was not put right either.
  for (const correction of corrections) notes.corrected(correction);
  return {
    visitId,
    source: 'historical',
    ...(row['year'] && { year: row['year'].trim() }),
    ...(date !== undefined && { date }),
    site: row['site']?.trim() || name,
    ...(ageYears !== undefined && { ageYears }),
    ...(sex && { sex }),
    vitals,
    flags,
    ...(glasgow !== undefined && { glasgow }),
    symptoms: readSymptomNames(row, notes.unknownSymptom),
    label,
  };
}

function readCategory(row: Row): LabelledVisit['label'] {
  const text = row['label']?.trim() ?? '';
  if (text === '') throw new LineRefusal('unvalidated', 'label: empty');
  const category = categoryNamed(text);
  if (category === undefined) throw new LineRefusal('unrecognised-category', `label: "${text.slice(0, 40)}"`);
  if (category === 'unknown') throw new LineRefusal('unknown-category', 'the true category could not be found out');
  return category;
}

/** The day of the visit where it is told. A year alone is checked too. */
function readDate(row: Row, latestDay: string): string | undefined {
  const year = row['year']?.trim() ?? '';
  if (year > latestDay.slice(0, 4)) throw new LineRefusal('future-date', `year: ${year}`);
  const text = row['visit_date']?.trim() ?? '';
  if (text === '') return undefined;
  const day = readDay(text);
  if (day === undefined) throw new BadCellError('visit_date', `"${text.slice(0, 20)}" is no day`);
  if (day > latestDay) throw new LineRefusal('future-date', `visit_date: ${day} is after ${latestDay}`);
  return day;
}

function readVitals(row: Row): Partial<Record<VitalId, number>> {
  const vitals: Partial<Record<VitalId, number>> = {};
  for (const id of VITAL_IDS) {
    const value = readNumber(row, id);
    if (value !== undefined) vitals[id] = value;
  }
  return vitals;
}

function readSex(row: Row): 'F' | 'M' | undefined {
  const text = row['sex']?.trim().toUpperCase() ?? '';
  if (text === '') return undefined;
  if (['F', 'MUJER', 'FEMENINO'].includes(text)) return 'F';
  if (['M', 'HOMBRE', 'MASCULINO', 'H'].includes(text)) return 'M';
  throw new BadCellError('sex', `"${text.slice(0, 20)}" is neither F nor M`);
}

function readFlags(row: Row): Readonly<Record<string, boolean>> {
  const flags: Record<string, boolean> = {};
  for (const column of FLAG_COLUMNS) {
    const text = row[column]?.trim().toLowerCase() ?? '';
    if (TRUE_WORDS.includes(text)) flags[column] = true;
    else if (FALSE_WORDS.includes(text)) flags[column] = false;
    else if (text !== '') throw new BadCellError(column, `"${text.slice(0, 20)}" is neither yes nor no`);
  }
  return flags;
}

function readSymptomNames(row: Row, unknown: (detail: string) => void): readonly string[] {
  const slugs: string[] = [];
  for (const part of splitSymptoms(row['symptoms'] ?? '')) {
    const slug = symptomNamed(part);
    if (slug === undefined) unknown(`symptoms: "${part.slice(0, 40)}"`);
    else if (!slugs.includes(slug)) slugs.push(slug);
  }
  return slugs;
}

/** A whole cell may be one label with a comma or a slash in it, so separators are tried from the safest on. */
function splitSymptoms(cell: string): readonly string[] {
  const parts = cell
    .split(/[;|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.flatMap((part) => (symptomNamed(part) === undefined && part.includes(',') ? part.split(',') : [part]));
}
