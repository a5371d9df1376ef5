import type { TriageInputs } from '../form/triage-inputs.ts';
import { RECORD_SCHEMA_VERSION, type RecordContent } from './record.ts';

/** Invented records for tests: no patient is behind them. */

export const SAMPLE_DEVICE = '00000000-0000-4000-8000-000000000001';

/** A well-formed UUIDv7; a larger number sorts later. */
export function sampleId(number: number): string {
  return `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

export const SAMPLE_INPUTS: TriageInputs = {
  patientCode: 'P-001',
  age: { value: 47, unit: 'a' },
  sex: 'F',
  vitals: {
    hr_bpm: { state: 'measured', typed: '92', unit: '/min', value: 92, confirmedUnusual: false },
    temp_c: { state: 'measured', typed: '38,4', unit: 'Cel', value: 38.4, confirmedUnusual: false },
    rr_bpm: { state: 'not-measured' },
  },
  symptoms: ['fiebre'],
};

export function sampleTriage(number: number, change: Partial<TriageInputs> = {}, deviceId = SAMPLE_DEVICE) {
  return {
    id: sampleId(number),
    kind: 'triage',
    schemaVersion: RECORD_SCHEMA_VERSION,
    createdAt: '2026-03-02T08:15:00-05:00',
    deviceId,
    siteId: 'test',
    userId: '',
    body: {
      inputs: { ...SAMPLE_INPUTS, ...change },
      shown: { status: 'unavailable', reason: 'missing' },
      model: null,
      clinicianFirst: false,
    },
  } as const satisfies RecordContent;
}

export function sampleValidation(number: number, triageId: string, deviceId = SAMPLE_DEVICE) {
  return {
    id: sampleId(number),
    kind: 'validation',
    schemaVersion: RECORD_SCHEMA_VERSION,
    createdAt: '2026-03-20T10:00:00-05:00',
    deviceId,
    siteId: 'test',
    userId: '',
    body: { triageId, trueCategory: 'aguda', diagnosis: 'Dengue sin signos de alarma' },
  } as const satisfies RecordContent;
}
