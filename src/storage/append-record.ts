import { fitContent } from '#domain/records/fit-content.ts';
import { isIntact, sealRecord } from '#domain/records/hash.ts';
import { type RecordContent, recordSchema, type VigiaRecord } from '#domain/records/record.ts';
import type { AppendResult, EndedDraft } from '#workflows/ports.ts';
import type { VigiaDatabase } from './database.ts';
import { readLastSequence } from './last-sequence.ts';
import { type ChainHead, chainHeadSchema, FRESH_DELIVERY, idOfRow, type OutboxRow, readRecordRow } from './rows.ts';
import { changeTally } from './tally.ts';
import { indexNewRecord } from './worklist-index.ts';
import { inStrictTransaction, type WriteTransaction } from './strict-transaction.ts';

const HEAD_KEY = 'chain-head';

/**
 * Links, seals and writes one record with its outbox entry, its line in the worklist and the new end of the chain, and takes
 * away the draft it was made from: all or nothing.
 *
 * Strict durability, and the answer waits for the whole transaction: with relaxed durability a power cut lost every
 * record acknowledged in the last seconds. Two tabs keep one chain because read-write transactions over the same
 * stores run one after the other, and hashing is synchronous, so the transaction stays open between read and write.
 */
export async function appendRecord(
  db: VigiaDatabase,
  content: RecordContent,
  ends?: EndedDraft,
): Promise<AppendResult> {
  try {
    return { status: 'saved', record: await writeRecord(db, content, ends) };
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'QuotaExceededError') return { status: 'failed', reason: 'no-space' };
    if (name === 'InvalidStateError' || name === 'AbortError') return { status: 'failed', reason: 'storage-closed' };
    throw error;
  }
}

async function writeRecord(
  db: VigiaDatabase,
  content: RecordContent,
  ends: EndedDraft | undefined,
): Promise<VigiaRecord> {
  return inStrictTransaction(db, ['records', 'outbox', 'worklist', 'codes', 'meta', 'drafts'], async (tx) => {
    const [prevHash, lastSeq] = await Promise.all([
      readHead(tx),
      readLastSequence(tx.objectStore('outbox').index('by-seq')),
    ]);
    const record = recordSchema.parse(sealRecord(fitContent(content), prevHash));
    if (!isIntact(record)) throw new TypeError('content is not in its canonical form');
    const entry: OutboxRow = { id: record.id, seq: lastSeq + 1, delivery: FRESH_DELIVERY };
    await tx.objectStore('records').add(record);
    await tx.objectStore('outbox').add(entry);
    await changeTally(tx.objectStore('meta'), await indexNewRecord(tx, record, entry.seq));
    await tx.objectStore('meta').put({ hash: record.hash } satisfies ChainHead, HEAD_KEY);
    // Left to a second transaction, a crash in between would offer the saved patient again as a draft.
    if (ends) await tx.objectStore('drafts').delete(ends.draftKey);
    return record;
  });
}

type AppendTransaction = WriteTransaction<['records', 'outbox', 'worklist', 'codes', 'meta', 'drafts']>;

/** The stored end of the chain; when that row is damaged, the last record that is still readable. */
async function readHead(tx: AppendTransaction): Promise<string | null> {
  const stored = chainHeadSchema.safeParse(await tx.objectStore('meta').get(HEAD_KEY));
  if (stored.success) return stored.data.hash;
  let cursor = await tx.objectStore('outbox').index('by-seq').openCursor(null, 'prev');
  while (cursor) {
    const record = readRecordRow(await tx.objectStore('records').get(idOfRow(cursor.value)));
    if (record) return record.hash;
    cursor = await cursor.continue();
  }
  return null;
}
