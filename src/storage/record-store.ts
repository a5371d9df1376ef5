import type { Delivery } from '#domain/records/delivery.ts';
import type { VigiaRecord } from '#domain/records/record.ts';
import type { DeliveryCounts, RecordStore, StoredRecord } from '#workflows/ports.ts';
import { appendRecord } from './append-record.ts';
import { checkRecords } from './check-records.ts';
import { createChangeFeed, type TabChannel } from './change-feed.ts';
import type { VigiaDatabase } from './database.ts';
import { deliveryOf, FRESH_DELIVERY, idOfRow, readOutboxRow, readRecordRow } from './rows.ts';
import { inStrictTransaction } from './strict-transaction.ts';
import { addTallies, changeTally, countAll, readTally } from './tally.ts';
import { noteStates } from './worklist-index.ts';
import { countWorklist, readWorklistPage } from './worklist-page.ts';

/**
 * Records and where each is on its way.
 *
 * What always holds:
 * 1. A record is written together with its outbox entry, its line in the worklist and the end of the chain, or not at
 *    all.
 * 2. A record is never changed or removed.
 * 3. The records of a device form one chain, in the order of their sequence, whichever tab wrote them.
 * 4. A damaged row is shown as damaged and hides no other. A record is verified whenever it is shown, opened or sent,
 *    and all of them in the background.
 */

export const RECORDS_CHANNEL = 'vigia-records';

export interface RecordStoreOptions {
  /** Usually `new BroadcastChannel(RECORDS_CHANNEL)`. */
  readonly notifyOtherTabs?: TabChannel;
}

/** The store, the way for the synchroniser to say that deliveries changed, and the check in the background. */
export interface AnnouncingRecordStore extends RecordStore {
  announce(): void;
  /** Verifies every record and line of the worklist, a little at a time; returns how many ids needed repair. */
  checkAll(whenIdle: () => Promise<void>): Promise<number>;
}

export function createRecordStore(db: VigiaDatabase, options: RecordStoreOptions = {}): AnnouncingRecordStore {
  const changes = createChangeFeed(options.notifyOtherTabs);
  return {
    subscribe: changes.subscribe,
    announce: changes.announce,
    checkAll: (whenIdle) => checkRecords(db, { whenIdle, onRepair: changes.announce }),
    async append(content, ends) {
      const result = await appendRecord(db, content, ends);
      if (result.status === 'saved') changes.announce();
      return result;
    },
    get: (id) => getRecord(db, id),
    worklist: (query) => readWorklistPage(db, query),
    worklistCounts: () => countWorklist(db),
    validationsOf: (triageId) => validationsOf(db, triageId),
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

async function validationsOf(db: VigiaDatabase, triageId: string): Promise<readonly StoredRecord[]> {
  const tx = db.transaction(['records', 'outbox']);
  const rows = await tx.objectStore('records').index('by-triage').getAll(triageId);
  const read = await Promise.all(
    rows.map(async (row) => ({ record: readRecordRow(row), entry: await tx.objectStore('outbox').get(idOfRow(row)) })),
  );
  return read
    .toSorted((a, b) => seqOf(a.entry) - seqOf(b.entry))
    .flatMap(({ record, entry }): StoredRecord[] =>
      record?.kind === 'validation' ? [{ status: 'intact', record, delivery: deliveryOf(entry) }] : [],
    );
}

const seqOf = (outboxRow: unknown): number => readOutboxRow(outboxRow)?.seq ?? 0;

const inState = (state: Delivery['state']): IDBKeyRange => IDBKeyRange.bound([state], [state, []]);

async function countDeliveries(db: VigiaDatabase): Promise<DeliveryCounts> {
  const tally = (await readTally(db.transaction('meta').store)) ?? (await countAll(db));
  const { saved, delivered, quarantined } = tally;
  return { saved, queued: Math.max(0, saved - delivered - quarantined), delivered, quarantined };
}

async function readUndelivered(db: VigiaDatabase): Promise<readonly StoredRecord[]> {
  const tx = db.transaction(['records', 'outbox']);
  const index = tx.objectStore('outbox').index('by-state');
  const rows = await Promise.all([index.getAll(inState('queued')), index.getAll(inState('quarantined'))]);
  const ordered = rows.flat().toSorted((a, b) => seqOf(a) - seqOf(b));
  return Promise.all(
    ordered.map(async (row) => {
      const id = idOfRow(row);
      return joined(id, readRecordRow(await tx.objectStore('records').get(id)), row);
    }),
  );
}

async function requeue(db: VigiaDatabase, id: string): Promise<boolean> {
  return inStrictTransaction(db, ['outbox', 'worklist', 'meta'], async (tx) => {
    const row = readOutboxRow(await tx.objectStore('outbox').get(id));
    if (row?.delivery.state !== 'quarantined') return false;
    await tx.objectStore('outbox').put({ ...row, delivery: FRESH_DELIVERY });
    const lines = await noteStates(tx.objectStore('worklist'), new Map([[id, FRESH_DELIVERY.state]]));
    await changeTally(tx.objectStore('meta'), addTallies({ quarantined: -1 }, lines));
    return true;
  });
}
