import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { sampleId, sampleTriage } from '#domain/records/record-samples.ts';
import type { VigiaRecord } from '#domain/records/record.ts';
import { openVigiaDatabase, type VigiaDatabase } from './database.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createRecordStore } from './record-store.ts';

const AT = '2026-03-02T10:00:00.000Z';
let db: VigiaDatabase;
let outbox: Outbox;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  db = await openVigiaDatabase();
  outbox = createOutbox(db);
});

async function save(...numbers: number[]): Promise<readonly VigiaRecord[]> {
  const store = createRecordStore(db);
  const records: VigiaRecord[] = [];
  for (const number of numbers) {
    const result = await store.append(sampleTriage(number));
    if (result.status === 'saved') records.push(result.record);
  }
  return records;
}

const ids = async (maxLines = 200, maxBytes = 1e6, skip?: ReadonlySet<string>) =>
  (await outbox.nextBatch(maxLines, maxBytes, skip)).lines.map(({ id }) => id);

test('the oldest come first, by the order of saving and not of the ids', async () => {
  await save(3, 1, 2);
  expect(await ids()).toEqual([sampleId(3), sampleId(1), sampleId(2)]);
  expect(await ids(2)).toEqual([sampleId(3), sampleId(1)]);
  expect(await ids(2, 1e6, new Set([sampleId(3)]))).toEqual([sampleId(1), sampleId(2)]);
});

test('a batch keeps to its bytes but always holds one line', async () => {
  await save(1, 2, 3);
  const [line, next] = (await outbox.nextBatch(2, 1e6)).lines;
  expect(line?.bytes).toBe(Buffer.byteLength(line?.line ?? ''));
  expect(await ids(200, 1)).toEqual([sampleId(1)]);
  expect(await ids(200, (line?.bytes ?? 0) + 1 + (next?.bytes ?? 0) + 1)).toHaveLength(2);
});

test('a damaged record is reported and never handed out for sending', async () => {
  await save(1, 2);
  await db.put('records', { ...((await db.get('records', sampleId(1))) as object), siteId: 'changed' });
  expect(await outbox.nextBatch(200, 1e6)).toMatchObject({
    damaged: [sampleId(1)],
    lines: [{ id: sampleId(2) }],
  });
});

test('a receipt with another hash takes nothing out of the queue', async () => {
  const [record] = await save(1);
  await outbox.markDelivered([{ id: sampleId(1), hash: '0'.repeat(64), status: 'stored', receivedAt: AT }]);
  expect(await ids()).toEqual([sampleId(1)]);
  expect(await outbox.lastSuccessAt()).toBeUndefined();
  await outbox.markDelivered([{ id: sampleId(1), hash: record?.hash ?? '', status: 'stored', receivedAt: AT }]);
  expect(await ids()).toEqual([]);
  expect(await outbox.lastSuccessAt()).toBe(AT);
});

test('a receipt is never taken back by a late failure or refusal', async () => {
  const [record] = await save(1);
  await outbox.markDelivered([{ id: sampleId(1), hash: record?.hash ?? '', status: 'duplicate', receivedAt: AT }]);
  await outbox.noteFailure([sampleId(1)], 'unreachable');
  await outbox.quarantine(sampleId(1), 'invalid', '', AT);
  expect(await createRecordStore(db).get(sampleId(1))).toMatchObject({ delivery: { state: 'delivered' } });
});

test('failures are counted on the record, which stays queued', async () => {
  await save(1);
  await outbox.noteFailure([sampleId(1)], 'unreachable');
  await outbox.noteFailure([sampleId(1)], 'server-error 500');
  expect(await createRecordStore(db).get(sampleId(1))).toMatchObject({
    delivery: { state: 'queued', attempts: 2, lastError: 'server-error 500' },
  });
});

test('records that lost their outbox entry are queued again', async () => {
  await save(1, 2, 3);
  await db.delete('outbox', sampleId(1));
  await db.put('outbox', { id: sampleId(2), seq: 'nonsense' });
  expect(await outbox.restoreLostEntries()).toBe(2);
  expect((await ids()).toSorted()).toEqual([sampleId(1), sampleId(2), sampleId(3)]);
  expect(await outbox.restoreLostEntries()).toBe(0);
  await save(4);
  expect(await ids()).toHaveLength(4);
});
