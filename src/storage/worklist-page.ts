import type { Delivery } from '#domain/records/delivery.ts';
import type { VigiaRecord } from '#domain/records/record.ts';
import type { WorklistCounts, WorklistEntry, WorklistPage, WorklistQuery } from '#workflows/ports.ts';
import type { VigiaDatabase } from './database.ts';
import { deliveryOf, idOfRow, readOutboxRow, readRecordRow, seqOfDamaged } from './rows.ts';
import { inStrictTransaction } from './strict-transaction.ts';
import { countRows, readTally } from './tally.ts';
import { INDEXED_STORES, reindex } from './worklist-index.ts';
import { readSections } from './worklist-sections.ts';
import { isSameRow, readWorklistRow, rowOfTriage } from './worklist-row.ts';

/**
 * One page of the worklist. The index chooses the lines; what is shown comes from the records, verified on every read.
 * A line that does not agree with its records is made again from them, and the page is read anew.
 */
export async function readWorklistPage(db: VigiaDatabase, query: WorklistQuery): Promise<WorklistPage> {
  for (;;) {
    const read = await readOnce(db, query);
    if (read.suspects.length === 0) return read.page;
    await inStrictTransaction(db, [...INDEXED_STORES], async (tx) => {
      for (const id of read.suspects) await reindex(tx, id);
    });
  }
}

type PageRead = { readonly page: WorklistPage; readonly suspects: readonly string[] };

async function readOnce(db: VigiaDatabase, query: WorklistQuery): Promise<PageRead> {
  const tx = openTransaction(db);
  const [counts, damaged, sections] = await Promise.all([
    countIn(tx),
    readDamaged(tx, query),
    readSections(tx.objectStore('worklist'), tx.objectStore('codes'), query),
  ]);
  const [pending, today, earlier] = await Promise.all([
    readEntries(tx, sections.pending),
    readEntries(tx, sections.today),
    readEntries(tx, sections.earlier),
  ]);
  const shown = sections.pending.length + sections.today.length + sections.earlier.length;
  const matching = sections.matching ?? counts[query.filter] - damaged.length;
  const page: WorklistPage = {
    counts,
    damaged,
    pending: pending.entries,
    today: today.entries,
    earlier: earlier.entries,
    hidden: Math.max(0, matching - shown),
  };
  return { page, suspects: [...pending.suspects, ...today.suspects, ...earlier.suspects] };
}

/** How many lines each list has. */
export async function countWorklist(db: VigiaDatabase): Promise<WorklistCounts> {
  return countIn(openTransaction(db));
}

const openTransaction = (db: VigiaDatabase) => db.transaction(INDEXED_STORES);
type ReadTransaction = ReturnType<typeof openTransaction>;

async function countIn(tx: ReadTransaction): Promise<WorklistCounts> {
  const [tally, damaged] = await Promise.all([readTally(tx.objectStore('meta')), tx.objectStore('damaged').count()]);
  const { all, pending, queued, attention } = tally ?? (await countRows(tx));
  return { all: all + damaged, pending, queued, attention: attention + damaged };
}

async function readDamaged(tx: ReadTransaction, { filter, search }: WorklistQuery): Promise<readonly string[]> {
  if (filter !== 'all' && filter !== 'attention') return [];
  const wanted = search.trim().toLowerCase();
  const rows = await tx.objectStore('damaged').getAll();
  return rows
    .toSorted((a, b) => seqOfDamaged(b) - seqOfDamaged(a))
    .map(idOfRow)
    .filter((id) => id.toLowerCase().includes(wanted));
}

interface EntriesRead {
  readonly entries: readonly WorklistEntry[];
  readonly suspects: readonly string[];
}

async function readEntries(tx: ReadTransaction, rows: readonly unknown[]): Promise<EntriesRead> {
  const read = await Promise.all(rows.map((row) => readEntry(tx, row)));
  return {
    entries: read.flatMap((entry) => ('triage' in entry ? [entry] : [])),
    suspects: read.flatMap((entry) => ('suspects' in entry ? entry.suspects : [])),
  };
}

/** The entry of a line whose records are intact and agree with it, else the ids to look at again. */
async function readEntry(
  tx: ReadTransaction,
  row: unknown,
): Promise<WorklistEntry | { readonly suspects: readonly string[] }> {
  const id = idOfRow(row);
  const validationId = readWorklistRow(row)?.validation?.id;
  const [triage, validation] = await Promise.all([
    readWithOutbox(tx, id),
    validationId === undefined ? undefined : readWithOutbox(tx, validationId),
  ]);
  const suspects = validationId === undefined ? [id] : [validationId, id];
  if (triage.record?.kind !== 'triage') return { suspects };
  const { delivery, seq } = triage;
  if (!validation) {
    const isRight = isSameRow(row, rowOfTriage(triage.record, seq, delivery.state));
    return isRight ? { triage: triage.record, delivery } : { suspects };
  }
  const { record } = validation;
  if (record?.kind !== 'validation' || record.body.triageId !== id) return { suspects };
  const latest = { id: record.id, state: validation.delivery.state };
  if (!isSameRow(row, rowOfTriage(triage.record, seq, delivery.state, latest))) return { suspects };
  return { triage: triage.record, delivery, validation: { record, delivery: validation.delivery } };
}

interface RecordRead {
  readonly record: VigiaRecord | undefined;
  readonly delivery: Delivery;
  readonly seq: number;
}

async function readWithOutbox(tx: ReadTransaction, id: string): Promise<RecordRead> {
  const [row, outboxRow] = await Promise.all([tx.objectStore('records').get(id), tx.objectStore('outbox').get(id)]);
  const seq = readOutboxRow(outboxRow)?.seq ?? 0;
  return { record: readRecordRow(row), delivery: deliveryOf(outboxRow), seq };
}
