import { z } from 'zod';
import type { IDBPObjectStore, StoreNames } from 'idb';
import type { VigiaDatabase } from './database.ts';
import type { WorklistFilter } from '#workflows/ports.ts';
import { inStrictTransaction } from './strict-transaction.ts';
import { passesFilter, type WorklistFields } from './worklist-row.ts';

/**
 * How many there are of everything, kept beside the rows: counting 100,000 keys takes a second. Changed in the
 * transaction of the rows it counts; counted anew after a repair.
 */

export const TALLY_KEY = 'tally';
const count = z.int().min(0);
const tallySchema = z.strictObject({
  /** Records, and those delivered or set aside by the endpoint. */
  saved: count,
  delivered: count,
  quarantined: count,
  /** Lines of the worklist under each filter. */
  all: count,
  pending: count,
  queued: count,
  attention: count,
});
export type Tally = Readonly<z.infer<typeof tallySchema>>;

/** Written when the database is made. */
export const EMPTY_TALLY: Tally = {
  saved: 0,
  delivered: 0,
  quarantined: 0,
  all: 0,
  pending: 0,
  queued: 0,
  attention: 0,
};
const NAMES = Object.keys(EMPTY_TALLY) as readonly (keyof Tally)[];
const FILTERS = ['all', 'pending', 'queued', 'attention'] as const;

type Schema = VigiaDatabase extends import('idb').IDBPDatabase<infer S> ? S : never;
type MetaStore = IDBPObjectStore<Schema, ArrayLike<StoreNames<Schema>>, 'meta', 'readwrite'>;

export type TallyChange = Partial<Tally>;

/** The sum of changes. */
export function addTallies(...changes: readonly TallyChange[]): TallyChange {
  const sum = (name: keyof Tally): number => changes.reduce((total, change) => total + (change[name] ?? 0), 0);
  return Object.fromEntries(NAMES.map((name) => [name, sum(name)]));
}

/** What a line counts for after a change, less what it counted for before. */
export function tallyOfChange(before: WorklistFields | undefined, after: WorklistFields | undefined): TallyChange {
  const counted = (line: WorklistFields | undefined, filter: WorklistFilter): number =>
    line && passesFilter(line, filter) ? 1 : 0;
  return Object.fromEntries(FILTERS.map((filter) => [filter, counted(after, filter) - counted(before, filter)]));
}

/** Adds to the stored tally. One that no longer reads is left for the recount. */
export async function changeTally(meta: MetaStore, change: TallyChange): Promise<void> {
  if (NAMES.every((name) => !change[name])) return;
  const stored = await readTally(meta);
  if (!stored) return;
  const changed = tallySchema.safeParse(addTallies(stored, change));
  // Below zero: rows were lost. Counted the slow way until the check has made it again.
  await meta.put(changed.success ? changed.data : 'lost', TALLY_KEY);
}

/** The stored tally, or `undefined` when everything has to be counted. */
export async function readTally(meta: { get(key: string): Promise<unknown> }): Promise<Tally | undefined> {
  return tallySchema.safeParse(await meta.get(TALLY_KEY)).data;
}

/** Marks the tally as not to be trusted, in the transaction of a repair that cannot say what it changed. */
export async function dropTally(meta: MetaStore): Promise<void> {
  await meta.put('lost', TALLY_KEY);
}

const openTransaction = (db: VigiaDatabase) => db.transaction(['records', 'outbox', 'worklist']);
type Countable = Pick<ReturnType<typeof openTransaction>, 'objectStore'>;

/** Counts every record and line. Slow: a second or more at 100,000 records. */
export async function countAll(db: VigiaDatabase): Promise<Tally> {
  return countRows(openTransaction(db));
}

/** Counts everything and keeps the result. */
export async function recount(db: VigiaDatabase): Promise<void> {
  await inStrictTransaction(db, ['records', 'outbox', 'worklist', 'meta'], async (tx) => {
    await tx.objectStore('meta').put(await countRows(tx as unknown as Countable), TALLY_KEY);
  });
}

/** Counts every record and line in a transaction of the caller. */
export async function countRows(tx: Countable): Promise<Tally> {
  const states = tx.objectStore('outbox').index('by-state');
  const lists = tx.objectStore('worklist').index('by-list');
  const within = (...prefix: readonly string[]): IDBKeyRange => IDBKeyRange.bound(prefix, [...prefix, []]);
  const [saved, delivered, quarantined, all, pending, queued, attention] = await Promise.all([
    tx.objectStore('records').count(),
    states.count(within('delivered')),
    states.count(within('quarantined')),
    lists.count(within('all')),
    lists.count(within('all', 'pending')),
    lists.count(within('queued')),
    lists.count(within('attention')),
  ]);
  return { saved, delivered, quarantined, all, pending, queued, attention };
}
