import 'fake-indexeddb/auto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RECEIPTS_MEDIA_TYPE } from '#domain/protocol/protocol.ts';
import { SAMPLE_DEVICE, sampleId, sampleTriage } from '#domain/records/record-samples.ts';
import { createEndpoint } from '#endpoint/endpoint.ts';
import { openUploadStore } from '#endpoint/upload-store.ts';
import { openVigiaDatabase } from '#storage/database.ts';
import { createEnrolmentStore } from '#storage/enrolment-store.ts';
import { createOutbox } from '#storage/outbox.ts';
import { createRecordStore } from '#storage/record-store.ts';
import { createSyncRig, type Fault } from './sync-rig.ts';

const reply = (status: number, headers: Record<string, string> = {}): Fault => {
  return async () => new Response('<html>', { status, headers });
};

/** An answer in perfect form, with the right digest, from something that stored nothing. */
async function pretend(
  request: Request,
  receiptsFor: (ids: readonly string[]) => readonly unknown[],
): Promise<Response> {
  const lines = await new Response(request.clone().body?.pipeThrough(new DecompressionStream('gzip'))).text();
  const ids = lines.split('\n').flatMap((line) => (line ? [(JSON.parse(line) as { id: string }).id] : []));
  const digest = request.headers.get('Content-Digest');
  return new Response(JSON.stringify({ protocol: 1, digest, receipts: receiptsFor(ids) }), {
    headers: { 'Content-Type': RECEIPTS_MEDIA_TYPE },
  });
}

const FAULTS: Readonly<Record<string, Fault>> = {
  droppedBeforeCommit: () => Promise.reject(new TypeError('lost on the way there')),
  async droppedAfterCommit(_request, deliver) {
    await deliver();
    throw new TypeError('lost on the way back');
  },
  captivePortal: reply(200, { 'Content-Type': 'text/html' }),
  serverError: reply(500),
  unauthorised: reply(401),
  tooLarge: async (request, deliver) =>
    (await request.clone().arrayBuffer()).byteLength > 900 ? new Response(null, { status: 413 }) : deliver(),
  busy: reply(429, { 'Retry-After': '7' }),
  async wrongDigestEcho(_request, deliver) {
    const response = await deliver();
    const text = (await response.text()).replace(/:[^:"]{43}=:/, `:${'A'.repeat(43)}=:`);
    return new Response(text, { status: response.status, headers: response.headers });
  },
  silentEndpoint: (request) => pretend(request, () => []),
  wrongHashes: (request) =>
    pretend(request, (ids) => ids.map((id) => ({ id, hash: '0'.repeat(64), status: 'stored' }))),
  wrongIds: (request) => pretend(request, () => [{ id: sampleId(0xffff), hash: '0'.repeat(64), status: 'stored' }]),
  async halfTheReceipts(_request, deliver) {
    const response = await deliver();
    const body = (await response.json()) as { receipts: unknown[] };
    const receipts = body.receipts.slice(0, Math.floor(body.receipts.length / 2));
    return new Response(JSON.stringify({ ...body, receipts }), { headers: response.headers });
  },
};
const FAULT_NAMES = Object.keys(FAULTS);

type Step =
  | { readonly do: 'save'; readonly tab: 0 | 1; readonly count: number }
  | { readonly do: 'drain'; readonly tab: 0 | 1; readonly fault: string }
  | { readonly do: 'bothDrain'; readonly fault: string }
  | { readonly do: 'reopen' };

const tab = fc.constantFrom(0 as const, 1 as const);
const fault = fc.constantFrom('none', ...FAULT_NAMES);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('save' as const), tab, count: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ do: fc.constant('drain' as const), tab, fault }),
  fc.record({ do: fc.constant('bothDrain' as const), fault }),
  fc.record({ do: fc.constant('reopen' as const) }),
);

test('whatever is saved, lost and sent in whatever order, once faults stop the endpoint holds every record once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), (steps) => play(steps)),
    { numRuns: 60 },
  );
}, 30_000);

async function play(steps: readonly Step[]): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'vigia-once-'));
  const store = openUploadStore(dataDir);
  const endpoint = createEndpoint({
    store,
    now: Date.now,
    remoteAddress: () => undefined,
    perAddress: { burst: 1e6, perSecond: 1e6 },
    perToken: { burst: 1e6, perSecond: 1e6 },
  });
  const { token } = store.createToken('test', null, '2026-03-02T10:00:00Z');
  globalThis.indexedDB = new IDBFactory();

  /** Two tabs on one database, without Web Locks: the harder case. */
  const openTab = async () => {
    const db = await openVigiaDatabase();
    const records = createRecordStore(db);
    const enrolment = await createEnrolmentStore(db, { fetch });
    if (!enrolment.credentials()) await enrolment.keep({ endpoint: 'https://endpoint.test', token, siteId: 'test' });
    const outbox = createOutbox(db);
    return { db, records, rig: createSyncRig({ records, outbox, enrolment, handle: (r) => endpoint.fetch(r) }) };
  };
  let tabs = [await openTab(), await openTab()] as const;
  const closeTabs = (): void => {
    for (const { db, rig } of tabs) {
      rig.synchroniser.stop();
      db.close();
    }
  };

  try {
    let saved = 0;
    for (const now of steps) {
      switch (now.do) {
        case 'save':
          for (let i = 0; i < now.count; i += 1) {
            saved += 1;
            const result = await tabs[now.tab].records.append(sampleTriage(saved));
            expect(result.status).toBe('saved');
          }
          break;
        case 'drain':
          tabs[now.tab].rig.setFault(FAULTS[now.fault]);
          await tabs[now.tab].rig.synchroniser.syncNow();
          break;
        case 'bothDrain':
          tabs[1].rig.setFault(FAULTS[now.fault]);
          await Promise.all(tabs.map(({ rig }) => rig.synchroniser.syncNow()));
          break;
        case 'reopen':
          closeTabs();
          tabs = [await openTab(), await openTab()];
          break;
      }
      // At every moment: what counts as delivered here is stored there, with this very hash.
      await expectDeliveredAreStored(tabs[0].records, store, saved);
    }
    const [{ records, rig }] = tabs;
    rig.setFault(undefined);
    // A large record set aside by a fault is what a person retries; the rest needs no help.
    for (let number = 1; number <= saved; number += 1) await records.retry(sampleId(number));
    await rig.synchroniser.syncNow();
    expect(await records.counts()).toEqual({ saved, queued: 0, delivered: saved, quarantined: 0 });
    expect(store.countRecords(SAMPLE_DEVICE).records).toBe(saved);
    await expectDeliveredAreStored(records, store, saved);
  } finally {
    closeTabs();
    store.close();
    rmSync(dataDir, { recursive: true });
  }
}

async function expectDeliveredAreStored(
  records: ReturnType<typeof createRecordStore>,
  store: ReturnType<typeof openUploadStore>,
  count: number,
): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    const stored = await records.get(sampleId(number));
    if (stored?.status !== 'intact') throw new Error(`record ${number} is lost`);
    if (stored.delivery.state === 'delivered')
      expect(store.findRecord(sampleId(number))?.hash).toBe(stored.record.hash);
  }
}
