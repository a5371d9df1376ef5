import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { canonicalHash, isIntact } from '#domain/records/hash.ts';
import { sampleId, sampleTriage, sampleValidation } from '#domain/records/record-samples.ts';
import type { VigiaRecord } from '#domain/records/record.ts';
import type { RecordStore } from '#workflows/ports.ts';
import { openVigiaDatabase, type VigiaDatabase } from './database.ts';
import { createOutbox } from './outbox.ts';
import { createRecordStore } from './record-store.ts';

/** One page, all of it today's. */
const EVERYTHING = { filter: 'all', search: '', dayStart: 0, limit: 100 } as const;

let db: VigiaDatabase;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  db = await openVigiaDatabase();
});

async function save(store: RecordStore, content: Parameters<RecordStore['append']>[0]): Promise<VigiaRecord> {
  const result = await store.append(content);
  if (result.status !== 'saved') throw new Error(result.reason);
  return result.record;
}

async function corrupt(id: string): Promise<void> {
  const row = await db.get('records', id);
  await db.put('records', { ...(row as object), siteId: 'changed' });
}

/** The records in the order they were saved, with each link checked. */
async function expectUnbrokenChain(count: number): Promise<void> {
  const keys = await db.getAllKeysFromIndex('outbox', 'by-seq');
  expect(keys).toHaveLength(count);
  let previous: string | null = null;
  for (const key of keys) {
    const record = (await db.get('records', key)) as VigiaRecord;
    expect(isIntact(record)).toBe(true);
    expect(record.prevHash).toBe(previous);
    previous = record.hash;
  }
}

test('a saved record survives closing and reopening, queued', async () => {
  const record = await save(createRecordStore(db), sampleTriage(1));
  db.close();
  db = await openVigiaDatabase();
  const stored = await createRecordStore(db).get(record.id);
  expect(stored).toEqual({ status: 'intact', record, delivery: { state: 'queued', attempts: 0 } });
});

test('two tabs saving at once keep one unbroken chain', async () => {
  const other = await openVigiaDatabase();
  const stores = [createRecordStore(db), createRecordStore(other)] as const;
  await Promise.all(Array.from({ length: 20 }, (_, i) => save(stores[i % 2 ? 1 : 0], sampleTriage(i + 1))));
  await expectUnbrokenChain(20);
  other.close();
});

test('the same id cannot be written twice, and the first record and the chain stay as they were', async () => {
  const store = createRecordStore(db);
  const first = await save(store, sampleTriage(1));
  await expect(store.append(sampleTriage(1, { patientCode: 'other' }))).rejects.toThrow();
  expect(await store.get(first.id)).toMatchObject({ status: 'intact', record: first });
  await save(store, sampleTriage(2));
  await expectUnbrokenChain(2);
});

test('content that is not a valid record is refused and leaves nothing behind', async () => {
  const store = createRecordStore(db);
  await expect(store.append(sampleTriage(1, { patientCode: '' }))).rejects.toThrow();
  expect(await store.counts()).toEqual({ saved: 0, queued: 0, delivered: 0, quarantined: 0 });
  expect(await db.count('outbox')).toBe(0);
});

test('a full disk is told and leaves nothing half written', async () => {
  const store = createRecordStore(db);
  await save(store, sampleTriage(1));
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  try {
    expect(await store.append(sampleTriage(2))).toEqual({ status: 'failed', reason: 'no-space' });
  } finally {
    IDBObjectStore.prototype.put = put;
  }
  expect(await store.get(sampleId(2))).toBeUndefined();
  expect(await db.count('outbox')).toBe(1);
  await save(store, sampleTriage(3));
  await expectUnbrokenChain(2);
});

test('a closed database is told', async () => {
  const store = createRecordStore(db);
  db.close();
  expect(await store.append(sampleTriage(1))).toEqual({ status: 'failed', reason: 'storage-closed' });
});

test('the worklist has the newest triage first, each with the validation saved last', async () => {
  const store = createRecordStore(db);
  await save(store, sampleTriage(1));
  await save(store, sampleTriage(2));
  await save(store, sampleValidation(9, sampleId(1)));
  // Its id sorts before the other's: the tablet's clock was set back in between.
  const last = await save(store, sampleValidation(3, sampleId(1)));
  const { today } = await store.worklist(EVERYTHING);
  expect(today.map((entry) => entry.triage.id)).toEqual([sampleId(2), sampleId(1)]);
  expect(today[1]).toMatchObject({ validation: { record: last, delivery: { state: 'queued' } } });
  expect((await store.validationsOf(sampleId(1))).map((v) => v.status === 'intact' && v.record.id)).toEqual([
    sampleId(9),
    sampleId(3),
  ]);
});

test('a damaged row is shown as damaged and hides no other', async () => {
  const store = createRecordStore(db);
  for (const number of [1, 2, 3, 4]) await save(store, sampleTriage(number));
  await corrupt(sampleId(2));
  await db.put('records', { id: sampleId(3), nonsense: true });
  await db.delete('records', sampleId(4));
  const { damaged, today, counts } = await store.worklist(EVERYTHING);
  expect(damaged).toEqual([sampleId(4), sampleId(3), sampleId(2)]);
  expect(today.map((entry) => entry.triage.id)).toEqual([sampleId(1)]);
  expect(counts).toEqual({ all: 4, pending: 1, queued: 1, attention: 3 });
  expect(await store.get(sampleId(2))).toEqual({ status: 'damaged', id: sampleId(2) });
  expect((await store.undelivered()).map((r) => r.status)).toEqual(['intact', 'damaged', 'damaged', 'damaged']);
});

test('a record whose hash was recomputed after a change is still found out by the next link', async () => {
  const store = createRecordStore(db);
  const first = await save(store, sampleTriage(1));
  const second = await save(store, sampleTriage(2));
  const { hash: _, ...rest } = { ...first, siteId: 'changed' };
  expect(canonicalHash(rest)).not.toBe(second.prevHash);
});

test('saving goes on after the end of the chain was damaged', async () => {
  const store = createRecordStore(db);
  await save(store, sampleTriage(1));
  await db.put('meta', { hash: 'nonsense' }, 'chain-head');
  await save(store, sampleTriage(2));
  await expectUnbrokenChain(2);
});

test('a quarantined record goes back to the queue when retried, a delivered one does not', async () => {
  const store = createRecordStore(db);
  const outbox = createOutbox(db);
  const [one, two] = [await save(store, sampleTriage(1)), await save(store, sampleTriage(2))];
  await outbox.quarantine(one.id, 'invalid', 'why', '2026-03-02T10:00:00Z');
  await outbox.markDelivered([
    { id: two.id, hash: two.hash, status: 'stored', receivedAt: '2026-03-02T10:00:00.000Z' },
  ]);
  expect(await store.counts()).toEqual({ saved: 2, queued: 0, delivered: 1, quarantined: 1 });
  await store.retry(one.id);
  await store.retry(two.id);
  expect(await store.counts()).toEqual({ saved: 2, queued: 1, delivered: 1, quarantined: 0 });
});

test('listeners hear of a save in this tab and in another', async () => {
  const heard: string[] = [];
  const channels = [new BroadcastChannel('t'), new BroadcastChannel('t')] as const;
  const store = createRecordStore(db, { notifyOtherTabs: channels[0] });
  const other = createRecordStore(db, { notifyOtherTabs: channels[1] });
  const stop = store.subscribe(() => heard.push('here'));
  const there = new Promise<void>((resolve) => other.subscribe(resolve));
  await save(store, sampleTriage(1));
  await there;
  stop();
  await save(store, sampleTriage(2));
  expect(heard).toEqual(['here']);
  for (const channel of channels) channel.close();
});

test('whatever text is typed, the record reads back intact', async () => {
  const store = createRecordStore(db);
  let number = 0;
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), async (patientCode) => {
      number += 1;
      const record = await save(store, sampleTriage(number, { patientCode }));
      expect(await store.get(record.id)).toMatchObject({ status: 'intact' });
      expect(isIntact(JSON.parse(JSON.stringify(record)) as VigiaRecord)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('half a character or an endless name never keeps a record from being saved', async () => {
  const store = createRecordStore(db);
  const content = {
    ...sampleTriage(1, { patientCode: 'A\ud83dB' }),
    siteId: '🏥'.repeat(60),
    userId: `${'x'.repeat(79)}👩`,
  };
  const record = await save(store, content);
  expect(record).toMatchObject({ userId: `${'x'.repeat(79)}\ufffd`, body: { inputs: { patientCode: 'A\ufffdB' } } });
  expect(record.siteId.length).toBe(80);
  expect(await store.get(record.id)).toMatchObject({ status: 'intact' });
});
