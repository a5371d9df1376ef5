import { VITAL_IDS, type VitalId } from '#domain/form/vitals.ts';
import { isIntact } from '#domain/records/hash.ts';
import { recordSchema, type TriageRecord, type ValidationRecord } from '#domain/records/record.ts';
import { chainPlaces } from './chain.ts';
import { impossibleValue, type LabelledVisit } from './labelled-visit.ts';
import { IdSet } from './id-set.ts';
import { type CollectReport, type Keeping, refuse, warn } from './ledger.ts';
import type { StoredEnvelope } from './store.ts';
import { symptomNamed } from './vocabulary.ts';

/**
 * Joins uploaded triages with their latest validation. A record is believed only when it parses and its hash is the
 * one of its content.
 */
export function collectRecords(
  read: () => Iterable<StoredEnvelope>,
  source: string,
  report: CollectReport,
  keep: (visit: LabelledVisit) => Keeping,
  latestDay: string,
): void {
  const { triageIds, validations, links } = firstPass(read(), source, report);
  const latest = latestByTriage(validations, chainPlaces(links));
  const used = new Set<string>();
  const joined = new IdSet();
  for (const stored of read()) {
    if (!triageIds.has(stored.id) || joined.add(stored.id) !== 'new') continue;
    const reading = readEnvelope(stored);
    if (!('record' in reading) || reading.record.kind !== 'triage') continue;
    const validation = latest.get(stored.id);
    const isUsed = collectTriage(reading.record, validation, source, report, keep, latestDay);
    if (isUsed && validation) used.add(validation.id);
  }
  bookValidations(validations, triageIds, latest, used, source, report);
}

/** What has to be remembered of a validation; triages are read again, so that memory holds only their links. */
interface Validated {
  readonly id: string;
  readonly triageId: string;
  readonly atMs: number;
  readonly hash: string;
  readonly trueCategory: ValidationRecord['body']['trueCategory'];
}

function firstPass(envelopes: Iterable<StoredEnvelope>, source: string, report: CollectReport) {
  const [seen, triageIds] = [new IdSet(), new IdSet()];
  const validations: Validated[] = [];
  const links: Pick<TriageRecord, 'hash' | 'prevHash'>[] = [];
  for (const stored of envelopes) {
    const reading = readEnvelope(stored);
    const ledger = reading.kind === 'validation' ? 'validations' : 'visits';
    report[ledger].read += 1;
    const isNew = seen.add(stored.id) === 'new';
    const problem = 'reason' in reading ? reading : isNew ? undefined : { reason: 'duplicate' };
    if (problem) refuse(report, ledger, { source, where: stored.id, ...withoutKind(problem) });
    if (problem || !('record' in reading)) continue;
    const { record } = reading;
    if (record.kind === 'triage') triageIds.add(stored.id);
    else if (record.kind === 'validation') validations.push(compact(record));
    else continue;
    links.push({ hash: record.hash, prevHash: record.prevHash });
  }
  return { triageIds, validations, links };
}

function compact({ id, createdAt, body, hash }: ValidationRecord): Validated {
  return { id, triageId: body.triageId, atMs: Date.parse(createdAt), hash, trueCategory: body.trueCategory };
}

type Reading =
  | { readonly kind: string; readonly record: TriageRecord | ValidationRecord }
  | { readonly kind: string; readonly reason: string; readonly detail: string };

function readEnvelope({ id, envelope }: StoredEnvelope): Reading {
  let json: unknown;
  try {
    json = JSON.parse(envelope);
  } catch (error) {
    return { kind: 'unknown', reason: 'malformed-record', detail: error instanceof Error ? error.message : 'no JSON' };
  }
  const kind = typeof json === 'object' && json !== null && 'kind' in json ? String(json.kind) : 'unknown';
  const parsed = recordSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { kind, reason: 'malformed-record', detail: `${issue?.path.join('.')}: ${issue?.code}` };
  }
  if (parsed.data.id !== id || !isIntact(parsed.data))
    return { kind, reason: 'hash-mismatch', detail: 'id or hash is not that of the content' };
  return { kind, record: parsed.data };
}

function withoutKind({ reason, detail }: { reason: string; detail?: string }) {
  return { reason, ...(detail !== undefined && { detail }) };
}

/**
 * The one saved last. A tablet's own records tell it by their chain, which no clock set back can turn round; those of two
 * tablets, and of a chain with records missing between, by the time they were made.
 */
function latestByTriage(
  validations: readonly Validated[],
  places: ReturnType<typeof chainPlaces>,
): ReadonlyMap<string, Validated> {
  const isLater = (a: Validated, b: Validated): boolean => {
    const [placeA, placeB] = [places.get(a.hash), places.get(b.hash)];
    if (placeA && placeB && placeA.piece === placeB.piece) return placeA.position > placeB.position;
    const difference = a.atMs - b.atMs;
    return difference > 0 || (difference === 0 && a.id > b.id);
  };
  const latest = new Map<string, Validated>();
  for (const validation of validations) {
    const known = latest.get(validation.triageId);
    if (!known || isLater(validation, known)) latest.set(validation.triageId, validation);
  }
  return latest;
}

function collectTriage(
  triage: TriageRecord,
  validation: Validated | undefined,
  source: string,
  report: CollectReport,
  keep: (visit: LabelledVisit) => Keeping,
  latestDay: string,
): boolean {
  const refused = (reason: string, detail?: string): false => {
    refuse(report, 'visits', { source, where: triage.id, reason, ...(detail !== undefined && { detail }) });
    return false;
  };
  if (!validation) return refused('unvalidated');
  const { trueCategory } = validation;
  const date = triage.createdAt.slice(0, 10);
  if (date > latestDay) return refused('future-date', `createdAt: ${date} is after ${latestDay}`);
  if (trueCategory === 'unknown') return refused('unknown-category', 'the true category could not be found out');
  const vitals = vitalsOf(triage);
  const impossible = impossibleValue(vitals, triage.body.inputs.age);
  if (impossible !== undefined) return refused('impossible-value', impossible);
  const { age, sex, onOxygen } = triage.body.inputs;
  const keeping = keep({
    visitId: triage.id,
    source: 'vigia',
    year: date.slice(0, 4),
    date,
    site: triage.siteId || triage.deviceId,
    ageYears: age.unit === 'mo' ? Math.floor(age.value / 12) : age.value,
    ...(sex && { sex }),
    vitals,
    flags: onOxygen === undefined ? {} : { on_oxygen: onOxygen },
    symptoms: symptomsOf(triage, (detail) =>
      warn(report, { source, where: triage.id, reason: 'unknown-symptom', detail }),
    ),
    label: trueCategory,
  });
  if (keeping !== 'kept') return refused(keeping);
  report.visits.kept += 1;
  return true;
}

function vitalsOf(triage: TriageRecord): Partial<Record<VitalId, number>> {
  const vitals: Partial<Record<VitalId, number>> = {};
  for (const id of VITAL_IDS) {
    const entry = triage.body.inputs.vitals[id];
    if (entry && entry.state !== 'not-measured') vitals[id] = entry.value;
  }
  return vitals;
}

function symptomsOf(triage: TriageRecord, unknown: (detail: string) => void): readonly string[] {
  return triage.body.inputs.symptoms.filter((slug) => {
    const isKnown = symptomNamed(slug) === slug;
    if (!isKnown) unknown(`symptoms: "${slug.slice(0, 40)}"`);
    return isKnown;
  });
}

function bookValidations(
  validations: readonly Validated[],
  triageIds: IdSet,
  latest: ReadonlyMap<string, Validated>,
  used: ReadonlySet<string>,
  source: string,
  report: CollectReport,
): void {
  for (const { id, triageId } of validations) {
    if (used.has(id)) {
      report.validations.kept += 1;
      continue;
    }
    const hasTriage = triageIds.has(triageId);
    const isLatest = latest.get(triageId)?.id === id;
    const reason = !hasTriage ? 'no-such-triage' : isLatest ? 'visit-not-used' : 'superseded';
    refuse(report, 'validations', { source, where: id, reason });
  }
}
