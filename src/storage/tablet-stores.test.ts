import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { emptyTriageDraft } from '#domain/form/triage-draft.ts';
import { sampleTriage } from '#domain/records/record-samples.ts';
import { abortOnThrow, DATABASE_NAME, DATABASE_VERSION, openVigiaDatabase, type VigiaDatabase } from './database.ts';
import { deviceIdentity } from './device-identity.ts';
import { createDraftStore } from './draft-store.ts';
import { createEnrolmentStore } from './enrolment-store.ts';
import { createRecordStore } from './record-store.ts';
import { loadSettingsStore } from './settings-store.ts';

const clock = { now: () => '2026-03-02T08:15:00-05:00' };
const TOKEN = 'a-token-of-more-than-twenty-characters';
let db: VigiaDatabase;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  db = await openVigiaDatabase();
});

test('a migration that throws leaves the old database as it was', async () => {
  const record = await createRecordStore(db).append(sampleTriage(1));
  db.close();
  const upgrade = openDB(DATABASE_NAME, DATABASE_VERSION + 1, {
    upgrade(next, _old, _new, tx) {
      abortOnThrow(tx, () => {
        next.deleteObjectStore('records');
        throw new Error('half way');
      });
    },
  });
  await expect(upgrade).rejects.toThrow();
  db = await openVigiaDatabase();
  expect(db.version).toBe(DATABASE_VERSION);
  expect(record.status === 'saved' && (await createRecordStore(db).get(record.record.id))).toMatchObject({
    status: 'intact',
  });
});

test('a tab of an older version saves and gives way to a newer one', async () => {
  const steps: string[] = [];
  db.close();
  await openVigiaDatabase({
    onBlocking: async () => {
      await Promise.resolve();
      steps.push('draft saved');
    },
  });
  const newer = await openDB(DATABASE_NAME, DATABASE_VERSION + 1);
  steps.push('opened');
  expect(steps).toEqual(['draft saved', 'opened']);
  newer.close();
});

test('a draft comes back after reopening, until it is discarded', async () => {
  const draft = { ...emptyTriageDraft(), age: '47', patientCode: 'P-1' };
  expect(await createDraftStore(db, clock).save(draft)).toBe('saved');
  db.close();
  db = await openVigiaDatabase();
  const drafts = createDraftStore(db, clock);
  expect(await drafts.load()).toEqual({ draft, savedAt: clock.now() });
  await drafts.discard();
  expect(await drafts.load()).toBeUndefined();
});

/** Tabs of one browser: a lock goes with the tab that holds it. */
function openTabs() {
  const held = new Map<string, object>();
  const open = (session = new Map<string, string>()) => {
    const tab = {};
    const request = async (name: string, _options: unknown, callback: (lock: object | null) => unknown) => {
      const isFree = !held.has(name);
      if (isFree) held.set(name, tab);
      return callback(isFree ? { name } : null);
    };
    const drafts = createDraftStore(db, clock, {
      locks: { request } as unknown as LockManager,
      session: { getItem: (key) => session.get(key) ?? null, setItem: (key, value) => void session.set(key, value) },
      newId: () => crypto.randomUUID(),
    });
    const close = (): void => {
      for (const [name, holder] of held) if (holder === tab) held.delete(name);
    };
    return { drafts, close, session };
  };
  return open;
}

describe('two tabs', () => {
  const draftOf = (patientCode: string) => ({ ...emptyTriageDraft(), patientCode });

  test('each has its own form, and saving one leaves the other’s draft', async () => {
    const open = openTabs();
    const [a, b] = [open(), open()];
    await a.drafts.load();
    await a.drafts.save(draftOf('UNO'));
    expect(await b.drafts.load()).toBeUndefined();
    await b.drafts.save(draftOf('DOS'));
    await a.drafts.discard();
    expect((await b.drafts.load())?.draft.patientCode).toBe('DOS');
  });

  test('the draft of a closed tab is offered to the next that has none, once', async () => {
    const open = openTabs();
    const a = open();
    await a.drafts.load();
    await a.drafts.save(draftOf('UNO'));
    a.close();
    const [b, c] = [open(), open()];
    expect((await b.drafts.load())?.draft.patientCode).toBe('UNO');
    expect(await c.drafts.load()).toBeUndefined();
  });

  test('a reload keeps the tab’s own draft, and a duplicated tab does not share it', async () => {
    const open = openTabs();
    const a = open();
    await a.drafts.load();
    await a.drafts.save(draftOf('UNO'));
    const duplicate = open(new Map(a.session));
    expect(await duplicate.drafts.load()).toBeUndefined();
    a.close();
    const reloaded = open(a.session);
    expect((await reloaded.drafts.load())?.draft.patientCode).toBe('UNO');
  });
});

test('a draft with one field that no longer reads gives back the others', async () => {
  const drafts = createDraftStore(db, clock);
  await drafts.save({ ...emptyTriageDraft(), age: '47' });
  const row = (await db.get('drafts', 'triage')) as { draft: object };
  await db.put('drafts', { ...row, draft: { ...row.draft, sex: 'X', fromTheFuture: 1 } }, 'triage');
  expect((await drafts.load())?.draft).toEqual({ ...emptyTriageDraft(), age: '47' });
});

test('a draft that cannot be written is told', async () => {
  const drafts = createDraftStore(db, clock);
  db.close();
  expect(await drafts.save(emptyTriageDraft())).toBe('failed');
});

test('settings start from defaults and are kept', async () => {
  const settings = await loadSettingsStore(db, { language: 'en' });
  expect(settings.get()).toMatchObject({ language: 'en', colorScheme: 'auto', temperatureUnit: 'Cel' });
  await settings.set({ siteName: 'Puesto 3' });
  await settings.set({ sunlight: true });
  expect(settings.get()).toBe(settings.get());
  const again = await loadSettingsStore(db, { language: 'es' });
  expect(again.get()).toEqual({ ...settings.get(), language: 'es' });
});

test('a setting that no longer reads falls back alone', async () => {
  await db.put('settings', { language: 'xx', siteName: 'Puesto 3' }, 'settings');
  expect((await loadSettingsStore(db, { language: 'es' })).get()).toMatchObject({
    language: 'es',
    siteName: 'Puesto 3',
  });
});

test('settings changed in one tab reach the other', async () => {
  const channels = [new BroadcastChannel('s'), new BroadcastChannel('s')] as const;
  const here = await loadSettingsStore(db, { language: 'es', notifyOtherTabs: channels[0] });
  const there = await loadSettingsStore(db, { language: 'es', notifyOtherTabs: channels[1] });
  const heard = new Promise<void>((resolve) => there.subscribe(resolve));
  await here.set({ language: 'en' });
  await heard;
  expect(there.get().language).toBe('en');
  for (const channel of channels) channel.close();
});

test('the device has one identity, also when two tabs start at once', async () => {
  const other = await openVigiaDatabase();
  const newId = () => crypto.randomUUID();
  const made = await Promise.all([deviceIdentity(db, newId), deviceIdentity(other, newId)]);
  expect(made[0]).toBe(made[1]);
  other.close();
});

const answering = (status: number, body: unknown) => async () => new Response(JSON.stringify(body), { status });
const SUMMARY = { protocol: 1, siteId: 'puesto-3', devices: [] };

test.each([
  ['enrolled', answering(200, SUMMARY)],
  ['refused', answering(401, {})],
  ['not-the-endpoint', async () => new Response('<html>', { status: 200 })],
  ['not-the-endpoint', answering(200, { ...SUMMARY, protocol: 2 })],
  ['unreachable', () => Promise.reject(new TypeError('no network'))],
  ['unreachable', answering(502, {})],
] as const)('enrolling answers %s', async (expected, fetch) => {
  const enrolment = await createEnrolmentStore(db, { fetch });
  expect(await enrolment.enrol(' https://example.test/base/ ', TOKEN)).toBe(expected);
  const reopened = await createEnrolmentStore(db, { fetch });
  expect(reopened.credentials()).toEqual(
    expected === 'enrolled' ? { endpoint: 'https://example.test/base', token: TOKEN, siteId: 'puesto-3' } : undefined,
  );
});

test('the state of the enrolment is the same object until it changes, so that a screen may subscribe to it', async () => {
  const enrolment = await createEnrolmentStore(db, { fetch: answering(200, SUMMARY) });
  const before = enrolment.state();
  expect(enrolment.state()).toBe(before);
  await enrolment.enrol('https://example.test', TOKEN);
  expect(enrolment.state()).not.toBe(before);
  expect(enrolment.state()).toBe(enrolment.state());
});

test('a screen can see where records go but not the token', async () => {
  const enrolment = await createEnrolmentStore(db, { fetch: answering(200, SUMMARY) });
  await enrolment.enrol('https://example.test', TOKEN);
  expect(JSON.stringify(enrolment.state())).not.toContain(TOKEN);
});

test('an address that is not a web address is refused without asking the network', async () => {
  const enrolment = await createEnrolmentStore(db, { fetch: () => Promise.reject(new Error('must not be called')) });
  expect(await enrolment.enrol('javascript:alert(1)', TOKEN)).toBe('not-the-endpoint');
  expect(await enrolment.enrol('example', TOKEN)).toBe('not-the-endpoint');
});
