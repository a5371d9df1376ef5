import type { IDBPTransaction, StoreNames } from 'idb';
import type { StoreName, VigiaDatabase } from './database.ts';

type Schema = VigiaDatabase extends import('idb').IDBPDatabase<infer S> ? S : never;
export type WriteTransaction<Names extends StoreName[]> = IDBPTransaction<
  Schema,
  Names & ArrayLike<StoreNames<Schema>>,
  'readwrite'
>;

/**
 * Runs writes that must survive a power cut, all or nothing: settles once the strict transaction is complete, rejects
 * with the cause when it was not. `work` may await nothing but requests of its transaction.
 */
export async function inStrictTransaction<const Names extends StoreName[], T>(
  db: VigiaDatabase,
  names: Names,
  work: (tx: WriteTransaction<Names>) => Promise<T>,
): Promise<T> {
  const tx = db.transaction(names as Names & ArrayLike<StoreNames<Schema>>, 'readwrite', { durability: 'strict' });
  const outcome = tx.done.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  try {
    const result = await work(tx);
    const failed = await outcome;
    if (failed) throw failed.error;
    return result;
  } catch (error) {
    abort(tx);
    const failed = await outcome;
    // A request of a transaction that the browser ended says only "aborted"; the transaction knows why.
    throw failed && error instanceof Error && error.name === 'AbortError' ? failed.error : error;
  }
}

function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch (error) {
    // A failed request has ended the transaction already: nothing was written, which is what is wanted.
    if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
  }
}
