import type { IDBPObjectStore, StoreNames } from 'idb';
import type { Delivery } from '#domain/records/delivery.ts';
import type { VigiaRecord } from '#domain/records/record.ts';
import type { StoreName, VigiaDatabase } from './database.ts';
import { FRESH_DELIVERY, idOfRow, readOutboxRow, readRecordRow } from './rows.ts';
import type { WriteTransaction } from './strict-transaction.ts';
import { addTallies, changeTally, type TallyChange, tallyOfChange } from './tally.ts';
import {
  type CodeRow,
  codeRowOf,
  makeWorklistRow,
  readWorklistRow,
  rowOfTriage,
  type WorklistFields,
  type WorklistRow,
} from './worklist-row.ts';

/**
 * Keeps the index of the worklist in step with the records.
 *
 * What always holds:
 * 1. A change of a record's state and of its line in the index are one transaction.
 * 2. The index is made of the records alone: `reindex` makes a line again, whatever is there.
 * 3. A record found damaged leaves the index and is listed among the damaged ones; its patient's line falls back on
 *    what can still be read.
 */

type Schema = VigiaDatabase extends import('idb').IDBPDatabase<infer S> ? S : never;
type WorklistStore = IDBPObjectStore<Schema, ArrayLike<StoreNames<Schema>>, 'worklist', 'readwrite'>;

/** The stores of the lines, as any transaction that writes them gives them. */
interface LineStores {
  objectStore(name: 'worklist'): WorklistStore;
  objectStore(name: 'codes'): { put(row: CodeRow): Promise<unknown> };
}

/** Writes the line of a record just saved, queued: a triage's own, or its triage's with the new validation. */
export async function indexNewRecord(tx: LineStores, record: VigiaRecord, seq: number): Promise<TallyChange> {
  if (record.kind === 'triage') {
    const line = rowOfTriage(record, seq, 'queued');
    await Promise.all([tx.objectStore('worklist').put(line), tx.objectStore('codes').put(codeRowOf(line))]);
    return addTallies({ saved: 1 }, tallyOfChange(undefined, line));
  }
  const before = readWorklistRow(await tx.objectStore('worklist').get(record.body.triageId));
  // Without a line the triage is damaged or unknown, or the index is, and then the line is made again from the records.
  if (!before) return { saved: 1 };
  const line = makeWorklistRow({ ...before, validation: { id: record.id, state: 'queued' } });
  await tx.objectStore('worklist').put(line);
  return addTallies({ saved: 1 }, tallyOfChange(before, line));
}

/**
 * Writes new states of records, by id, into the lines they stand in; superseded validations stand in none. Returns what
 * that changes in the tally.
 */
export async function noteStates(
  store: WorklistStore,
  states: ReadonlyMap<string, Delivery['state']>,
): Promise<TallyChange> {
  const found = await Promise.all(
    [...states.keys()].map(async (id) =>
      readWorklistRow((await store.get(id)) ?? (await store.index('by-validation').get(id))),
    ),
  );
  // A triage and its validation share a line: each line is written once, with both.
  const lines = new Map(found.flatMap((line) => (line ? [[line.id, line] as const] : [])));
  const changes = await Promise.all(
    [...lines.values()].map(async (before) => {
      const line = withStates(before, states);
      await store.put(line);
      return tallyOfChange(before, line);
    }),
  );
  return addTallies(...changes);
}

function withStates({ validation, ...row }: WorklistFields, states: ReadonlyMap<string, Delivery['state']>) {
  const state = states.get(row.id) ?? row.state;
  if (!validation) return makeWorklistRow({ ...row, state });
  return makeWorklistRow({
    ...row,
    state,
    validation: { ...validation, state: states.get(validation.id) ?? validation.state },
  });
}

export const INDEXED_STORES = [
  'records',
  'outbox',
  'worklist',
  'codes',
  'damaged',
  'meta',
] as const satisfies StoreName[];
export type IndexTransaction = WriteTransaction<['records', 'outbox', 'worklist', 'codes', 'damaged', 'meta']>;

/** Makes what the worklist says of one record again, from the record itself. */
export async function reindex(tx: IndexTransaction, id: string): Promise<void> {
  const [row, outboxRow] = await Promise.all([tx.objectStore('records').get(id), tx.objectStore('outbox').get(id)]);
  const record = readRecordRow(row);
  if (!record) {
    await setAside(tx, id, row === undefined && outboxRow === undefined, readOutboxRow(outboxRow)?.seq ?? 0);
    return;
  }
  await tx.objectStore('damaged').delete(id);
  if (record.kind === 'validation') {
    await reindex(tx, record.body.triageId);
    return;
  }
  const entry = readOutboxRow(outboxRow);
  const { state } = entry?.delivery ?? FRESH_DELIVERY;
  await writeLine(tx, id, rowOfTriage(record, entry?.seq ?? 0, state, await latestValidation(tx, id)));
}

async function writeLine(tx: IndexTransaction, id: string, line: WorklistRow | undefined): Promise<void> {
  const [worklist, codes] = [tx.objectStore('worklist'), tx.objectStore('codes')];
  const before = readWorklistRow(await worklist.get(id));
  if (line) await Promise.all([worklist.put(line), codes.put(codeRowOf(line))]);
  else await Promise.all([worklist.delete(id), codes.delete(id)]);
  await changeTally(tx.objectStore('meta'), tallyOfChange(before, line));
}

async function setAside(tx: IndexTransaction, id: string, isGone: boolean, seq: number): Promise<void> {
  const patient = await tx.objectStore('worklist').index('by-validation').getKey(id);
  await writeLine(tx, id, undefined);
  if (isGone) await tx.objectStore('damaged').delete(id);
  else await tx.objectStore('damaged').put({ id, seq });
  if (patient !== undefined && patient !== id) await reindex(tx, patient);
}

/** The validation saved last, whatever the clock said, among those that can be read. */
async function latestValidation(
  tx: IndexTransaction,
  triageId: string,
): Promise<{ readonly id: string; readonly state: Delivery['state'] } | undefined> {
  const rows = await tx.objectStore('records').index('by-triage').getAll(triageId);
  const readable = rows.filter((row) => readRecordRow(row)?.kind === 'validation').map(idOfRow);
  const entries = await Promise.all(
    readable.map(async (id) => ({ id, entry: readOutboxRow(await tx.objectStore('outbox').get(id)) })),
  );
  const last = entries.toSorted((a, b) => (a.entry?.seq ?? 0) - (b.entry?.seq ?? 0)).at(-1);
  return last && { id: last.id, state: (last.entry?.delivery ?? FRESH_DELIVERY).state };
}
