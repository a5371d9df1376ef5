import type { TriageRecord, ValidationRecord, VigiaRecord } from '#domain/records/record.ts';
import type { WorklistEntry, WorklistFilter, WorklistPage, WorklistQuery } from '#workflows/ports.ts';
import type { VigiaDatabase } from './database.ts';
import { deliveryOf, idOfRow, readOutboxRow, readRecordRow } from './rows.ts';

/** The worklist computed from every record on the tablet: slow, plain, and what the index must agree with. */
export async function worklistOfAll(db: VigiaDatabase, query: WorklistQuery): Promise<WorklistPage> {
  const [rows, outboxRows] = await Promise.all([db.getAll('records'), db.getAll('outbox')]);
  const outbox = new Map(outboxRows.map((row) => [idOfRow(row), row]));
  const records = new Map(rows.map((row) => [idOfRow(row), readRecordRow(row)]));
  const seqOf = (id: string): number => readOutboxRow(outbox.get(id))?.seq ?? 0;
  const ids = [...new Set([...records.keys(), ...outbox.keys()])].toSorted((a, b) => seqOf(b) - seqOf(a));
  const readable = ids.map((id) => records.get(id)).filter((record) => record !== undefined);
  const all = readable
    .filter((record) => record.kind === 'triage')
    .map((triage) => entryOf(triage, readable, outbox))
    .toSorted((a, b) => timeOf(b) - timeOf(a));
  const damaged = ids.filter((id) => !records.get(id));
  return pageOf(all, damaged, query);
}

/** `records` newest first. */
function entryOf(
  triage: TriageRecord,
  records: readonly VigiaRecord[],
  outbox: ReadonlyMap<string, unknown>,
): WorklistEntry {
  const isOfTriage = (record: VigiaRecord): record is ValidationRecord =>
    record.kind === 'validation' && record.body.triageId === triage.id;
  const record = records.find(isOfTriage);
  return {
    triage,
    delivery: deliveryOf(outbox.get(triage.id)),
    ...(record && { validation: { record, delivery: deliveryOf(outbox.get(record.id)) } }),
  };
}

function pageOf(all: readonly WorklistEntry[], damaged: readonly string[], query: WorklistQuery): WorklistPage {
  const { filter, dayStart, limit } = query;
  const search = query.search.trim().toLowerCase();
  const count = (of: WorklistFilter, more: number): number => all.filter((entry) => passes(entry, of)).length + more;
  const shown = all.filter(
    (entry) => passes(entry, filter) && entry.triage.body.inputs.patientCode.toLowerCase().includes(search),
  );
  const pending = shown.filter((entry) => timeOf(entry) < dayStart && !entry.validation).toReversed();
  const today = shown.filter((entry) => timeOf(entry) >= dayStart);
  const earlier = shown.filter((entry) => timeOf(entry) < dayStart && entry.validation);
  const first = new Set([...pending, ...today, ...earlier].slice(0, limit));
  const cut = (entries: readonly WorklistEntry[]) => entries.filter((entry) => first.has(entry));
  const hasDamaged = filter === 'all' || filter === 'attention';
  return {
    counts: {
      all: count('all', damaged.length),
      pending: count('pending', 0),
      queued: count('queued', 0),
      attention: count('attention', damaged.length),
    },
    damaged: hasDamaged ? damaged.filter((id) => id.includes(search)) : [],
    pending: cut(pending),
    today: cut(today),
    earlier: cut(earlier),
    hidden: shown.length - first.size,
  };
}

const timeOf = (entry: WorklistEntry): number => Date.parse(entry.triage.createdAt);

function passes({ delivery, validation }: WorklistEntry, filter: WorklistFilter): boolean {
  const isIn = (state: string): boolean => delivery.state === state || validation?.delivery.state === state;
  switch (filter) {
    case 'all':
      return true;
    case 'pending':
      return validation === undefined;
    case 'queued':
      return isIn('queued');
    case 'attention':
      return isIn('quarantined');
  }
}
