import type { Delivery, Receipt } from '#domain/records/delivery.ts';
import type { VigiaDatabase } from './database.ts';
import { restoreLostEntries } from './restore-lost-entries.ts';
import { idOfRow, type OutboxRow, outboxRowSchema, readOutboxRow, readRecordRow } from './rows.ts';
import { addTallies, changeTally } from './tally.ts';
import { noteStates } from './worklist-index.ts';
import { inStrictTransaction } from './strict-transaction.ts';

/** One record ready to be sent: `line` is its JSON without the line end, `bytes` its length in UTF-8. */
export interface OutboxLine {
  readonly id: string;
  readonly hash: string;
  readonly line: string;
  readonly bytes: number;
}

export interface OutboxBatch {
  readonly lines: readonly OutboxLine[];
  /** Queued entries whose record is damaged or gone. They cannot be sent. */
  readonly damaged: readonly string[];
}

export type QuarantineReason = Extract<Delivery, { state: 'quarantined' }>['reason'];

/** The synchroniser's side of the records: what is to be sent, and what became of it. */
export interface Outbox {
  /**
   * The oldest queued records that fit, at least one line however long. `maxBytes` counts line ends; ids in `skip`
   * are passed over.
   */
  nextBatch(maxLines: number, maxBytes: number, skip?: ReadonlySet<string>): Promise<OutboxBatch>;
  /** Takes records out of the queue, each only when the receipt carries the hash of the record stored here. */
  markDelivered(receipts: readonly Receipt[]): Promise<void>;
  /** Sets a queued record aside for a person to look at. `at` is ISO 8601 with offset. */
  quarantine(id: string, reason: QuarantineReason, detail: string, at: string): Promise<void>;
  /** Counts a failed attempt on records that stay queued. */
  noteFailure(ids: readonly string[], error: string): Promise<void>;
  /** Gives records without a readable outbox row a new one; returns how many. Run once at start. */
  restoreLostEntries(): Promise<number>;
  /** When the endpoint last acknowledged a record, ISO 8601. */
  lastSuccessAt(): Promise<string | undefined>;
}

const LAST_SUCCESS_KEY = 'last-success';
const QUEUED = ['queued'] as const;

export function createOutbox(db: VigiaDatabase): Outbox {
  return {
    nextBatch: (maxLines, maxBytes, skip = new Set()) => readBatch(db, maxLines, maxBytes, skip),
    markDelivered: (receipts) => markDelivered(db, receipts),
    quarantine: (id, reason, detail, quarantinedAt) =>
      changeQueued(db, [id], () => ({ state: 'quarantined', reason, detail, quarantinedAt })),
    noteFailure: (ids, lastError) =>
      changeQueued(db, ids, (queued) => ({ state: 'queued', attempts: queued.attempts + 1, lastError })),
    restoreLostEntries: () => restoreLostEntries(db),
    async lastSuccessAt() {
      const value = await db.get('meta', LAST_SUCCESS_KEY);
      return typeof value === 'string' ? value : undefined;
    },
  };
}

async function readBatch(
  db: VigiaDatabase,
  maxLines: number,
  maxBytes: number,
  skip: ReadonlySet<string>,
): Promise<OutboxBatch> {
  const tx = db.transaction(['records', 'outbox']);
  const range = IDBKeyRange.bound([...QUEUED], [...QUEUED, []]);
  const keys = await tx
    .objectStore('outbox')
    .index('by-state')
    .getAllKeys(range, maxLines + skip.size);
  const ids = keys.filter((id) => !skip.has(id)).slice(0, maxLines);
  const rows = await readMany(tx.objectStore('records'), ids);
  const lines: OutboxLine[] = [];
  const damaged: string[] = [];
  let total = 0;
  for (const [position, id] of ids.entries()) {
    const line = toLine(rows[position]);
    if (!line) damaged.push(id);
    else if (lines.length > 0 && total + line.bytes + 1 > maxBytes) break;
    else {
      lines.push(line);
      total += line.bytes + 1;
    }
  }
  return { lines, damaged };
}

interface Readable {
  get(id: string): Promise<unknown>;
  getAll(range: IDBKeyRange, count: number): Promise<readonly unknown[]>;
}

/**
 * The rows of ids, each in the place of its id. What waits was mostly saved in one stretch, and ids sort by time: one
 * request for the stretch is several times quicker than one per record, which only strays need.
 */
async function readMany(store: Readable, ids: readonly string[]): Promise<readonly unknown[]> {
  const sorted = ids.toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const stretch = await store.getAll(IDBKeyRange.bound(first, last), 2 * ids.length);
  const known = new Map(stretch.map((row) => [idOfRow(row), row]));
  return Promise.all(ids.map(async (id) => known.get(id) ?? (await store.get(id))));
}

function toLine(row: unknown): OutboxLine | undefined {
  const record = readRecordRow(row);
  if (!record) return undefined;
  const line = JSON.stringify(record);
  return { id: record.id, hash: record.hash, line, bytes: new TextEncoder().encode(line).length };
}

async function markDelivered(db: VigiaDatabase, receipts: readonly Receipt[]): Promise<void> {
  await inStrictTransaction(db, ['records', 'outbox', 'worklist', 'meta'], async (tx) => {
    const rows = await Promise.all(
      receipts.map(async (receipt) => {
        const [row, record] = await Promise.all([
          tx.objectStore('outbox').get(receipt.id),
          tx.objectStore('records').get(receipt.id),
        ]);
        return { receipt, row: readOutboxRow(row), record: readRecordRow(record) };
      }),
    );
    const proven = rows.filter(({ receipt, row, record }) => row && record?.hash === receipt.hash);
    const last = proven.at(-1);
    if (!last) return;
    const before = new Map(proven.map(({ receipt, row }) => [receipt.id, row?.delivery.state]));
    const lines = noteStates(tx.objectStore('worklist'), new Map([...before.keys()].map((id) => [id, 'delivered'])));
    const was = (state: Delivery['state']): number => [...before.values()].filter((known) => known === state).length;
    await Promise.all([
      ...proven.map(({ row, receipt }) =>
        tx.objectStore('outbox').put(outboxRowSchema.parse({ ...row, delivery: { state: 'delivered', receipt } })),
      ),
      tx.objectStore('meta').put(last.receipt.receivedAt, LAST_SUCCESS_KEY),
    ]);
    const counted = { delivered: before.size - was('delivered'), quarantined: -was('quarantined') };
    await changeTally(tx.objectStore('meta'), addTallies(counted, await lines));
  });
}

async function changeQueued(
  db: VigiaDatabase,
  ids: readonly string[],
  change: (queued: Extract<Delivery, { state: 'queued' }>) => Delivery,
): Promise<void> {
  await inStrictTransaction(db, ['outbox', 'worklist', 'meta'], async (tx) => {
    const store = tx.objectStore('outbox');
    const states = new Map<string, Delivery['state']>();
    await Promise.all(
      ids.map(async (id) => {
        const row = readOutboxRow(await store.get(id));
        // Delivered meanwhile by another tab: a receipt is never taken back.
        if (row?.delivery.state !== 'queued') return;
        const changed = outboxRowSchema.parse({ ...row, delivery: change(row.delivery) } satisfies OutboxRow);
        if (changed.delivery.state !== 'queued') states.set(id, changed.delivery.state);
        await store.put(changed);
      }),
    );
    const lines = await noteStates(tx.objectStore('worklist'), states);
    const quarantined = [...states.values()].filter((state) => state === 'quarantined').length;
    await changeTally(tx.objectStore('meta'), addTallies({ quarantined }, lines));
  });
}
