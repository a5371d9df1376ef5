import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RECEIPTS_MEDIA_TYPE, type UploadReceipt, type UploadResponse } from '#domain/protocol/protocol.ts';
import { SAMPLE_DEVICE, sampleId, sampleTriage } from '#domain/records/record-samples.ts';
import { createEndpoint } from '#endpoint/endpoint.ts';
import { openUploadStore, type UploadStore } from '#endpoint/upload-store.ts';
import { openVigiaDatabase, type VigiaDatabase } from '#storage/database.ts';
import { createEnrolmentStore, type EnrolmentStore } from '#storage/enrolment-store.ts';
import { createOutbox } from '#storage/outbox.ts';
import { type AnnouncingRecordStore, createRecordStore } from '#storage/record-store.ts';
import { createSyncRig, type Fault, type SyncRig } from './sync-rig.ts';
import type { SynchroniserOptions } from './synchroniser.ts';

const ORIGIN = 'https://endpoint.test';
const AT = '2026-03-02T10:00:00.000Z';
let dataDir: string;
let store: UploadStore;
let db: VigiaDatabase;
let records: AnnouncingRecordStore;
let enrolment: EnrolmentStore;
let rig: SyncRig;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'vigia-sync-'));
  store = openUploadStore(dataDir);
  globalThis.indexedDB = new IDBFactory();
  db = await openVigiaDatabase();
  records = createRecordStore(db);
  enrolment = await createEnrolmentStore(db, { fetch });
  await enrolment.keep({ endpoint: ORIGIN, token: store.createToken('test', null, AT).token, siteId: 'test' });
  rig = makeRig();
});

afterEach(async () => {
  rig.synchroniser.stop();
  // What is under way still reads the queue: let it end before the database closes.
  await rig.synchroniser.syncNow();
  db.close();
  store.close();
  rmSync(dataDir, { recursive: true });
});

function makeRig(change: Partial<SynchroniserOptions> = {}, remote = '203.0.113.7'): SyncRig {
  const endpoint = createEndpoint({ store, now: () => Date.parse(AT), remoteAddress: () => remote });
  return createSyncRig({
    records,
    outbox: createOutbox(db),
    enrolment,
    handle: (request) => endpoint.fetch(request),
    change,
  });
}

async function save(...numbers: number[]): Promise<void> {
  for (const number of numbers) await records.append(sampleTriage(number));
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const deliveryOf = async (number: number) => {
  const stored = await records.get(sampleId(number));
  return stored?.status === 'intact' ? stored.delivery : undefined;
};
const answer =
  (status: number, headers: Record<string, string> = {}, body = ''): Fault =>
  async () =>
    new Response(body, { status, headers });

/** Lets the endpoint do its work and then changes its answer. */
const tampered =
  (change: (response: UploadResponse) => unknown): Fault =>
  async (_request, deliver) => {
    const response = await deliver();
    const body = (await response.json()) as UploadResponse;
    return new Response(JSON.stringify(change(body)), { status: response.status, headers: response.headers });
  };
const withReceipts = (change: (receipt: UploadReceipt) => readonly UploadReceipt[]): Fault =>
  tampered((body) => ({ ...body, receipts: body.receipts.flatMap(change) }));

describe('1. nothing leaves the queue before a receipt with its id and hash', () => {
  test('what the endpoint acknowledged is delivered, whole and in order', async () => {
    await save(...range(1, 450));
    await rig.synchroniser.syncNow();
    expect(await records.counts()).toEqual({ saved: 450, queued: 0, delivered: 450, quarantined: 0 });
    expect(store.countRecords(SAMPLE_DEVICE).records).toBe(450);
    expect(rig.uploads).toHaveLength(3);
    expect(rig.synchroniser.state()).toEqual({ status: 'idle' });
    expect(rig.synchroniser.lastSuccessAt()).toBe(AT);
  });

  test.each([
    ['another hash', withReceipts((r) => [{ ...r, hash: '0'.repeat(64) }])],
    ['another id', withReceipts((r) => [{ ...r, id: sampleId(77) }])],
    ['no receipt', withReceipts(() => [])],
  ])('%s: it stays', async (_name, fault) => {
    await save(1);
    rig.setFault(fault);
    await rig.synchroniser.syncNow();
    expect(await deliveryOf(1)).toMatchObject({ state: 'queued', attempts: 1, lastError: 'no-receipt' });
  });

  test('an answer lost after the endpoint had stored it: sent again, acknowledged as a duplicate', async () => {
    await save(1);
    rig.setFault(async (_request, deliver) => {
      await deliver();
      throw new TypeError('connection lost');
    });
    await rig.synchroniser.syncNow();
    expect(await deliveryOf(1)).toMatchObject({ state: 'queued' });
    rig.setFault(undefined);
    await rig.endWait();
    expect(await deliveryOf(1)).toMatchObject({ state: 'delivered', receipt: { status: 'duplicate' } });
    expect(store.countRecords(SAMPLE_DEVICE).records).toBe(1);
  });
});

describe('2. an answer that is not the endpoint’s delivers nothing', () => {
  test.each([
    ['a captive portal', 'not-the-endpoint', answer(200, { 'Content-Type': 'text/html' }, '<html>Acepte</html>')],
    [
      'the right body as another type',
      'not-the-endpoint',
      async (_r, deliver) => {
        const response = await deliver();
        return new Response(await response.text(), { headers: { 'Content-Type': 'application/json' } });
      },
    ],
    ['a wrong digest echo', 'not-the-endpoint', tampered((b) => ({ ...b, digest: `sha-256=:${'A'.repeat(43)}=:` }))],
    ['another protocol', 'not-the-endpoint', tampered((b) => ({ ...b, protocol: 2 }))],
    ['half an answer', 'not-the-endpoint', answer(200, { 'Content-Type': RECEIPTS_MEDIA_TYPE }, '{"protocol":1,')],
    ['a created', 'not-the-endpoint', answer(201, { 'Content-Type': RECEIPTS_MEDIA_TYPE }, '{}')],
    ['a server error', 'server-error', answer(500)],
    ['no network', 'unreachable', () => Promise.reject(new TypeError('failed'))],
    ['a time-out', 'unreachable', () => Promise.reject(new DOMException('late', 'TimeoutError'))],
  ] as const satisfies readonly (readonly [string, string, Fault])[])('%s', async (_name, kind, fault) => {
    await save(1, 2);
    rig.setFault(fault);
    await rig.synchroniser.syncNow();
    expect(rig.synchroniser.state()).toMatchObject({ status: 'paused', pause: { kind } });
    expect(await records.counts()).toMatchObject({ queued: 2, delivered: 0 });
    rig.setFault(undefined);
    await rig.synchroniser.syncNow();
    expect(await records.counts()).toMatchObject({ queued: 0, delivered: 2 });
  });

  test('a redirect is never followed, and cookies are never sent', async () => {
    await save(1);
    await rig.synchroniser.syncNow();
    expect(rig.uploads[0]).toMatchObject({ redirect: 'error', credentials: 'omit' });
  });
});

describe('3. a refused token pauses and keeps everything', () => {
  test('nothing is sent again by itself, and a new token goes on', async () => {
    await save(1);
    for (const { id } of store.listTokens()) store.revokeToken(id);
    rig.synchroniser.start();
    await rig.synchroniser.syncNow();
    expect(rig.synchroniser.state()).toEqual({ status: 'paused', pause: { kind: 'not-enrolled' } });
    expect(await deliveryOf(1)).toMatchObject({ state: 'queued' });
    expect(rig.waits()).toEqual([]);
    const before = rig.uploads.length;
    await save(2);
    await rig.synchroniser.syncNow();
    expect(rig.uploads.length - before).toBe(1);
    await enrolment.keep({ endpoint: ORIGIN, token: store.createToken('test', null, AT).token, siteId: 'test' });
    await rig.synchroniser.syncNow();
    expect(await records.counts()).toMatchObject({ queued: 0, delivered: 2 });
  });

  test('what may have been a proxy’s refusal is tried again by itself', async () => {
    await save(1);
    rig.setFault(answer(403, { 'Content-Type': 'text/html' }, '<h1>Acepte las condiciones</h1>'));
    await rig.synchroniser.syncNow();
    expect(rig.synchroniser.state()).toEqual({ status: 'paused', pause: { kind: 'not-enrolled' } });
    expect(await deliveryOf(1)).toMatchObject({ state: 'queued' });
    rig.setFault(undefined);
    await rig.endWait();
    expect(await records.counts()).toMatchObject({ queued: 0, delivered: 1 });
  });
});

describe('4. too large', () => {
  const limit =
    (maxBytes: number): Fault =>
    async (request, deliver) =>
      (await request.clone().arrayBuffer()).byteLength > maxBytes ? new Response(null, { status: 413 }) : deliver();

  test('a batch is halved until it passes', async () => {
    await save(...range(1, 40));
    rig.setFault(limit(2000));
    await rig.synchroniser.syncNow();
    expect(await records.counts()).toMatchObject({ delivered: 40, quarantined: 0 });
  });

  test('a single record that is too large is set aside and the rest goes on', async () => {
    const words = range(1, 12).map((n) => randomBytes(29).toString('hex') + String(n % 10));
    await records.append(sampleTriage(1, { symptoms: words }));
    await save(2, 3);
    rig.setFault(limit(700));
    await rig.synchroniser.syncNow();
    expect(await deliveryOf(1)).toMatchObject({ state: 'quarantined', reason: 'too-large' });
    expect(await records.counts()).toMatchObject({ delivered: 2, quarantined: 1 });
  });
});

test('the attempt after a failure sends at once, also when only the failed record is left', async () => {
  await save(1);
  rig.setFault(answer(500));
  await rig.synchroniser.syncNow();
  rig.setFault(undefined);
  await rig.synchroniser.syncNow();
  expect(await records.counts()).toMatchObject({ queued: 0, delivered: 1 });
});

describe('a link so slow that a whole batch never makes it in time', () => {
  test('fewer are sent at once until they get through', async () => {
    await save(...range(1, 60));
    rig.setFault(async (request, deliver) => {
      if ((await request.clone().arrayBuffer()).byteLength > 2000) throw new DOMException('too slow', 'TimeoutError');
      return deliver();
    });
    rig.synchroniser.start();
    for (let tries = 0; tries < 40 && (await records.counts()).queued > 0; tries += 1) await rig.synchroniser.syncNow();
    expect(await records.counts()).toMatchObject({ delivered: 60, queued: 0, quarantined: 0 });
  });
});

describe('5. waits', () => {
  test.each([
    ['seconds', '30', 30_000],
    ['a date', 'Mon, 02 Mar 2026 10:01:00 GMT', 60_000],
    ['a day, clamped', '86400', 300_000],
    ['a date in the past', 'Mon, 02 Mar 2020 10:01:00 GMT', 1_000],
  ])('Retry-After as %s', async (_name, header, waitMs) => {
    await save(1);
    for (const status of [429, 503]) {
      rig.setFault(answer(status, { 'Retry-After': header }));
      await rig.synchroniser.syncNow();
      expect(rig.waits()).toEqual([waitMs]);
      const retryAt = new Date(Date.UTC(2026, 2, 2, 10) + waitMs).toISOString();
      expect(rig.synchroniser.state()).toEqual({ status: 'paused', pause: { kind: 'busy', retryAt } });
    }
  });

  test('without it the ceiling doubles up to five minutes, and a success starts anew', async () => {
    await save(1);
    rig.setFault(answer(500));
    const waits: number[] = [];
    for (const _ of range(1, 10)) {
      await rig.synchroniser.syncNow();
      waits.push(...rig.waits());
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 150, 150].map((seconds) => seconds * 1000));
    rig.setFault(undefined);
    await rig.synchroniser.syncNow();
    rig.setFault(answer(500));
    await save(2);
    await rig.synchroniser.syncNow();
    expect(rig.waits()).toEqual([1000]);
  });
});

describe('6. a refused record is set aside with its reason, and the rest goes on', () => {
  test('conflict', async () => {
    await save(1, 2);
    await rig.synchroniser.syncNow();
    globalThis.indexedDB = new IDBFactory();
    db = await openVigiaDatabase();
    records = createRecordStore(db);
    rig = makeRig();
    await records.append(sampleTriage(1, { patientCode: 'another' }));
    await save(3);
    await rig.synchroniser.syncNow();
    expect(await deliveryOf(1)).toMatchObject({ state: 'quarantined', reason: 'conflict' });
    expect(await deliveryOf(3)).toMatchObject({ state: 'delivered' });
  });

  test('invalid among good ones, and retried when asked', async () => {
    await save(1, 2, 3);
    rig.setFault(withReceipts((r) => [r.id === sampleId(2) ? { ...r, status: 'invalid', detail: 'body: no' } : r]));
    await rig.synchroniser.syncNow();
    expect(await deliveryOf(2)).toMatchObject({ state: 'quarantined', reason: 'invalid', detail: 'body: no' });
    expect(await records.counts()).toMatchObject({ delivered: 2, quarantined: 1 });
    rig.setFault(undefined);
    await records.retry(sampleId(2));
    await rig.synchroniser.syncNow();
    expect(await records.counts()).toMatchObject({ delivered: 3 });
  });

  test('a whole batch the endpoint finds invalid (422) is set aside with each reason', async () => {
    await save(1, 2);
    const [first, second] = [await records.get(sampleId(1)), await records.get(sampleId(2))];
    const hashes = [first, second].map((stored) => (stored?.status === 'intact' ? stored.record.hash : ''));
    rig.setFault(async (request) => {
      const receipts = hashes.map((hash, i) => ({ id: sampleId(i + 1), hash, status: 'invalid', detail: 'body: no' }));
      const digest = request.headers.get('Content-Digest');
      return new Response(JSON.stringify({ type: 'x', title: 'x', status: 422, protocol: 1, digest, receipts }), {
        status: 422,
        headers: { 'Content-Type': 'application/problem+json' },
      });
    });
    await rig.synchroniser.syncNow();
    for (const number of [1, 2])
      expect(await deliveryOf(number)).toMatchObject({ state: 'quarantined', reason: 'invalid', detail: 'body: no' });
  });

  test('with another tablet’s token nothing is set aside: the queue waits for its own', async () => {
    await save(1);
    await rig.synchroniser.syncNow();
    const foreign = '00000000-0000-4000-8000-000000000002';
    await records.append(sampleTriage(2, {}, foreign));
    await rig.synchroniser.syncNow();
    expect(rig.synchroniser.state()).toEqual({ status: 'paused', pause: { kind: 'not-enrolled' } });
    expect(await deliveryOf(2)).toMatchObject({ state: 'queued' });
    await enrolment.keep({ endpoint: ORIGIN, token: store.createToken('test', null, AT).token, siteId: 'test' });
    await rig.synchroniser.syncNow();
    expect(await deliveryOf(2)).toMatchObject({ state: 'delivered' });
  });

  test('a refusal cannot acknowledge a record', async () => {
    await save(1);
    rig.setFault(async (_request, deliver) => {
      const body = (await (await deliver()).json()) as UploadResponse;
      const problem = { type: 'about:blank', title: 'x', status: 422 };
      return new Response(JSON.stringify({ ...problem, ...body }), {
        status: 422,
        headers: { 'Content-Type': 'application/problem+json' },
      });
    });
    await rig.synchroniser.syncNow();
    expect(await deliveryOf(1)).toMatchObject({ state: 'queued' });
  });

  test('a record damaged on the tablet is never sent and blocks nothing', async () => {
    await save(1, 2);
    await db.put('records', { ...((await db.get('records', sampleId(1))) as object), siteId: 'changed' });
    await rig.synchroniser.syncNow();
    expect(store.findRecord(sampleId(1))).toBeUndefined();
    expect(await records.counts()).toMatchObject({ queued: 0, delivered: 1, quarantined: 1 });
    expect(await records.get(sampleId(1))).toEqual({ status: 'damaged', id: sampleId(1) });
  });
});

describe('7. no record without a verdict makes the loop run hot or blocks the rest', () => {
  test('the endpoint never says a word about one record', async () => {
    await save(...range(1, 250));
    rig.setFault(withReceipts((r) => (r.id === sampleId(1) ? [] : [r])));
    await rig.synchroniser.syncNow();
    expect(await records.counts()).toMatchObject({ queued: 1, delivered: 249 });
    expect(rig.uploads.length).toBeLessThanOrEqual(4);
    expect(rig.waits()).toHaveLength(1);
  });

  test('the endpoint breaks on one record: the others get through', async () => {
    await save(...range(1, 20));
    rig.setFault(async (request, deliver) => {
      const zipped = request.clone().body?.pipeThrough(new DecompressionStream('gzip'));
      return (await new Response(zipped).text()).includes(sampleId(7))
        ? new Response(null, { status: 500 })
        : deliver();
    });
    await rig.synchroniser.syncNow();
    for (const _ of range(1, 12)) await rig.endWait();
    expect(await records.counts()).toMatchObject({ queued: 1, delivered: 19 });
    expect(await deliveryOf(7)).toMatchObject({ state: 'queued' });
  });
});

describe('8. one tab at a time', () => {
  test('a tab that does not get the lock sends nothing and looks again later', async () => {
    const locks = navigator.locks;
    const started = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    rig = makeRig({ locks });
    const other = makeRig({ locks });
    await save(1);
    rig.setFault(async (_request, deliver) => {
      started.resolve();
      await goOn.promise;
      return deliver();
    });
    const first = rig.synchroniser.syncNow();
    await started.promise;
    await other.synchroniser.syncNow();
    expect(other.uploads).toHaveLength(0);
    expect(other.waits()).toHaveLength(1);
    goOn.resolve();
    await first;
    expect(await records.counts()).toMatchObject({ delivered: 1 });
  });

  test('without locks two tabs send the same records and nothing is harmed', async () => {
    await save(...range(1, 30));
    const other = makeRig();
    await Promise.all([rig.synchroniser.syncNow(), other.synchroniser.syncNow()]);
    expect(await records.counts()).toMatchObject({ delivered: 30 });
    expect(store.countRecords(SAMPLE_DEVICE).records).toBe(30);
  });
});

describe('9. it starts by itself', () => {
  const delivered = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const look = async (): Promise<void> => {
        if ((await records.counts()).delivered === count) resolve();
      };
      records.subscribe(() => void look());
      void look();
    });

  test('on start, and after each save', async () => {
    await save(1);
    rig.synchroniser.start();
    await delivered(1);
    await save(2);
    await delivered(2);
  });

  test('when the network returns, without waiting for the back-off', async () => {
    rig.setOnline(false);
    rig.setFault(() => Promise.reject(new TypeError('no network')));
    rig.synchroniser.start();
    await save(1);
    await rig.synchroniser.syncNow();
    expect(rig.synchroniser.state()).toEqual({ status: 'paused', pause: { kind: 'offline' } });
    rig.setFault(undefined);
    rig.setOnline(true);
    await delivered(1);
  });

  test('when the app is looked at again, but not before a wait is over', async () => {
    let look: () => void = () => undefined;
    const subscribeVisible = (listener: () => void): (() => void) => {
      look = listener;
      return () => undefined;
    };
    rig = makeRig({ subscribeVisible, subscribeRecords: () => () => undefined });
    rig.synchroniser.start();
    await rig.synchroniser.syncNow();
    await save(1);
    look();
    await delivered(1);
    rig.setFault(answer(500));
    await save(2);
    await rig.synchroniser.syncNow();
    const before = rig.uploads.length;
    look();
    await rig.synchroniser.syncNow();
    expect(rig.uploads.length).toBe(before + 1);
  });

  test('after stop it is silent', async () => {
    rig.synchroniser.start();
    rig.synchroniser.stop();
    await save(1);
    await rig.synchroniser.syncNow();
    expect(rig.uploads).toHaveLength(0);
    expect(rig.waits()).toEqual([]);
  });
});

describe('enrolling by itself', () => {
  const fresh = async (origin: string, remote: string): Promise<SyncRig> => {
    await db.clear('enrolment');
    enrolment = await createEnrolmentStore(db, { fetch });
    const endpoint = createEndpoint({ store, now: () => Date.parse(AT), remoteAddress: () => remote });
    return createSyncRig({
      records,
      outbox: createOutbox(db),
      enrolment,
      handle: (request) => {
        const headers = new Headers(request.headers);
        headers.set('Host', new URL(request.url).host);
        headers.set('Sec-Fetch-Site', 'same-origin');
        return endpoint.fetch(new Request(request, { headers }));
      },
      change: { local: { origin, deviceId: SAMPLE_DEVICE } },
    });
  };

  test('on one machine the app gets a token and delivers', async () => {
    rig = await fresh('http://localhost:4173', '127.0.0.1');
    await save(1);
    await rig.synchroniser.syncNow();
    expect(enrolment.state()).toEqual({ status: 'enrolled', endpoint: 'http://localhost:4173' });
    expect(await records.counts()).toMatchObject({ delivered: 1 });
  });

  test('a server whose data were deleted hands out a new one', async () => {
    rig = await fresh('http://localhost:4173', '127.0.0.1');
    const lost = 'a-token-the-server-does-not-know-any-more';
    await enrolment.keep({ endpoint: 'http://localhost:4173', token: lost, siteId: 'local' });
    await save(1);
    await rig.synchroniser.syncNow();
    await rig.synchroniser.syncNow();
    expect(await records.counts()).toMatchObject({ delivered: 1 });
  });

  test.each([
    ['elsewhere', 'https://clinic.test', '203.0.113.7'],
    ['where the server refuses', 'http://localhost:4173', '203.0.113.7'],
  ])('%s it waits for a person', async (_name, origin, remote) => {
    rig = await fresh(origin, remote);
    await save(1);
    await rig.synchroniser.syncNow();
    expect(rig.synchroniser.state()).toEqual({ status: 'paused', pause: { kind: 'not-enrolled' } });
    expect(rig.uploads).toHaveLength(0);
  });
});
