import { openDB } from 'idb';
import { v7 as uuidv7 } from 'uuid';
import { RECORD_SCHEMA_VERSION, type RecordContent } from '#domain/records/record.ts';
import { SAMPLE_FORECAST } from '#domain/records/record-samples.ts';

const DEVICE_ID = '0190a000-0000-7000-8000-000000000000';

/** A triage of ordinary size. */
export function triageContent(i: number): RecordContent {
  const measured = (typed: string, unit: string, value: number) =>
    ({ state: 'measured', typed, unit, value, confirmedUnusual: false }) as const;
  return {
    id: uuidv7(),
    kind: 'triage',
    schemaVersion: RECORD_SCHEMA_VERSION,
    createdAt: new Date().toISOString(),
    deviceId: DEVICE_ID,
    siteId: 'Bench',
    userId: 'bench',
    body: {
      inputs: {
        patientCode: `B-${i}`,
        age: { value: 20 + (i % 60), unit: 'a' },
        sex: i % 2 === 0 ? 'F' : 'M',
        vitals: {
          hr_bpm: measured('104', '/min', 104),
          temp_c: measured('38,6', 'Cel', 38.6),
          sbp_mmhg: measured('108', 'mm[Hg]', 108),
          dbp_mmhg: measured('66', 'mm[Hg]', 66),
          rr_bpm: measured('24', '/min', 24),
          spo2_pct: measured('94', '%', 94),
        },
        symptoms: ['fiebre', 'tos'],
      },
      shown: SAMPLE_FORECAST,
      model: null,
      clinicianFirst: false,
    },
  };
}

/** The peer: what most apps do, one relaxed put into one store, no chain, no hash, no outbox. */
export async function plainPut(): Promise<(content: RecordContent) => Promise<void>> {
  const database = await openDB('bench-plain', 1, {
    upgrade: (db) => {
      db.createObjectStore('records', { keyPath: 'id' });
    },
  });
  return async (content) => {
    const transaction = database.transaction('records', 'readwrite', { durability: 'relaxed' });
    await transaction.store.put(content);
    await transaction.done;
  };
}
