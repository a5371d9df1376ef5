import { DatabaseSync } from 'node:sqlite';
import { sealRecord } from '#domain/records/hash.ts';
import { RECORD_SCHEMA_VERSION, type RecordContent, type VigiaRecord } from '#domain/records/record.ts';

const DEVICE = '018f6b1e-7c1a-7000-8000-0000000000aa';
const COMMON = { schemaVersion: RECORD_SCHEMA_VERSION, deviceId: DEVICE, siteId: 'clinica-1', userId: 'u1' } as const;

/** A UUIDv7 with a number in its tail. */
export function idOf(n: number): string {
  return `018f6b1e-7c1a-7000-8000-${String(n).padStart(12, '0')}`;
}

type TriageContent = Extract<RecordContent, { kind: 'triage' }>;
type ValidationContent = Extract<RecordContent, { kind: 'validation' }>;

/** A sealed triage as a tablet makes it. */
export function triage(n: number, inputs: Partial<TriageContent['body']['inputs']> = {}): VigiaRecord {
  return sealRecord(
    {
      ...COMMON,
      id: idOf(n),
      kind: 'triage',
      createdAt: '2026-11-02T08:00:00-03:00',
      body: {
        inputs: {
          patientCode: `P${n}`,
          age: { value: 45, unit: 'a' },
          sex: 'F',
          vitals: { hr_bpm: measured(88), temp_c: measured(38.2), spo2_pct: { state: 'not-measured' } },
          onOxygen: false,
          symptoms: ['fiebre', 'disnea'],
          ...inputs,
        },
        shown: { status: 'unavailable', reason: 'missing' },
        model: null,
        clinicianFirst: false,
      },
    },
    null,
  );
}

/** A sealed validation of triage `of`, made on a day of December. */
export function validation(
  n: number,
  of: number,
  trueCategory: ValidationContent['body']['trueCategory'],
  day = 1,
  prevHash: string | null = null,
): VigiaRecord {
  const createdAt = `2026-12-${String(day).padStart(2, '0')}T10:00:00-03:00`;
  const body = { triageId: idOf(of), trueCategory };
  return sealRecord({ ...COMMON, id: idOf(n), kind: 'validation', createdAt, body }, prevHash);
}

export function measured(value: number) {
  return { state: 'measured' as const, typed: String(value), unit: '/min', value, confirmedUnusual: false };
}

/** A store as the endpoint writes it; an envelope may also be given as text, to be wrong on purpose. */
export function writeStore(path: string, records: readonly (VigiaRecord | readonly [id: string, envelope: string])[]) {
  const database = new DatabaseSync(path);
  database.exec(
    'CREATE TABLE records(id TEXT PRIMARY KEY, hash TEXT, device_id TEXT, kind TEXT, received_at TEXT, envelope TEXT)',
  );
  const insert = database.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)');
  for (const [i, record] of records.entries()) {
    const [id, envelope] = 'id' in record ? [record.id, JSON.stringify(record)] : record;
    insert.run(id, '', DEVICE, '', `2026-12-31T00:00:${String(i).padStart(2, '0')}Z`, envelope);
  }
  database.close();
}
