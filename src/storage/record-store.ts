import type { Delivery } from '#domain/records/delivery.ts';
import type { TriageRecord, ValidationRecord, VigiaRecord } from '#domain/records/record.ts';
import type { DeliveryCounts, RecordStore, StoredRecord, WorklistEntry } from '#workflows/ports.ts';
import { appendRecord } from './append-record.ts';
import { createChangeFeed, type TabChannel } from './change-feed.ts';
import type { VigiaDatabase } from './database.ts';
import { FRESH_DELIVERY, idOfRow, readOutboxRow, readRecordRow } from './rows.ts';
import { inStrictTransaction } from './strict-transaction.ts';

/**
 * Records and where each is on its way.
 *
 * What always holds:
 * 1. A record is written together with its outbox entry and the end of the chain, or not at all.
 * 2. A record is never changed or removed.
 * 3. The records of a device form one chain, in the order of their sequence, whichever tab wrote them.
 * 4. A damaged row is shown as damaged and hides no other.
 */

export const RECORDS_CHANNEL = 'vigia-records';

export interface RecordStoreOptions {
  /** Usually `new BroadcastChannel(RECORDS_CHANNEL)`. */
  readonly notifyOtherTabs?: TabChannel;
}

/** The store, and the way for the synchroniser to say that deliveries changed. */
export interface AnnouncingRecordStore extends RecordStore {
  announce(): void;
}

export function createRecordStore(db: VigiaDatabase, options: RecordStoreOptions = {}): AnnouncingRecordStore {
  const changes = createChangeFeed(options.notifyOtherTabs);
  return {
    subscribe: changes.subscribe,
    announce: changes.announce,
    async append(content) {
      const result = await appendRecord(db, content);
      if (result.status === 'saved') changes.announce();
      return result;
    },
    get: (id) => getRecord(db, id),
    worklist: async () => buildWorklist(await readAll(db)),
    validationsOf: async (triageId) => validationsOf(await readAll(db), triageId),
    counts: () => countDeliveries(db),
    undelivered: () => readUndelivered(db),
    async retry(id) {
      if (await requeue(db, id)) changes.announce();
    },
  };
}

async function getRecord(db: VigiaDatabase, id: string): Promise<StoredRecord | undefined> {
  const tx = db.transaction(['records', 'outbox']);
  const [row, outboxRow] = await Promise.all([tx.objectStore('records').get(id), tx.objectStore('outbox').get(id)]);
  if (row === undefined && outboxRow === undefined) return undefined;
  return joined(id, readRecordRow(row), outboxRow);
}

function joined(id: string, record: VigiaRecord | undefined, outboxRow: unknown): StoredRecord {
  if (!record) return { status: 'damaged', id };
  return { status: 'intact', record, delivery: deliveryOf(outboxRow) };
}

/** A missing or damaged outbox row counts as queued: sending twice is harmless, not sending is not. */
function deliveryOf(outboxRow: unknown): Delivery {
  return readOutboxRow(outboxRow)?.delivery ?? FRESH_DELIVERY;
}

interface ReadRow {
  readonly id: string;
  readonly record: VigiaRecord | undefined;
  readonly delivery: Delivery;
  readonly seq: number;
}

async function readAll(db: VigiaDatabase): Promise<readonly ReadRow[]> {
  const tx = db.transaction(['records', 'outbox']);
  const [rows, outboxRows] = await Promise.all([tx.objectStore('records').getAll(), tx.objectStore('outbox').getAll()]);
  const outbox = new Map(outboxRows.map((row) => [idOfRow(row), readOutboxRow(row)]));
  const read = rows.map((row): ReadRow => {
    const id = idOfRow(row);
    const entry = outbox.get(id);
    outbox.delete(id);
    return { id, record: readRecordRow(row), delivery: entry?.delivery ?? FRESH_DELIVERY, seq: entry?.seq ?? 0 };
  });
  // What is left in the outbox has lost its record.
  const lost = [...outbox].map(([id, entry]) => ({
    id,
    record: undefined,
    delivery: FRESH_DELIVERY,
    seq: entry?.seq ?? 0,
  }));
  return [...read, ...lost].toSorted((a, b) => a.seq - b.seq);
}

/** `rows` oldest first. The latest validation of a triage is the one saved last, whatever the clock said. */
function buildWorklist(rows: readonly ReadRow[]): readonly WorklistEntry[] {
  const validations = new Map<string, { readonly record: ValidationRecord; readonly delivery: Delivery }>();
  for (const { record, delivery } of rows)
    if (record?.kind === 'validation') validations.set(record.body.triageId, { record, delivery });

  const entryOf = (triage: TriageRecord, delivery: Delivery): WorklistEntry => {
    const validation = validations.get(triage.id);
    return { status: 'intact', triage, delivery, ...(validation && { validation }) };
  };
  return rows
    .flatMap(({ id, record, delivery }): WorklistEntry[] => {
      if (!record) return [{ status: 'damaged', id }];
      return record.kind === 'triage' ? [entryOf(record, delivery)] : [];
    })
    .toReversed();
}

function validationsOf(rows: readonly ReadRow[], triageId: string): readonly StoredRecord[] {
  return rows.flatMap(({ record, delivery }): StoredRecord[] =>
    record?.kind === 'validation' && record.body.triageId === triageId ? [{ status: 'intact', record, delivery }] : [],
  );
}

const inState = (state: Delivery['state']): IDBKeyRange => IDBKeyRange.bound([state], [state, []]);

async function countDeliveries(db: VigiaDatabase): Promise<DeliveryCounts> {
  const tx = db.transaction(['records', 'outbox']);
  const index = tx.objectStore('outbox').index('by-state');
  const [saved, delivered, quarantined] = await Promise.all([
    tx.objectStore('records').count(),
    index.count(inState('delivered')),
    index.count(inState('quarantined')),
  ]);
  return { saved, queued: Math.max(0, saved - delivered - quarantined), delivered, quarantined };
}

async function readUndelivered(db: VigiaDatabase): Promise<readonly StoredRecord[]> {
  const tx = db.transaction(['records', 'outbox']);
  const index = tx.objectStore('outbox').index('by-state');
  const rows = await Promise.all([index.getAll(inState('queued')), index.getAll(inState('quarantined'))]);
  const seqOf = (row: unknown): number => readOutboxRow(row)?.seq ?? 0;
  const ordered = rows.flat().toSorted((a, b) => seqOf(a) - seqOf(b));
  return Promise.all(
    ordered.map(async (row) => {
      const id = idOfRow(row);
      return joined(id, readRecordRow(await tx.objectStore('records').get(id)), row);
    }),
  );
}

async function requeue(db: VigiaDatabase, id: string): Promise<boolean> {
  return inStrictTransaction(db, ['outbox'], async (tx) => {
    const row = readOutboxRow(await tx.objectStore('outbox').get(id));
    if (row?.delivery.state !== 'quarantined') return false;
    await tx.objectStore('outbox').put({ ...row, delivery: FRESH_DELIVERY });
    return true;
  });
}
