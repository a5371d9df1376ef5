import type { VigiaRecord } from '#domain/records/record.ts';
import type { StoreName, VigiaDatabase } from './database.ts';
import { FRESH_DELIVERY, idOfRow, readOutboxRow, readRecordRow } from './rows.ts';
import { inStrictTransaction } from './strict-transaction.ts';
import { dropTally, readTally, recount } from './tally.ts';
import { INDEXED_STORES, reindex } from './worklist-index.ts';
import { codeRowOf, isSameRow, rowOfTriage } from './worklist-row.ts';

/** Records read in one go. */
const PAGE = 500;
/** Records verified between two pauses: a few milliseconds on a slow tablet, so that typing never waits. */
const SLICE = 20;

export interface CheckOptions {
  /** Settles when the page has nothing better to do. */
  readonly whenIdle: () => Promise<void>;
  /** Called after lines of the worklist were made again. */
  readonly onRepair?: () => void;
}

/**
 * Verifies every record on the tablet and every line of the worklist against its records, a little at a time. Damaged
 * records are set aside, wrong or missing lines made again. Returns how many ids needed it. Run once after start.
 */
export async function checkRecords(db: VigiaDatabase, options: CheckOptions): Promise<number> {
  let repaired = 0;
  const repair = async (ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return;
    await inStrictTransaction(db, [...INDEXED_STORES], async (tx) => {
      for (const id of ids) await reindex(tx, id);
      await dropTally(tx.objectStore('meta'));
    });
    repaired += ids.length;
    options.onRepair?.();
  };
  for await (const ids of pagesOf(db, 'records')) await repair(await suspectRecords(db, ids, options.whenIdle));
  for (const name of ['outbox', 'worklist', 'codes', 'damaged'] as const)
    for await (const ids of pagesOf(db, name)) {
      await options.whenIdle();
      await repair(await withoutRecord(db, ids, name));
    }
  if (!(await readTally(db.transaction('meta').store))) await recount(db);
  return repaired;
}

async function* pagesOf(db: VigiaDatabase, name: StoreName): AsyncGenerator<readonly string[]> {
  let range: IDBKeyRange | null = null;
  for (;;) {
    const ids: string[] = await db.getAllKeys(name, range, PAGE);
    yield ids;
    const last = ids.at(-1);
    if (last === undefined || ids.length < PAGE) return;
    range = IDBKeyRange.lowerBound(last, true);
  }
}

interface CheckedRow {
  readonly id: string;
  readonly row: unknown;
  readonly outboxRow: unknown;
  readonly line: unknown;
  readonly code: unknown;
  readonly isSetAside: boolean;
  /** Outbox rows of the validations not set aside, when the row is a triage. */
  readonly validations: readonly unknown[];
}

/** The records that are damaged, or not told as they are. Read in one transaction, verified outside it with pauses. */
async function suspectRecords(
  db: VigiaDatabase,
  ids: readonly string[],
  whenIdle: CheckOptions['whenIdle'],
): Promise<readonly string[]> {
  await whenIdle();
  const tx = openTransaction(db);
  const rows = await Promise.all(ids.map((id) => readChecked(tx, id)));
  const suspects: string[] = [];
  for (const [position, row] of rows.entries()) {
    if (position % SLICE === SLICE - 1) await whenIdle();
    if (!isToldAsItIs(row)) suspects.push(row.id);
  }
  return suspects;
}

const openTransaction = (db: VigiaDatabase) => db.transaction(INDEXED_STORES);
type ReadTransaction = ReturnType<typeof openTransaction>;

async function readChecked(tx: ReadTransaction, id: string): Promise<CheckedRow> {
  const [row, outboxRow, line, code, damagedKey, validations] = await Promise.all([
    tx.objectStore('records').get(id),
    tx.objectStore('outbox').get(id),
    tx.objectStore('worklist').get(id),
    tx.objectStore('codes').get(id),
    tx.objectStore('damaged').getKey(id),
    readValidations(tx, id),
  ]);
  return { id, row, outboxRow, line, code, isSetAside: damagedKey !== undefined, validations };
}

async function readValidations(tx: ReadTransaction, triageId: string): Promise<readonly unknown[]> {
  const ids = await tx.objectStore('records').index('by-triage').getAllKeys(triageId);
  const rows = await Promise.all(
    ids.map(async (id) => {
      const isSetAside = (await tx.objectStore('damaged').getKey(id)) !== undefined;
      return isSetAside ? [] : [(await tx.objectStore('outbox').get(id)) ?? { id }];
    }),
  );
  return rows.flat();
}

function isToldAsItIs({ row, outboxRow, line, code, isSetAside, validations }: CheckedRow): boolean {
  const record = readRecordRow(row);
  if (!record) return isSetAside && line === undefined && code === undefined;
  if (isSetAside) return false;
  if (record.kind === 'validation') return true;
  const expected = expectedLine(record, outboxRow, validations);
  return isSameRow(line, expected) && isSameRow(code, codeRowOf(expected));
}

function expectedLine(
  triage: Extract<VigiaRecord, { kind: 'triage' }>,
  outboxRow: unknown,
  validations: readonly unknown[],
) {
  const seqOf = (row: unknown): number => readOutboxRow(row)?.seq ?? 0;
  const stateOf = (row: unknown) => (readOutboxRow(row)?.delivery ?? FRESH_DELIVERY).state;
  const last = validations.toSorted((a, b) => seqOf(a) - seqOf(b)).at(-1);
  const latest = last === undefined ? undefined : { id: idOfRow(last), state: stateOf(last) };
  return rowOfTriage(triage, seqOf(outboxRow), stateOf(outboxRow), latest);
}

/** Ids of a store whose record is gone, or that are set aside although the record is there again. */
async function withoutRecord(
  db: VigiaDatabase,
  ids: readonly string[],
  name: 'outbox' | 'worklist' | 'codes' | 'damaged',
): Promise<readonly string[]> {
  const tx = openTransaction(db);
  const checked = await Promise.all(
    ids.map(async (id) => {
      const [record, setAside, entry] = await Promise.all([
        tx.objectStore('records').getKey(id),
        tx.objectStore('damaged').getKey(id),
        tx.objectStore('outbox').getKey(id),
      ]);
      if (record !== undefined) return [];
      const isTold = name === 'outbox' ? setAside !== undefined : name === 'damaged' && entry !== undefined;
      return isTold ? [] : [id];
    }),
  );
  return checked.flat();
}
