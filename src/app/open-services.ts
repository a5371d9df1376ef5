import { v7 as uuidv7 } from 'uuid';
import { APP_VERSION } from '#inference/app-version.ts';
import { createPredictor } from '#inference/client.ts';
import { createAppUpdate } from '#offline/app-update.ts';
import { createStorageInfo, requestPersistence } from '#offline/storage-info.ts';
import { createOpenForm } from '#screens/open-form.ts';
import type { Services } from '#screens/services.tsx';
import { openVigiaDatabase, type VigiaDatabase } from '#storage/database.ts';
import { deviceIdentity } from '#storage/device-identity.ts';
import type { TabIdentity } from '#storage/draft-slot.ts';
import { createDraftStore } from '#storage/draft-store.ts';
import { createEnrolmentStore, ENROLMENT_CHANNEL, type EnrolmentStore } from '#storage/enrolment-store.ts';
import { createOutbox } from '#storage/outbox.ts';
import { type AnnouncingRecordStore, createRecordStore, RECORDS_CHANNEL } from '#storage/record-store.ts';
import { loadSettingsStore, SETTINGS_CHANNEL } from '#storage/settings-store.ts';
import { createSynchroniser, type StartableSynchroniser } from '#sync/synchroniser.ts';
import { createSubmitTriage } from '#workflows/submit-triage.ts';
import { createSubmitValidation } from '#workflows/submit-validation.ts';
import type { DeviceIdentity } from '#workflows/ports.ts';
import { systemClock } from './system-clock.ts';
import { whenIdle } from './when-idle.ts';

export interface OpenServicesOptions {
  /** The database cannot go on in this tab: another tab has a newer version, or the browser closed it. */
  readonly onClosed: () => void;
  /** An older tab has to be closed before this one can open. */
  readonly onBlocked: () => void;
}

/** Opens the tablet's storage and wires every real port. Rejects when the storage cannot be opened. */
export async function openServices({ onClosed, onBlocked }: OpenServicesOptions): Promise<Services> {
  const db = await openVigiaDatabase({ onBlocking: onClosed, onClosed, onBlocked });
  const records = createRecordStore(db, { notifyOtherTabs: new BroadcastChannel(RECORDS_CHANNEL) });
  const [settings, enrolment, deviceId] = await Promise.all([
    loadSettingsStore(db, { language: browserLanguage(), notifyOtherTabs: new BroadcastChannel(SETTINGS_CHANNEL) }),
    createEnrolmentStore(db, { fetch: browserFetch, notifyOtherTabs: new BroadcastChannel(ENROLMENT_CHANNEL) }),
    deviceIdentity(db, uuidv7),
  ]);
  const synchroniser = wireSynchroniser(db, records, enrolment, deviceId);
  const identity = (): DeviceIdentity => ({
    deviceId,
    // The name the clinic gave itself, else the one its token was made for.
    siteId: settings.get().siteName.trim() || (enrolment.credentials()?.siteId ?? ''),
    userId: settings.get().userName.trim(),
  });
  const drafts = createDraftStore(db, systemClock, tabIdentity());
  const workflowPorts = { records, drafts, clock: systemClock, newId: uuidv7, identity };
  synchroniser.start();
  void requestPersistence(navigator.storage);
  void checkInBackground(records);
  return {
    appVersion: APP_VERSION,
    clock: systemClock,
    drafts,
    enrolment,
    openForm: createOpenForm(),
    predictor: createPredictor({ createWorker, baseUrl: new URL('/model/', location.origin).href }),
    records,
    settings,
    storageInfo: createStorageInfo(navigator.storage),
    submitTriage: createSubmitTriage(workflowPorts),
    submitValidation: createSubmitValidation(workflowPorts),
    synchroniser,
    update: createAppUpdate({
      serviceWorker: import.meta.env.PROD ? navigator.serviceWorker : undefined,
      reload: () => location.reload(),
      page: document,
    }),
  };
}

/** Without Web Locks, on plain http, tabs cannot tell whether another still lives. */
function tabIdentity(): TabIdentity | undefined {
  if (!('locks' in navigator)) return undefined;
  return { locks: navigator.locks, session: sessionStorage, newId: uuidv7 };
}

function wireSynchroniser(
  db: VigiaDatabase,
  records: AnnouncingRecordStore,
  enrolment: EnrolmentStore,
  deviceId: string,
): StartableSynchroniser {
  return createSynchroniser({
    outbox: createOutbox(db),
    enrolment,
    fetch: browserFetch,
    now: Date.now,
    random: Math.random,
    schedule(callback, delayMs) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
    locks: navigator.locks,
    isOnline: () => navigator.onLine,
    subscribeOnline: (listener) => listenTo(window, 'online', listener),
    subscribeVisible: (listener) =>
      listenTo(document, 'visibilitychange', () => {
        if (document.visibilityState === 'visible') listener();
      }),
    subscribeRecords: records.subscribe,
    notify: records.announce,
    local: { origin: location.origin, deviceId },
  });
}

async function checkInBackground(records: AnnouncingRecordStore): Promise<void> {
  try {
    await records.checkAll(whenIdle);
  } catch (error) {
    // A tab whose database was closed stops checking; the next start begins anew.
    if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
  }
}

/** Not passed on as a method of something else: the browser's fetch refuses that. */
const browserFetch: typeof fetch = (input, init) => fetch(input, init);

function createWorker(): Worker {
  return new Worker(new URL('../inference/worker/inference.worker.ts', import.meta.url), { type: 'module' });
}

function listenTo(target: EventTarget, type: string, listener: () => void): () => void {
  target.addEventListener(type, listener);
  return () => target.removeEventListener(type, listener);
}

/** Spanish unless the browser asks for English first. */
export function browserLanguage(languages: readonly string[] = navigator.languages): 'es' | 'en' {
  const first = languages.find((language) => /^(es|en)\b/.test(language));
  return first?.startsWith('en') ? 'en' : 'es';
}
