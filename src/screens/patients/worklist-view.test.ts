import { expect, test } from 'vitest';
import { SAMPLE_FORECAST } from '#domain/records/record-samples.ts';
import type { Delivery } from '#domain/records/delivery.ts';
import type { ShownForecast, TriageRecord, ValidationRecord } from '#domain/records/record.ts';
import type { WorklistEntry } from '#workflows/ports.ts';
import { dayStart } from './calendar-day.ts';
import { viewWorklist } from './worklist-view.ts';

const now = '2026-11-21T10:45:00-05:00';
const hash = 'a'.repeat(64);
const queued: Delivery = { state: 'queued', attempts: 0 };
const quarantined: Delivery = { state: 'quarantined', reason: 'invalid', detail: '', quarantinedAt: now };

const aguda = SAMPLE_FORECAST;

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
    triage: triage(code, createdAt),
    delivery: options.delivery ?? queued,
    ...(options.validated && { validation: { record: validation(code), delivery: options.validated } }),
  } as const satisfies WorklistEntry;
}

const page = {
  pending: [entry('VIEJO-P', '2026-11-15T12:00:00-05:00'), entry('AYER-P', '2026-11-20T23:59:00-05:00')],
  today: [
    entry('HOY-2', '2026-11-21T10:42:00-05:00'),
    entry('HOY-1', '2026-11-21T08:10:00-05:00', { validated: queued }),
  ],
  earlier: [entry('AYER-V', '2026-11-20T12:00:00-05:00', { validated: quarantined })],
};

test('rows say how many days ago they are', () => {
  const { pending, today, earlier } = viewWorklist(page, now);
  expect([...pending, ...today, ...earlier].map((row) => row.daysAgo)).toEqual([6, 1, 0, 0, 1]);
});

test('the forecast of a pending triage of an earlier day is hidden, today it is shown', () => {
  const view = viewWorklist(page, now);
  expect(view.pending.map((row) => row.forecast.kind)).toEqual(['hidden', 'hidden']);
  expect(view.today[0]?.forecast).toEqual({ kind: 'category', category: 'aguda' });
  expect(view.earlier[0]?.forecast).toEqual({ kind: 'category', category: 'aguda' });
});

test('a forecast that abstained or was not given names no category', () => {
  const today = '2026-11-21T09:00:00-05:00';
  const unclear = { ...entry('A', today), triage: triage('A', today, { ...aguda, abstained: true }) };
  const silent = { ...entry('B', today), triage: triage('B', today, { status: 'silent', reason: 'pregnancy' }) };
  const view = viewWorklist({ ...page, today: [unclear, silent] }, now);
  expect(view.today.map((row) => row.forecast.kind)).toEqual(['inconclusive', 'none']);
});

test('a row tells where its triage and its validation are', () => {
  const [row] = viewWorklist(page, now).earlier;
  expect(row).toMatchObject({ isPending: false, delivery: queued, validationDelivery: quarantined });
});

test('midnight is that of the place where the tablet is', () => {
  expect(dayStart(now)).toBe(Date.parse('2026-11-21T00:00:00-05:00'));
  expect(dayStart('2026-11-21T03:00:00+12:00')).toBe(Date.parse('2026-11-21T00:00:00+12:00'));
  const [row] = viewWorklist({ ...page, pending: [entry('A', '2026-11-21T04:30:00Z')] }, now).pending;
  expect(row?.daysAgo).toBe(1);
});
