import type { VigiaDatabase } from './database.ts';
import { readLastSequence } from './last-sequence.ts';
import { FRESH_DELIVERY, type OutboxRow, readOutboxRow } from './rows.ts';
import { dropTally, recount } from './tally.ts';
import { INDEXED_STORES, reindex } from './worklist-index.ts';
import { inStrictTransaction } from './strict-transaction.ts';

/** Rows looked at in one go: short enough never to hold up a save. */
const PAGE = 500;

/**
 * Puts records whose outbox row is missing or damaged back into the queue: a record nobody would send is lost to the
 * clinic, one sent twice is harmless. Returns how many there were.
 */
export async function restoreLostEntries(db: VigiaDatabase): Promise<number> {
  let restored = 0;
  let range: IDBKeyRange | null = null;
  for (;;) {
    const tx = db.transaction(['records', 'outbox']);
    const ids = await tx.objectStore('records').getAllKeys(range, PAGE);
    const rows = await Promise.all(ids.map((id) => tx.objectStore('outbox').get(id)));
    const lost = ids.filter((_, position) => !readOutboxRow(rows[position]));
    if (lost.length > 0) await requeueLost(db, lost);
    restored += lost.length;
    const last = ids.at(-1);
    if (last === undefined || ids.length < PAGE) break;
    range = IDBKeyRange.lowerBound(last, true);
  }
  if (restored > 0) await recount(db);
  return restored;
}

async function requeueLost(db: VigiaDatabase, ids: readonly string[]): Promise<void> {
  await inStrictTransaction(db, [...INDEXED_STORES], async (tx) => {
    const outbox = tx.objectStore('outbox');
    const lastSeq = await readLastSequence(outbox.index('by-seq'));
    await Promise.all(
      ids.map((id, position) =>
        outbox.put({ id, seq: lastSeq + 1 + position, delivery: FRESH_DELIVERY } satisfies OutboxRow),
      ),
    );
    for (const id of ids) await reindex(tx, id);
    await dropTally(tx.objectStore('meta'));
  });
}
