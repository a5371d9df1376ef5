import { createContext, useContext, useSyncExternalStore } from 'react';
import type {
  AppUpdate,
  Clock,
  DraftStore,
  Enrolment,
  Predictor,
  RecordStore,
  SettingsStore,
  StorageInfo,
  Synchroniser,
} from '#workflows/ports.ts';
import type { SubmitTriage } from '#workflows/submit-triage.ts';
import type { SubmitValidation } from '#workflows/submit-validation.ts';
import type { OpenForm } from './open-form.ts';

/** Everything a screen may do to the world. `app/` wires the real ones. */
export interface Services {
  /** Version of the app, semver. */
  readonly appVersion: string;
  readonly clock: Clock;
  readonly drafts: DraftStore;
  readonly enrolment: Enrolment;
  readonly openForm: OpenForm;
  readonly predictor: Predictor;
  readonly records: RecordStore;
  readonly settings: SettingsStore;
  readonly storageInfo: StorageInfo;
  readonly submitTriage: SubmitTriage;
  readonly submitValidation: SubmitValidation;
  readonly synchroniser: Synchroniser;
  readonly update: AppUpdate;
}

const ServicesContext = createContext<Services | undefined>(undefined);

export const ServicesProvider = ServicesContext.Provider;

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('useServices outside ServicesProvider');
  return services;
}

/** Subscribes a component to one of the services' stores. `read` must return a stable value between changes. */
export function useStore<T>(store: { subscribe(listener: () => void): () => void }, read: () => T): T {
  return useSyncExternalStore(store.subscribe, read);
}
