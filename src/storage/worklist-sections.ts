import type { IDBPObjectStore, StoreNames } from 'idb';
import type { WorklistQuery } from '#workflows/ports.ts';
import type { VigiaDatabase } from './database.ts';
import { foldCode, passesFilter, readWorklistRow, type WorklistFields, type WorklistOrder } from './worklist-row.ts';

type Schema = VigiaDatabase extends import('idb').IDBPDatabase<infer S> ? S : never;
type WorklistStore = IDBPObjectStore<Schema, ArrayLike<StoreNames<Schema>>, 'worklist', 'readonly'>;

/** Rows of the index as stored, in the order they are shown. */
export interface SectionRows {
  readonly pending: readonly unknown[];
  readonly today: readonly unknown[];
  readonly earlier: readonly unknown[];
  /** How many rows a search found in all; without a search the list's own count says it. */
  readonly matching?: number;
}

/** The first rows of each section, together at most `limit`. */
export async function readSections(store: WorklistStore, query: WorklistQuery): Promise<SectionRows> {
  const wanted = foldCode(query.search.trim());
  return wanted === '' ? readLists(store, query) : searchRows(store, query, wanted);
}

async function readLists(store: WorklistStore, { filter, dayStart, limit }: WorklistQuery): Promise<SectionRows> {
  const list = store.index('by-list');
  const read = async (order: WorklistOrder, from: readonly unknown[], to: readonly unknown[]): Promise<unknown[]> =>
    limit > 0
      ? list.getAll(IDBKeyRange.bound([filter, order, ...from], [filter, order, ...to], false, true), limit)
      : [];
  const [pending, today, earlier] = await Promise.all([
    read('pending', [], [dayStart]),
    // Newest first: times stand negated, and the whole of today lies before its first millisecond.
    read('any', [], [-dayStart, []]),
    read('validated', [-dayStart, []], [[]]),
  ]);
  return cut({ pending, today, earlier }, limit);
}

/** More matches than this are quicker read in one go than one by one. */
const FEW = 2000;

async function searchRows(store: WorklistStore, query: WorklistQuery, wanted: string): Promise<SectionRows> {
  const keys = await store.index('by-tail').getAllKeys(IDBKeyRange.bound(wanted, `${wanted}\uffff`), 2 * FEW);
  const ids = [...new Set(keys)];
  const rows =
    keys.length < 2 * FEW && ids.length <= FEW
      ? await Promise.all(ids.map((id) => store.get(id)))
      : await store.getAll();
  return sortIntoSections(rows, query, wanted);
}

interface Match {
  readonly row: unknown;
  readonly fields: WorklistFields;
}

function sortIntoSections(rows: readonly unknown[], { filter, dayStart, limit }: WorklistQuery, wanted: string) {
  const oldestFirst = rows
    .flatMap((row): Match[] => {
      const fields = readWorklistRow(row);
      return fields && foldCode(fields.code).includes(wanted) && passesFilter(fields, filter) ? [{ row, fields }] : [];
    })
    .toSorted((a, b) => a.fields.at - b.fields.at || a.fields.seq - b.fields.seq);
  const rowsOf = (isWanted: (fields: WorklistFields) => boolean): readonly unknown[] =>
    oldestFirst.filter(({ fields }) => isWanted(fields)).map(({ row }) => row);
  const sections = {
    pending: rowsOf(({ at, validation }) => at < dayStart && !validation),
    today: rowsOf(({ at }) => at >= dayStart).toReversed(),
    earlier: rowsOf(({ at, validation }) => at < dayStart && validation !== undefined).toReversed(),
  };
  return { ...cut(sections, limit), matching: oldestFirst.length };
}

function cut({ pending, today, earlier }: SectionRows, limit: number): SectionRows {
  const left = (used: number): number => Math.max(0, limit - used);
  return {
    pending: pending.slice(0, limit),
    today: today.slice(0, left(pending.length)),
    earlier: earlier.slice(0, left(pending.length + today.length)),
  };
}
