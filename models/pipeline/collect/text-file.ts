import { CONDITION_COLUMNS, BadCellError, OLDEST_YEARS, readNumber, type Row } from '../lib/visit-row.ts';
import { readTable } from '../lib/table.ts';
import { VITAL_IDS, type VitalId } from '#domain/form/vitals.ts';
import { impossibleValue, type LabelledVisit } from './labelled-visit.ts';
import { type CollectReport, refuse, warn } from './ledger.ts';
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
 */
export async function collectText(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  report: CollectReport,
  keep: (visit: LabelledVisit) => boolean,
): Promise<void> {
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
      refuseLine(line, detail === 'bad characters' ? 'bad-characters' : 'malformed-line', detail);
    },
    row: (row, line) => {
      report.visits.read += 1;
      try {
        const visit = readVisit(byColumn(row), name, (detail) =>
          warn(report, { source: name, where: `line ${line}`, reason: 'unknown-symptom', detail }),
        );
        if (keep(visit)) report.visits.kept += 1;
        else refuseLine(line, 'duplicate', visit.visitId);
      } catch (error) {
        if (error instanceof LineRefusal) refuseLine(line, error.reason, error.message);
        else if (error instanceof BadCellError) refuseLine(line, 'malformed-value', error.message);
        else throw error;
      }
    },
  });
}

function byColumn(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([header, cell]) => [columnOf(header), cell]));
}

function readVisit(row: Row, name: string, unknownSymptom: (detail: string) => void): LabelledVisit {
  const visitId = row['visit_id']?.trim();
  if (!visitId) throw new LineRefusal('malformed-value', 'visit_id: empty');
  const label = readCategory(row);
  const age = readNumber(row, 'age_years');
  if (age !== undefined && (age < 0 || age > OLDEST_YEARS))
    throw new LineRefusal('impossible-value', `age_years: ${age} outside 0–${OLDEST_YEARS}`);
  const ageYears = age === undefined ? undefined : Math.floor(age);
  const vitals = readVitals(row);
  const impossible = impossibleValue(vitals, ageYears === undefined ? undefined : { value: ageYears, unit: 'a' });
  if (impossible !== undefined) throw new LineRefusal('impossible-value', impossible);
  const glasgow = readNumber(row, 'gcs_3_15');
  if (glasgow !== undefined && (glasgow < 3 || glasgow > 15))
    throw new LineRefusal('impossible-value', `gcs_3_15: ${glasgow} outside 3–15`);
  const sex = readSex(row);
  return {
    visitId,
    source: 'historical',
    ...(row['year'] && { year: row['year'].trim() }),
    site: row['site']?.trim() || name,
    ...(ageYears !== undefined && { ageYears }),
    ...(sex && { sex }),
    vitals,
    flags: readFlags(row),
    ...(glasgow !== undefined && { glasgow }),
    symptoms: readSymptomNames(row, unknownSymptom),
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
