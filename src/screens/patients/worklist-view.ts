import type { Category } from '#domain/categories.ts';
import type { Delivery } from '#domain/records/delivery.ts';
import type { TriageRecord } from '#domain/records/record.ts';
import type { WorklistEntry } from '#workflows/ports.ts';
import { calendarDay } from './calendar-day.ts';

export const WORKLIST_FILTERS = ['all', 'pending', 'queued', 'attention'] as const;
export type WorklistFilter = (typeof WORKLIST_FILTERS)[number];

/** What a row says about the forecast. `hidden`: the outcome is still to be told, and labels must not copy the model. */
export type RowForecast =
  | { readonly kind: 'hidden' }
  | { readonly kind: 'category'; readonly category: Category }
  | { readonly kind: 'inconclusive' }
  | { readonly kind: 'none' };

export interface PatientRow {
  readonly id: string;
  readonly code: string;
  readonly createdAt: string;
  /** Calendar days since the triage, 0 for today. */
  readonly daysAgo: number;
  readonly age: TriageRecord['body']['inputs']['age'];
  readonly sex: TriageRecord['body']['inputs']['sex'];
  readonly forecast: RowForecast;
  readonly isPending: boolean;
  readonly delivery: Delivery;
  /** Where the latest validation is, once there is one. */
  readonly validationDelivery: Delivery | undefined;
}

export interface WorklistView {
  readonly counts: Readonly<Record<WorklistFilter, number>>;
  /** Ids of rows that can no longer be read. */
  readonly damaged: readonly string[];
  /** Still to be validated, from earlier days, oldest first. */
  readonly pending: readonly PatientRow[];
  /** Today's, newest first, validated or not. */
  readonly today: readonly PatientRow[];
  /** Validated, from earlier days, newest first. */
  readonly earlier: readonly PatientRow[];
  /** Rows left out by the limit. */
  readonly hidden: number;
}

export interface WorklistQuery {
  readonly filter: WorklistFilter;
  /** Part of a patient code; upper and lower case are the same. */
  readonly search: string;
  /** ISO 8601 with the device's offset: decides what "today" is. */
  readonly now: string;
  readonly maxRows: number;
}

/** Sorts the worklist into its sections. Pure; one pass and one sort over the entries. */
export function viewWorklist(entries: readonly WorklistEntry[], query: WorklistQuery): WorklistView {
  const today = calendarDay(query.now, query.now);
  const counts = { all: 0, pending: 0, queued: 0, attention: 0 };
  const damaged: string[] = [];
  const shown: PatientRow[] = [];
  for (const entry of entries) {
    const isWanted = matchesSearch(entry, query.search);
    for (const filter of WORKLIST_FILTERS) if (passes(entry, filter)) counts[filter] += 1;
    if (!isWanted || !passes(entry, query.filter)) continue;
    if (entry.status === 'damaged') damaged.push(entry.id);
    else shown.push(toRow(entry, today, query.now));
  }
  const newestFirst = shown.toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  const sections = {
    pending: newestFirst.filter((row) => row.daysAgo > 0 && row.isPending).reverse(),
    today: newestFirst.filter((row) => row.daysAgo <= 0),
    earlier: newestFirst.filter((row) => row.daysAgo > 0 && !row.isPending),
  };
  return { counts, damaged, ...limited(sections, query.maxRows) };
}

function passes(entry: WorklistEntry, filter: WorklistFilter): boolean {
  if (filter === 'all') return true;
  if (entry.status === 'damaged') return filter === 'attention';
  if (filter === 'pending') return entry.validation === undefined;
  const wanted = filter === 'queued' ? 'queued' : 'quarantined';
  return entry.delivery.state === wanted || entry.validation?.delivery.state === wanted;
}

function matchesSearch(entry: WorklistEntry, search: string): boolean {
  const wanted = search.trim().toLocaleLowerCase();
  if (wanted === '') return true;
  const text = entry.status === 'damaged' ? entry.id : entry.triage.body.inputs.patientCode;
  return text.toLocaleLowerCase().includes(wanted);
}

function toRow(entry: Extract<WorklistEntry, { status: 'intact' }>, today: number, now: string): PatientRow {
  const { triage, delivery, validation } = entry;
  const daysAgo = today - calendarDay(triage.createdAt, now);
  const isPending = validation === undefined;
  return {
    id: triage.id,
    code: triage.body.inputs.patientCode,
    createdAt: triage.createdAt,
    daysAgo,
    age: triage.body.inputs.age,
    sex: triage.body.inputs.sex,
    forecast: isPending && daysAgo > 0 ? { kind: 'hidden' } : forecastOf(triage),
    isPending,
    delivery,
    validationDelivery: validation?.delivery,
  };
}

function forecastOf({ body: { shown } }: TriageRecord): RowForecast {
  if (shown.status !== 'given') return { kind: 'none' };
  return shown.abstained ? { kind: 'inconclusive' } : { kind: 'category', category: shown.category };
}

type Sections = Pick<WorklistView, 'pending' | 'today' | 'earlier'>;

/** Keeps a long list quick to open: the first rows only, in the order of the sections. */
function limited({ pending, today, earlier }: Sections, maxRows: number): Sections & Pick<WorklistView, 'hidden'> {
  const left = (used: number): number => Math.max(0, maxRows - used);
  const all = pending.length + today.length + earlier.length;
  return {
    pending: pending.slice(0, maxRows),
    today: today.slice(0, left(pending.length)),
    earlier: earlier.slice(0, left(pending.length + today.length)),
    hidden: Math.max(0, all - maxRows),
  };
}
