import { deleteDB } from 'idb';
import { v7 as uuidv7 } from 'uuid';
import { sealRecord } from '#domain/records/hash.ts';
import type { RecordContent, VigiaRecord } from '#domain/records/record.ts';
import { DATABASE_NAME, openVigiaDatabase, type VigiaDatabase } from '#storage/database.ts';
import { createOutbox } from '#storage/outbox.ts';
import { createRecordStore } from '#storage/record-store.ts';
import { recount } from '#storage/tally.ts';
import { codeRowOf, makeWorklistRow, rowOfTriage, type WorklistFields } from '#storage/worklist-row.ts';
import { triageContent } from './records.ts';

const RUNS = 15;
/** One batch of the upload protocol. */
const BATCH_LINES = 200;
const BATCH_BYTES = 512 * 1024;
/** A triage every quarter of an hour; of ten records three are validations. */
const STEP_MS = 900_000;
const DAY_MS = 86_400_000;
const PAGE = { filter: 'all', search: '', limit: 100 } as const;

/** Times in milliseconds; `peer` reads every row and sorts, as an app without an index does. */
export type WorklistTimes = Record<
  'worklist' | 'badge' | 'counts' | 'search' | 'nextBatch' | 'markDelivered' | 'save' | 'peer',
  number[]
>;

/** Fills a fresh database with so many records, all delivered but the last `queued`. */
async function seed(count: number, queued: number): Promise<void> {
  await deleteDB(DATABASE_NAME);
  const db = await openVigiaDatabase();
  let prevHash: string | null = null;
  const triages: string[] = [];
  const lines = new Map<string, WorklistFields>();
  for (let from = 0; from < count; from += 1000) {
    const records: VigiaRecord[] = [];
    for (let i = from; i < Math.min(count, from + 1000); i += 1) {
      const record = sealRecord(contentOf(i, count, triages), prevHash);
      if (record.kind === 'triage') triages.push(record.id);
      prevHash = record.hash;
      records.push(record);
    }
    await writeRecords(db, records, from, count - queued, lines);
  }
  await writeLines(db, [...lines.values()]);
  await db.put('meta', { hash: prevHash }, 'chain-head');
  await recount(db);
  db.close();
}

/** Every third of ten records validates the oldest triage without one. */
function contentOf(i: number, count: number, triages: readonly string[]): RecordContent {
  const at = Date.now() - (count - i) * STEP_MS;
  const content = { ...triageContent(i), id: uuidv7({ msecs: at }), createdAt: new Date(at).toISOString() };
  const triageId = triages[Math.floor(i / 10) * 3 + (i % 10) - 7];
  if (i % 10 < 7 || triageId === undefined) return content;
  return { ...content, kind: 'validation', body: { triageId, trueCategory: 'aguda', diagnosis: 'Dengue' } };
}

/** Writes records with their outbox rows, and notes what line each patient gets. */
async function writeRecords(
  db: VigiaDatabase,
  records: readonly VigiaRecord[],
  from: number,
  delivered: number,
  lines: Map<string, WorklistFields>,
): Promise<void> {
  const tx = db.transaction(['records', 'outbox'], 'readwrite', { durability: 'relaxed' });
  for (const [i, record] of records.entries()) {
    const seq = from + i + 1;
    const { id, hash } = record;
    const state = seq <= delivered ? 'delivered' : 'queued';
    const receipt = { id, hash, status: 'stored', receivedAt: record.createdAt };
    const delivery = state === 'delivered' ? { state, receipt } : { state, attempts: 0 };
    void tx.objectStore('records').put(record);
    void tx.objectStore('outbox').put({ id, seq, delivery });
    if (record.kind === 'triage') lines.set(id, rowOfTriage(record, seq, state));
    const line = record.kind === 'validation' ? lines.get(record.body.triageId) : undefined;
    if (line) lines.set(line.id, { ...line, validation: { id, state } });
  }
  await tx.done;
}

async function writeLines(db: VigiaDatabase, lines: readonly WorklistFields[]): Promise<void> {
  const tx = db.transaction(['worklist', 'codes'], 'readwrite', { durability: 'relaxed' });
  for (const line of lines) {
    void tx.objectStore('worklist').put(makeWorklistRow(line));
    void tx.objectStore('codes').put(codeRowOf(line));
  }
  await tx.done;
}

async function timed(times: number[], work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  times.push(performance.now() - start);
}

/** Times the tablet's daily reads and a save with `count` records stored, `queued` of them waiting. */
export async function measureWorklist(count: number, queued: number): Promise<WorklistTimes> {
  await seed(count, queued);
  const times: WorklistTimes = {
    worklist: [],
    badge: [],
    counts: [],
    search: [],
    nextBatch: [],
    markDelivered: [],
    save: [],
    peer: [],
  };
  const dayStart = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  for (let run = 0; run < RUNS; run += 1) {
    // A new connection each time, as when the app starts.
    await timed(times.worklist, async () => {
      const db = await openVigiaDatabase();
      await createRecordStore(db).worklist({ ...PAGE, dayStart });
      db.close();
    });
  }
  const db = await openVigiaDatabase();
  const [store, outbox] = [createRecordStore(db), createOutbox(db)];
  for (let run = 0; run < RUNS; run += 1) {
    await timed(times.badge, async () => store.worklistCounts());
    await timed(times.counts, async () => store.counts());
    await timed(times.search, async () => store.worklist({ ...PAGE, dayStart, search: `${count - 10 - run}` }));
    await timed(times.nextBatch, async () => outbox.nextBatch(BATCH_LINES, BATCH_BYTES));
  }
  for (let run = 0; run < 5; run += 1) {
    const { lines } = await outbox.nextBatch(BATCH_LINES, BATCH_BYTES);
    const receivedAt = new Date().toISOString();
    const receipts = lines.map(({ id, hash }) => ({ id, hash, status: 'stored', receivedAt }) as const);
    await timed(times.markDelivered, async () => outbox.markDelivered(receipts));
  }
  for (let i = 0; i < 100; i += 1) await timed(times.save, async () => store.append(triageContent(count + i)));
  for (let run = 0; run < 3; run += 1) await timed(times.peer, async () => readEverything(db));
  db.close();
  return times;
}

async function readEverything(db: VigiaDatabase): Promise<readonly unknown[]> {
  const rows = (await db.getAll('records')) as VigiaRecord[];
  return rows.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1)).slice(0, PAGE.limit);
}
