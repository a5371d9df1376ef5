import type { TriageInputs } from '../form/triage-inputs.ts';
import { RECORD_SCHEMA_VERSION, type RecordContent, type ShownForecast } from './record.ts';

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

/** A conclusive forecast: acute, chronic next. */
export const SAMPLE_FORECAST: Extract<ShownForecast, { status: 'given' }> = {
  status: 'given',
  probabilities: { no_enfermo: 0.03, leve: 0.11, aguda: 0.68, cronica: 0.17, terminal: 0.01 },
  category: 'aguda',
  runnerUp: 'cronica',
  abstained: false,
  confidence: 'usual',
  set: ['aguda'],
  terminalRaised: false,
  outsideModelRange: [],
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
