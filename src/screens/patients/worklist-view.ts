import type { Category } from '#domain/categories.ts';
import type { Delivery } from '#domain/records/delivery.ts';
import type { TriageRecord } from '#domain/records/record.ts';
import type { WorklistEntry, WorklistFilter, WorklistPage } from '#workflows/ports.ts';
import { calendarDay } from './calendar-day.ts';

export const WORKLIST_FILTERS = ['all', 'pending', 'queued', 'attention'] as const satisfies readonly WorklistFilter[];

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

/** A page of the worklist as rows, section by section. */
export interface WorklistView {
  readonly pending: readonly PatientRow[];
  readonly today: readonly PatientRow[];
  readonly earlier: readonly PatientRow[];
}

/** Turns a page of entries into what is shown of them. `now`: ISO 8601 with the device's offset, says what today is. */
export function viewWorklist(page: Pick<WorklistPage, keyof WorklistView>, now: string): WorklistView {
  const rowsOf = (entries: readonly WorklistEntry[]): readonly PatientRow[] =>
    entries.map((entry) => toRow(entry, calendarDay(now, now), now));
  return { pending: rowsOf(page.pending), today: rowsOf(page.today), earlier: rowsOf(page.earlier) };
}

function toRow(entry: WorklistEntry, today: number, now: string): PatientRow {
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
