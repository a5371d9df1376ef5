import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { emptyTriageDraft, type TriageDraft } from '#domain/form/triage-draft.ts';
import { SAMPLE_DEVICE, sampleId } from '#domain/records/record-samples.ts';
import { openVigiaDatabase, type VigiaDatabase } from '#storage/database.ts';
import { createDraftStore } from '#storage/draft-store.ts';
import { createRecordStore } from '#storage/record-store.ts';
import { createSubmitTriage, type SubmitTriage } from './submit-triage.ts';
import { createSubmitValidation, type SubmitValidation } from './submit-validation.ts';

const clock = { now: () => '2026-03-02T08:15:00-05:00' };
const NO_MODEL = { forecast: { status: 'unavailable', reason: 'missing' }, model: null } as const;
let db: VigiaDatabase;
let records: ReturnType<typeof createRecordStore>;
let drafts: ReturnType<typeof createDraftStore>;
let submitTriage: SubmitTriage;
let submitValidation: SubmitValidation;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  db = await openVigiaDatabase();
  records = createRecordStore(db);
  drafts = createDraftStore(db, clock);
  let last = 0xabc000;
  const newId = (): string => {
    last += 1;
    return sampleId(last);
  };
  const identity = () => ({ deviceId: SAMPLE_DEVICE, siteId: 'puesto-3', userId: 'Ana' });
  submitTriage = createSubmitTriage({ records, drafts, clock, newId, identity });
  submitValidation = createSubmitValidation({ records, clock, newId, identity });
});

const filled = (change: Partial<TriageDraft> = {}): TriageDraft => ({
  ...emptyTriageDraft(),
  age: '47',
  patientCode: 'P-1',
  ...change,
});

test('a triage becomes a stored record with who, where and when, and its draft goes', async () => {
  await drafts.save(filled());
  const result = await submitTriage(filled(), NO_MODEL);
  if (result.status !== 'saved') throw new Error(result.status);
  expect(result.record).toMatchObject({
    kind: 'triage',
    createdAt: clock.now(),
    siteId: 'puesto-3',
    userId: 'Ana',
    body: { inputs: { patientCode: 'P-1' }, shown: NO_MODEL.forecast, model: null },
  });
  expect(await records.get(result.record.id)).toMatchObject({ status: 'intact', record: result.record });
  expect(await drafts.load()).toBeUndefined();
});

test('record and draft change in one transaction: cut off at any point there is one of the two', async () => {
  await drafts.save(filled());
  const transactions: string[][] = [];
  const open = db.transaction.bind(db);
  Object.assign(db, {
    transaction: (stores: string[], mode: IDBTransactionMode, options: IDBTransactionOptions) => {
      if (mode === 'readwrite') transactions.push([stores].flat());
      return open(stores as never, mode as never, options);
    },
  });
  await submitTriage(filled(), NO_MODEL);
  expect(transactions).toHaveLength(1);
  expect(transactions[0]).toEqual(expect.arrayContaining(['records', 'drafts']));
});

test('a form with an impossible value writes nothing and keeps the draft', async () => {
  const form = filled({ age: '300' });
  await drafts.save(form);
  expect(await submitTriage(form, NO_MODEL)).toMatchObject({ status: 'invalid', issues: [{ field: 'age' }] });
  expect((await records.counts()).saved).toBe(0);
  expect((await drafts.load())?.draft).toEqual(form);
});

test('when it cannot be written the draft stays', async () => {
  await drafts.save(filled());
  db.close();
  expect(await submitTriage(filled(), NO_MODEL)).toEqual({ status: 'failed', reason: 'storage-closed' });
  db = await openVigiaDatabase();
  expect(await createDraftStore(db, clock).load()).toBeDefined();
});

test('a patient without a code gets one by which the record can be found', async () => {
  const result = await submitTriage(filled({ patientCode: ' ' }), NO_MODEL);
  expect(result).toMatchObject({ status: 'saved', record: { body: { inputs: { patientCode: 'SC-ABC001' } } } });
});

test('the validation saved last is the one that counts', async () => {
  const triage = await submitTriage(filled(), NO_MODEL);
  if (triage.status !== 'saved') throw new Error(triage.status);
  await submitValidation(triage.record.id, { trueCategory: 'leve' });
  await submitValidation(triage.record.id, { trueCategory: 'aguda', diagnosis: '  Dengue ' });
  const { today } = await records.worklist({ filter: 'all', search: '', dayStart: 0, limit: 10 });
  expect(today[0]).toMatchObject({
    validation: { record: { body: { triageId: triage.record.id, trueCategory: 'aguda', diagnosis: 'Dengue' } } },
  });
});
