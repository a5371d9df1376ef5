import { expect, test } from 'vitest';
import type { Delivery } from '#domain/records/delivery.ts';
import type { ShownForecast, TriageRecord, ValidationRecord } from '#domain/records/record.ts';
import type { WorklistEntry } from '#workflows/ports.ts';
import { viewWorklist, type WorklistQuery } from './worklist-view.ts';

const now = '2026-11-21T10:45:00-05:00';
const query: WorklistQuery = { filter: 'all', search: '', now, maxRows: 100 };
const hash = 'a'.repeat(64);
const queued: Delivery = { state: 'queued', attempts: 0 };
const quarantined: Delivery = { state: 'quarantined', reason: 'invalid', detail: '', quarantinedAt: now };

const aguda: ShownForecast = {
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

const envelope = (id: string, createdAt: string) =>
  ({ id, schemaVersion: 1, createdAt, deviceId: id, siteId: '', userId: '', prevHash: null, hash }) as const;

function triage(code: string, createdAt: string, shown: ShownForecast = aguda): TriageRecord {
  const inputs = { patientCode: code, age: { value: 40, unit: 'a' }, sex: 'F', vitals: {}, symptoms: [] } as const;
  return {
    ...envelope(code, createdAt),
    kind: 'triage',
    body: { inputs: { ...inputs, symptoms: [] }, shown, model: null, clinicianFirst: false },
  };
}

function validation(triageId: string): ValidationRecord {
  return { ...envelope(`v-${triageId}`, now), kind: 'validation', body: { triageId, trueCategory: 'leve' } };
}

function entry(code: string, createdAt: string, options: { validated?: Delivery; delivery?: Delivery } = {}) {
  return {
    status: 'intact',
    triage: triage(code, createdAt),
    delivery: options.delivery ?? queued,
    ...(options.validated && { validation: { record: validation(code), delivery: options.validated } }),
  } as const satisfies WorklistEntry;
}

const codes = (rows: readonly { code: string }[]): string[] => rows.map((row) => row.code);

const entries: readonly WorklistEntry[] = [
  entry('HOY-2', '2026-11-21T10:42:00-05:00'),
  entry('HOY-1', '2026-11-21T08:10:00-05:00', { validated: queued }),
  entry('AYER-P', '2026-11-20T23:59:00-05:00'),
  entry('AYER-V', '2026-11-20T12:00:00-05:00', { validated: quarantined }),
  { status: 'damaged', id: '0199' },
  entry('VIEJO-P', '2026-11-15T12:00:00-05:00', { delivery: quarantined }),
];

test('earlier triages to validate come oldest first, with how long ago', () => {
  const { pending } = viewWorklist(entries, query);
  expect(codes(pending)).toEqual(['VIEJO-P', 'AYER-P']);
  expect(pending.map((row) => row.daysAgo)).toEqual([6, 1]);
});

test('today comes newest first, validated or not; earlier days hold the validated ones', () => {
  const view = viewWorklist(entries, query);
  expect(codes(view.today)).toEqual(['HOY-2', 'HOY-1']);
  expect(codes(view.earlier)).toEqual(['AYER-V']);
});

test('the forecast of a pending triage of an earlier day is hidden, today it is shown', () => {
  const view = viewWorklist(entries, query);
  expect(view.pending.every((row) => row.forecast.kind === 'hidden')).toBe(true);
  expect(view.today[0]?.forecast).toEqual({ kind: 'category', category: 'aguda' });
  expect(view.earlier[0]?.forecast).toEqual({ kind: 'category', category: 'aguda' });
});

test('a forecast that abstained or was not given names no category', () => {
  const today = '2026-11-21T09:00:00-05:00';
  const unclear = { ...entry('A', today), triage: triage('A', today, { ...aguda, abstained: true }) };
  const silent = { ...entry('B', today), triage: triage('B', today, { status: 'silent', reason: 'pregnancy' }) };
  const view = viewWorklist([unclear, silent], query);
  expect(view.today.map((row) => row.forecast.kind)).toEqual(['inconclusive', 'none']);
});

test('a damaged row is listed by its id and the others stay', () => {
  const view = viewWorklist(entries, query);
  expect(view.damaged).toEqual(['0199']);
  expect(view.pending.length + view.today.length + view.earlier.length).toBe(5);
});

test('counts speak of the whole list whatever is searched or filtered', () => {
  const counts = { all: 6, pending: 3, queued: 4, attention: 3 };
  expect(viewWorklist(entries, query).counts).toEqual(counts);
  expect(viewWorklist(entries, { ...query, filter: 'queued', search: 'hoy' }).counts).toEqual(counts);
});

test('filters look at the triage and at its validation', () => {
  const attention = viewWorklist(entries, { ...query, filter: 'attention' });
  expect(attention.damaged).toEqual(['0199']);
  expect([...codes(attention.pending), ...codes(attention.earlier)]).toEqual(['VIEJO-P', 'AYER-V']);
  expect(codes(viewWorklist(entries, { ...query, filter: 'pending' }).today)).toEqual(['HOY-2']);
});

test('the search finds part of a code in any case', () => {
  const view = viewWorklist(entries, { ...query, search: ' ayer' });
  expect([...codes(view.pending), ...codes(view.today), ...codes(view.earlier)]).toEqual(['AYER-P', 'AYER-V']);
});

test('a long list shows its first rows and says how many more there are', () => {
  const view = viewWorklist(entries, { ...query, maxRows: 3 });
  expect([codes(view.pending), codes(view.today), codes(view.earlier)]).toEqual([['VIEJO-P', 'AYER-P'], ['HOY-2'], []]);
  expect(view.hidden).toBe(2);
});

test('midnight is that of the place where the tablet is', () => {
  const view = viewWorklist([entry('A', '2026-11-21T04:30:00Z')], query);
  expect(view.pending[0]?.daysAgo).toBe(1);
});
