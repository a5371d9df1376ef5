import { CATEGORIES, type Category } from '#domain/categories.ts';
import type { KnownConditions, ModelInputs } from '#domain/features/model-inputs.ts';
import { parseTypedNumber } from '#domain/form/numbers.ts';
import { VITAL_LIMITS } from '#domain/form/vital-limits.ts';
import { REASON_CODE_GROUPS } from '#domain/symptoms/reason-codes.ts';
import { VITAL_IDS, type VitalId } from '#domain/form/vitals.ts';
import { recode } from './reason-recode.ts';

/** A table row by column name, as text. Absent columns and empty cells are "not given". */
export type Row = Readonly<Record<string, string | undefined>>;

/** Class names of the training tables. */
export const LABELS: Readonly<Record<Category, string>> = {
  no_enfermo: 'NO ENFERMO',
  leve: 'ENFERMEDAD LEVE',
  aguda: 'ENFERMEDAD AGUDA',
  cronica: 'ENFERMEDAD CRÓNICA',
  terminal: 'ENFERMEDAD TERMINAL',
};

/** Columns of known conditions and the names the encoder gives them. */
export const CONDITION_COLUMNS: readonly (readonly [string, keyof KnownConditions])[] = [
  ['hx_cebvd', 'stroke'],
  ['hx_chf', 'heartFailure'],
  ['hx_dial', 'dialysis'],
  ['hx_hiv', 'hiv'],
  ['hx_diabetes', 'diabetes'],
];

/** Columns of reason-for-visit codes, the most important first. */
const CODE_COLUMNS = ['rfv1', 'rfv2', 'rfv3'] as const;

/** As in the form. */
export const OLDEST_YEARS = 120;

/** A cell that cannot be read. */
export class BadCellError extends Error {
  override readonly name = 'BadCellError';
  readonly column: string;

  constructor(column: string, reason: string) {
    super(`${column}: ${reason}`);
    this.column = column;
  }
}

/**
 * What a row tells the network. A value outside the range the training data kept counts as not given; pressures with the
 * systolic not above the diastolic are both dropped, as in the training data.
 * @throws BadCellError when a cell is neither empty nor of its type
 */
export function readInputs(row: Row): ModelInputs {
  const age = readNumber(row, 'age_years');
  const sex = readSex(row);
  const glasgow = readNumber(row, 'gcs_3_15');
  const onOxygen = readFlag(row, 'on_oxygen');
  const arrivedByAmbulance = readFlag(row, 'ambulance');
  const nursingHome = readFlag(row, 'nursing_home');
  const conditions: Partial<Record<keyof KnownConditions, boolean>> = {};
  for (const [column, name] of CONDITION_COLUMNS) {
    const told = readFlag(row, column);
    if (told !== undefined) conditions[name] = told;
  }
  const reasonCodes = [
    ...new Set(
      readSurveyCodes(row)
        .map(recode)
        .filter((code) => code !== undefined),
    ),
  ];
  const symptoms = groupsOf(readSymptoms(row), reasonCodes);
  return {
    ...(age !== undefined && age >= 0 && age <= OLDEST_YEARS && { ageYears: Math.floor(age) }),
    ...(sex && { sex }),
    vitals: readVitals(row),
    ...(onOxygen !== undefined && { onOxygen }),
    ...(glasgow !== undefined && glasgow >= 3 && glasgow <= 15 && { glasgow }),
    ...(arrivedByAmbulance !== undefined && { arrivedByAmbulance }),
    ...(nursingHome !== undefined && { nursingHome }),
    ...(Object.keys(conditions).length > 0 && { conditions }),
    ...(symptoms.length > 0 && { symptoms }),
    ...(reasonCodes.length > 0 && { reasonCodes }),
  };
}

/** The category named by a cell of the `label` column. */
export function readLabel(text: string | undefined): Category | undefined {
  return CATEGORIES.find((category) => LABELS[category] === text?.trim());
}

/**
 * A number with decimal point or comma; `undefined` when the cell is empty.
 * @throws BadCellError
 */
export function readNumber(row: Row, column: string): number | undefined {
  const text = row[column]?.trim();
  if (text === undefined || text === '') return undefined;
  const value = parseTypedNumber(text);
  if (value === undefined) throw new BadCellError(column, `"${text.slice(0, 20)}" is not a number`);
  return value;
}

function readVitals(row: Row): Partial<Record<VitalId, number>> {
  const vitals: Partial<Record<VitalId, number>> = {};
  for (const id of VITAL_IDS) {
    const value = readNumber(row, id);
    const [low, high] = VITAL_LIMITS[id].modelRange;
    if (value !== undefined && value >= low && value <= high) vitals[id] = value;
  }
  const { sbp_mmhg: sbp, dbp_mmhg: dbp } = vitals;
  if (sbp !== undefined && dbp !== undefined && sbp <= dbp) {
    delete vitals.sbp_mmhg;
    delete vitals.dbp_mmhg;
  }
  return vitals;
}

function readFlag(row: Row, column: string): boolean | undefined {
  const text = row[column]?.trim();
  if (text === undefined || text === '') return undefined;
  if (text === '1' || text === '0') return text === '1';
  throw new BadCellError(column, `"${text.slice(0, 20)}" is neither 1 nor 0`);
}

function readSex(row: Row): 'F' | 'M' | undefined {
  const text = row['sex']?.trim().toUpperCase();
  if (text === undefined || text === '') return undefined;
  if (text === 'F' || text === 'M') return text;
  throw new BadCellError('sex', `"${text.slice(0, 20)}" is neither F nor M`);
}

/** Symptom slugs in the patient's order; which of them the network knows is the encoder's business. */
export function readSymptoms(row: Row): readonly string[] {
  return (row['symptoms'] ?? '')
    .split(';')
    .map((slug) => slug.trim())
    .filter((slug) => slug !== '');
}

/** Reason-for-visit codes as they stand in `rfv1..3`, in order; cells that are no code are passed over. */
export function readSurveyCodes(row: Row): readonly string[] {
  return CODE_COLUMNS.map((column) => row[column]?.trim() ?? '').filter((code) => code !== '');
}

/** A row with codes alone tells its groups through them: the network saw every code together with its group. */
function groupsOf(symptoms: readonly string[], reasonCodes: readonly string[]): readonly string[] {
  if (symptoms.length > 0) return symptoms;
  return [...new Set(reasonCodes.map((code) => REASON_CODE_GROUPS.get(code)).filter((slug) => slug !== undefined))];
}
