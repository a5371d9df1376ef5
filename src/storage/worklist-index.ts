import type { IDBPObjectStore, StoreNames } from 'idb';
import type { Delivery } from '#domain/records/delivery.ts';
import type { VigiaRecord } from '#domain/records/record.ts';
import type { StoreName, VigiaDatabase } from './database.ts';
import { FRESH_DELIVERY, idOfRow, readOutboxRow, readRecordRow } from './rows.ts';
import type { WriteTransaction } from './strict-transaction.ts';
import { makeWorklistRow, readWorklistRow, rowOfTriage } from './worklist-row.ts';

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

/** Writes the line of a record just saved, queued: a triage's own, or its triage's with the new validation. */
export async function indexNewRecord(store: WorklistStore, record: VigiaRecord, seq: number): Promise<void> {
  if (record.kind === 'triage') {
    await store.put(rowOfTriage(record, seq, 'queued'));
    return;
  }
  const row = readWorklistRow(await store.get(record.body.triageId));
  // Without a line the triage is damaged or unknown, or the index is, and then the line is made again from the records.
  if (row) await store.put(makeWorklistRow({ ...row, validation: { id: record.id, state: 'queued' } }));
}

/** Writes new states of records, by id, into the lines they stand in. Superseded validations stand in none. */
export async function noteStates(store: WorklistStore, states: ReadonlyMap<string, Delivery['state']>): Promise<void> {
  const found = await Promise.all(
    [...states.keys()].map(async (id) =>
      readWorklistRow((await store.get(id)) ?? (await store.index('by-validation').get(id))),
    ),
  );
  // A triage and its validation share a line: each line is written once, with both.
  const rows = new Map(found.flatMap((row) => (row ? [[row.id, row] as const] : [])));
  await Promise.all(
    [...rows.values()].map(({ validation, ...row }) => {
      const state = states.get(row.id) ?? row.state;
      if (!validation) return store.put(makeWorklistRow({ ...row, state }));
      const latest = { ...validation, state: states.get(validation.id) ?? validation.state };
      return store.put(makeWorklistRow({ ...row, state, validation: latest }));
    }),
  );
}

export const INDEXED_STORES = ['records', 'outbox', 'worklist', 'damaged'] as const satisfies StoreName[];
export type IndexTransaction = WriteTransaction<['records', 'outbox', 'worklist', 'damaged']>;

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
  await tx.objectStore('worklist').put(rowOfTriage(record, entry?.seq ?? 0, state, await latestValidation(tx, id)));
}

async function setAside(tx: IndexTransaction, id: string, isGone: boolean, seq: number): Promise<void> {
  const patient = await tx.objectStore('worklist').index('by-validation').getKey(id);
  await tx.objectStore('worklist').delete(id);
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
