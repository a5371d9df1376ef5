import { z } from 'zod';
import type { Delivery } from '#domain/records/delivery.ts';
import type { TriageRecord } from '#domain/records/record.ts';
import type { WorklistFilter } from '#workflows/ports.ts';

const stateSchema = z.enum(['queued', 'delivered', 'quarantined']);

/**
 * A patient's line in the index of the worklist, key `id` of the triage. It only decides which records a page shows and
 * in what order; what is shown is read from the records themselves.
 */
const worklistRowSchema = z.object({
  id: z.string(),
  /** Sequence of the triage in the outbox; 0 when its entry is lost. */
  seq: z.int().min(0),
  /** When the triage was saved, milliseconds since 1970. */
  at: z.number(),
  code: z.string(),
  state: stateSchema,
  /** The validation saved last. */
  validation: z.object({ id: z.string(), state: stateSchema }).optional(),
});
export type WorklistFields = z.infer<typeof worklistRowSchema>;

/** The list `all` has every row; those `pending` in it are what is still to be validated. */
type WorklistList = Exclude<WorklistFilter, 'pending'>;
/** Where rows stand in the lists: `validated` are kept newest first, `pending` oldest first. */
export type ListKey = [WorklistList, 'pending' | 'validated', number, number];

export interface WorklistRow extends WorklistFields {
  /** One key for each list the row stands in; the index over them holds every list in its order. */
  readonly lists: readonly ListKey[];
}

/** The fields of a stored row, or `undefined` when they no longer parse. */
export function readWorklistRow(row: unknown): WorklistFields | undefined {
  return worklistRowSchema.safeParse(row).data;
}

export function makeWorklistRow({ id, seq, at, code, state, validation }: WorklistFields): WorklistRow {
  const fields = { id, seq, at, code, state, ...(validation && { validation }) };
  return { ...fields, lists: listKeys(fields) };
}

interface Latest {
  readonly id: string;
  readonly state: Delivery['state'];
}

/** The row that a triage and the latest of its validations should have. */
export function rowOfTriage(record: TriageRecord, seq: number, state: Delivery['state'], latest?: Latest): WorklistRow {
  const { patientCode } = record.body.inputs;
  const validation = latest && { validation: { id: latest.id, state: latest.state } };
  return makeWorklistRow({
    id: record.id,
    seq,
    at: Date.parse(record.createdAt),
    code: patientCode,
    state,
    ...validation,
  });
}

/** The code in lower case and every tail of it: a part of a code is the start of one of its tails. */
export interface CodeRow {
  readonly id: string;
  readonly tails: readonly string[];
}

export function codeRowOf({ id, code }: Pick<WorklistFields, 'id' | 'code'>): CodeRow {
  const text = foldCode(code);
  return { id, tails: Array.from({ length: text.length }, (_, start) => text.slice(start)) };
}

/** True when the stored row is exactly the expected one, its index keys too. */
export function isSameRow(stored: unknown, expected: WorklistRow | CodeRow): boolean {
  return JSON.stringify(stored) === JSON.stringify(expected);
}

/** Whether a row belongs under a filter of the worklist. */
export function passesFilter({ state, validation }: WorklistFields, filter: WorklistFilter): boolean {
  if (filter === 'all') return true;
  if (filter === 'pending') return validation === undefined;
  const wanted = filter === 'queued' ? 'queued' : 'quarantined';
  return state === wanted || validation?.state === wanted;
}

/** Upper and lower case are the same, whatever the language of the tablet. */
export function foldCode(code: string): string {
  return code.toLowerCase();
}

const LISTS = ['all', 'queued', 'attention'] as const satisfies readonly WorklistList[];

function listKeys(row: WorklistFields): readonly ListKey[] {
  return LISTS.filter((list) => passesFilter(row, list)).map((list) =>
    row.validation ? [list, 'validated', -row.at, -row.seq] : [list, 'pending', row.at, row.seq],
  );
}
