import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { EMPTY_TALLY, TALLY_KEY } from './tally.ts';
import type { ListKey } from './worklist-row.ts';

/**
 * The tablet's database. Values are `unknown` on purpose: every row read back goes through its schema, because a row
 * may be damaged or written by another version.
 *
 * History of DATABASE_VERSION:
 *   1  records (by triage), outbox (by state and sequence), worklist (its lists and latest validations), codes,
 *      damaged, meta (with the tally), drafts, settings, enrolment.
 */
export const DATABASE_VERSION = 1;
export const DATABASE_NAME = 'vigia';

interface VigiaSchema extends DBSchema {
  /** Sealed envelopes, key `id`. Written once, never changed. `by-triage` holds the validations of each triage. */
  records: { key: string; value: unknown; indexes: { 'by-triage': string } };
  /** `{ id, seq, delivery }`, key `id`. `seq` counts the device's records from 1. */
  outbox: { key: string; value: unknown; indexes: { 'by-state': [string, number]; 'by-seq': number } };
  /** The index of the worklist, key `id` of the triage. Made from the records, and made again when it is wrong. */
  worklist: { key: string; value: unknown; indexes: { 'by-list': ListKey; 'by-validation': string } };
  /** `{ id, tails }`: what a patient code can be found by, key `id` of the triage. */
  codes: { key: string; value: unknown; indexes: { 'by-tail': string } };
  /** `{ id, seq }` of every record found damaged, key `id`. */
  damaged: { key: string; value: unknown };
  meta: { key: string; value: unknown };
  drafts: { key: string; value: unknown };
  settings: { key: string; value: unknown };
  enrolment: { key: string; value: unknown };
}

export type VigiaDatabase = IDBPDatabase<VigiaSchema>;
export type StoreName =
  | 'records'
  | 'outbox'
  | 'worklist'
  | 'codes'
  | 'damaged'
  | 'meta'
  | 'drafts'
  | 'settings'
  | 'enrolment';

export interface DatabaseEvents {
  /** Another tab wants a newer database version: save the draft. The connection closes once this has settled. */
  readonly onBlocking?: () => void | Promise<void>;
  /** An older tab keeps this one from opening: ask the user to close it. */
  readonly onBlocked?: () => void;
  /** The browser closed the connection (storage cleared, disk gone). */
  readonly onClosed?: () => void;
}

/** Opens (and creates or migrates) the database. Rejects when the migration fails; the old data are then untouched. */
export async function openVigiaDatabase(events: DatabaseEvents = {}): Promise<VigiaDatabase> {
  const database = await openDB<VigiaSchema>(DATABASE_NAME, DATABASE_VERSION, {
    upgrade(db, oldVersion, _newVersion, transaction) {
      abortOnThrow(transaction, () => migrate(db, oldVersion));
    },
    blocked: () => events.onBlocked?.(),
    blocking: () => {
      // Whatever the callback does, an old tab must not keep the new version waiting.
      void Promise.resolve(events.onBlocking?.()).finally(() => database.close());
    },
    terminated: () => events.onClosed?.(),
  });
  return database;
}

/**
 * Runs a migration that is all or nothing. idb awaits nothing in `upgrade`: a migration that throws after its first
 * await would commit the half, so migrations are synchronous and an error aborts the transaction explicitly.
 */
export function abortOnThrow(transaction: { abort(): void; readonly done: Promise<unknown> }, work: () => void): void {
  try {
    work();
  } catch (error) {
    // Opening the database rejects with the cause; idb's promise for the transaction would be a second, unheard one.
    transaction.done.catch(() => undefined);
    transaction.abort();
    throw error;
  }
}

function migrate(db: VigiaDatabase, oldVersion: number): void {
  if (oldVersion < 1) {
    db.createObjectStore('records', { keyPath: 'id' }).createIndex('by-triage', 'body.triageId');
    const outbox = db.createObjectStore('outbox', { keyPath: 'id' });
    outbox.createIndex('by-state', ['delivery.state', 'seq']);
    outbox.createIndex('by-seq', 'seq', { unique: true });
    const worklist = db.createObjectStore('worklist', { keyPath: 'id' });
    worklist.createIndex('by-list', 'lists', { multiEntry: true });
    worklist.createIndex('by-validation', 'validation.id');
    db.createObjectStore('codes', { keyPath: 'id' }).createIndex('by-tail', 'tails', { multiEntry: true });
    db.createObjectStore('damaged', { keyPath: 'id' });
    void db.createObjectStore('meta').put(EMPTY_TALLY, TALLY_KEY);
    for (const name of ['drafts', 'settings', 'enrolment'] as const) db.createObjectStore(name);
  }
}
