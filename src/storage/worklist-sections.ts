import type { IDBPObjectStore, StoreNames } from 'idb';
import type { WorklistQuery } from '#workflows/ports.ts';
import type { VigiaDatabase } from './database.ts';
import { foldCode, passesFilter, readWorklistRow, type WorklistFields } from './worklist-row.ts';

type Schema = VigiaDatabase extends import('idb').IDBPDatabase<infer S> ? S : never;
type WorklistStore = IDBPObjectStore<Schema, ArrayLike<StoreNames<Schema>>, 'worklist', 'readonly'>;
type CodeStore = IDBPObjectStore<Schema, ArrayLike<StoreNames<Schema>>, 'codes', 'readonly'>;

/** Rows of the index as stored, in the order they are shown. */
export interface SectionRows {
  readonly pending: readonly unknown[];
  readonly today: readonly unknown[];
  readonly earlier: readonly unknown[];
  /** How many rows a search found in all; without a search the list's own count says it. */
  readonly matching?: number;
}

/** The first rows of each section, together at most `limit`. */
export async function readSections(store: WorklistStore, codes: CodeStore, query: WorklistQuery): Promise<SectionRows> {
  const wanted = foldCode(query.search.trim());
  return wanted === '' ? readLists(store, query) : searchRows(store, codes, query, wanted);
}

async function readLists(store: WorklistStore, { filter, dayStart, limit }: WorklistQuery): Promise<SectionRows> {
  const index = store.index('by-list');
  const list = filter === 'pending' ? 'all' : filter;
  const isOfValidated = filter !== 'pending' && limit > 0;
  const [pending, todayPending, todayValidated, earlier] = await Promise.all([
    limit > 0 ? index.getAll(IDBKeyRange.bound([list, 'pending'], [list, 'pending', dayStart]), limit) : [],
    // All of today's: they are kept oldest first, and it is the newest that are shown.
    index.getAll(IDBKeyRange.bound([list, 'pending', dayStart], [list, 'pending', []])),
    // Newest first: times stand negated, and the whole of today lies before its first millisecond.
    isOfValidated
      ? index.getAll(IDBKeyRange.bound([list, 'validated'], [list, 'validated', -dayStart, []]), limit)
      : [],
    isOfValidated
      ? index.getAll(IDBKeyRange.bound([list, 'validated', -dayStart, []], [list, 'validated', []]), limit)
      : [],
  ]);
  const today = [...todayPending, ...todayValidated].map(matchOf).toSorted(newestFirst);
  return cut({ pending, today: today.map(({ row }) => row), earlier }, limit);
}

/** More matches than this are quicker read in one go than one by one. */
const FEW = 2000;

async function searchRows(
  store: WorklistStore,
  codes: CodeStore,
  query: WorklistQuery,
  wanted: string,
): Promise<SectionRows> {
  const keys = await codes.index('by-tail').getAllKeys(IDBKeyRange.bound(wanted, `${wanted}\uffff`), 2 * FEW);
  const ids = [...new Set(keys)];
  const rows =
    keys.length < 2 * FEW && ids.length <= FEW
      ? await Promise.all(ids.map((id) => store.get(id)))
      : await store.getAll();
  return sortIntoSections(rows, query, wanted);
}

interface Match {
  readonly row: unknown;
  readonly fields: WorklistFields | undefined;
}

const matchOf = (row: unknown): Match => ({ row, fields: readWorklistRow(row) });

/** The one saved last first when two have the same time. A row that no longer reads comes first, to be put right. */
function newestFirst({ fields: a }: Match, { fields: b }: Match): number {
  if (!a || !b) return Number(Boolean(a)) - Number(Boolean(b));
  return b.at - a.at || b.seq - a.seq;
}

function sortIntoSections(
  rows: readonly unknown[],
  { filter, dayStart, limit }: WorklistQuery,
  wanted: string,
): SectionRows {
  const found = rows
    .map(matchOf)
    .filter(({ fields }) => fields && foldCode(fields.code).includes(wanted) && passesFilter(fields, filter))
    .toSorted(newestFirst);
  const rowsOf = (isWanted: (fields: WorklistFields) => boolean): readonly unknown[] =>
    found.filter(({ fields }) => fields && isWanted(fields)).map(({ row }) => row);
  const sections = {
    pending: rowsOf(({ at, validation }) => at < dayStart && !validation).toReversed(),
    today: rowsOf(({ at }) => at >= dayStart),
    earlier: rowsOf(({ at, validation }) => at < dayStart && validation !== undefined),
  };
  return { ...cut(sections, limit), matching: found.length };
}

function cut({ pending, today, earlier }: SectionRows, limit: number): SectionRows {
  const left = (used: number): number => Math.max(0, limit - used);
  return {
    pending: pending.slice(0, limit),
    today: today.slice(0, left(pending.length)),
    earlier: earlier.slice(0, left(pending.length + today.length)),
  };
}
