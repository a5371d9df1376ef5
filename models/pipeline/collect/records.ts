import { VITAL_IDS, type VitalId } from '#domain/form/vitals.ts';
import { isIntact } from '#domain/records/hash.ts';
import { recordSchema, type TriageRecord, type ValidationRecord } from '#domain/records/record.ts';
import { chainPlaces } from './chain.ts';
import { impossibleValue, type LabelledVisit } from './labelled-visit.ts';
import { type CollectReport, refuse, warn } from './ledger.ts';
import type { StoredEnvelope } from './store.ts';
import { symptomNamed } from './vocabulary.ts';

/**
 * Joins uploaded triages with their latest validation. A record is believed only when it parses and its hash is the
 * one of its content.
 */
export function collectRecords(
  envelopes: Iterable<StoredEnvelope>,
  source: string,
  report: CollectReport,
  keep: (visit: LabelledVisit) => boolean,
): void {
  const triages = new Map<string, TriageRecord>();
  const validations: ValidationRecord[] = [];
  const seen = new Set<string>();
  for (const stored of envelopes) {
    const reading = readEnvelope(stored);
    const ledger = reading.kind === 'validation' ? 'validations' : 'visits';
    report[ledger].read += 1;
    const problem = 'reason' in reading ? reading : seen.has(stored.id) ? { reason: 'duplicate' } : undefined;
    seen.add(stored.id);
    if (problem) refuse(report, ledger, { source, where: stored.id, ...withoutKind(problem) });
    else if ('record' in reading && reading.record.kind === 'triage') triages.set(stored.id, reading.record);
    else if ('record' in reading && reading.record.kind === 'validation') validations.push(reading.record);
  }
  const latest = latestByTriage(validations, chainPlaces([...triages.values(), ...validations]));
  const used = new Set<string>();
  for (const triage of triages.values()) {
    const validation = latest.get(triage.id);
    if (collectTriage(triage, validation, source, report, keep) && validation) used.add(validation.id);
  }
  bookValidations(validations, triages, latest, used, source, report);
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
  validations: readonly ValidationRecord[],
  places: ReturnType<typeof chainPlaces>,
): ReadonlyMap<string, ValidationRecord> {
  const isLater = (a: ValidationRecord, b: ValidationRecord): boolean => {
    const [placeA, placeB] = [places.get(a.hash), places.get(b.hash)];
    if (placeA && placeB && placeA.piece === placeB.piece) return placeA.position > placeB.position;
    const difference = Date.parse(a.createdAt) - Date.parse(b.createdAt);
    return difference > 0 || (difference === 0 && a.id > b.id);
  };
  const latest = new Map<string, ValidationRecord>();
  for (const validation of validations) {
    const known = latest.get(validation.body.triageId);
    if (!known || isLater(validation, known)) latest.set(validation.body.triageId, validation);
  }
  return latest;
}

function collectTriage(
  triage: TriageRecord,
  validation: ValidationRecord | undefined,
  source: string,
  report: CollectReport,
  keep: (visit: LabelledVisit) => boolean,
): boolean {
  const refused = (reason: string, detail?: string): false => {
    refuse(report, 'visits', { source, where: triage.id, reason, ...(detail !== undefined && { detail }) });
    return false;
  };
  if (!validation) return refused('unvalidated');
  const { trueCategory } = validation.body;
  if (trueCategory === 'unknown') return refused('unknown-category', 'the true category could not be found out');
  const vitals = vitalsOf(triage);
  const impossible = impossibleValue(vitals, triage.body.inputs.age);
  if (impossible !== undefined) return refused('impossible-value', impossible);
  const { age, sex, onOxygen } = triage.body.inputs;
  const isNew = keep({
    visitId: triage.id,
    source: 'vigia',
    year: triage.createdAt.slice(0, 4),
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
  if (!isNew) return refused('duplicate');
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
  validations: readonly ValidationRecord[],
  triages: ReadonlyMap<string, TriageRecord>,
  latest: ReadonlyMap<string, ValidationRecord>,
  used: ReadonlySet<string>,
  source: string,
  report: CollectReport,
): void {
  for (const { id, body } of validations) {
    if (used.has(id)) {
      report.validations.kept += 1;
      continue;
    }
    const hasTriage = triages.has(body.triageId);
    const isLatest = latest.get(body.triageId)?.id === id;
    const reason = !hasTriage ? 'no-such-triage' : isLatest ? 'visit-not-used' : 'superseded';
    refuse(report, 'validations', { source, where: id, reason });
  }
}
