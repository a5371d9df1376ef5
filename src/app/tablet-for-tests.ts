import { v7 as uuidv7 } from 'uuid';
import { createAppUpdate } from '#offline/app-update.ts';
import { createStorageInfo } from '#offline/storage-info.ts';
import { createOpenForm } from '#screens/open-form.ts';
import type { Services } from '#screens/services.tsx';
import type { VigiaDatabase } from '#storage/database.ts';
import { createDraftStore } from '#storage/draft-store.ts';
import { createEnrolmentStore } from '#storage/enrolment-store.ts';
import { createOutbox } from '#storage/outbox.ts';
import { createRecordStore } from '#storage/record-store.ts';
import { loadSettingsStore } from '#storage/settings-store.ts';
import { createSynchroniser } from '#sync/synchroniser.ts';
import type { Predictor } from '#workflows/ports.ts';
import { createSubmitTriage } from '#workflows/submit-triage.ts';
import { createSubmitValidation } from '#workflows/submit-validation.ts';
import { systemClock } from './system-clock.ts';

/** A tablet's services on a database, with real stores and no network. */
export async function servicesOn(database: VigiaDatabase, predictor: Predictor): Promise<Services> {
  const records = createRecordStore(database);
  const drafts = createDraftStore(database, systemClock);
  const enrolment = await createEnrolmentStore(database, { fetch });
  const identity = () => ({ deviceId: '0190a0a0-0000-7000-8000-000000000001', siteId: '', userId: '' });
  const ports = { records, drafts, clock: systemClock, newId: uuidv7, identity };
  return {
    appVersion: '0.1.0',
    clock: systemClock,
    drafts,
    enrolment,
    openForm: createOpenForm(),
    predictor,
    records,
    settings: await loadSettingsStore(database, { language: 'es' }),
    storageInfo: createStorageInfo(undefined),
    submitTriage: createSubmitTriage(ports),
    submitValidation: createSubmitValidation(ports),
    synchroniser: createSynchroniser({
      outbox: createOutbox(database),
      enrolment,
      fetch,
      now: Date.now,
      random: Math.random,
      schedule: () => () => undefined,
      locks: undefined,
      isOnline: () => false,
      subscribeOnline: () => () => undefined,
      notify: records.announce,
    }),
    update: createAppUpdate({ serviceWorker: undefined, reload: () => undefined, page: document }),
  };
}
