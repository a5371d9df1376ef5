import type { PerCategory } from '#domain/categories.ts';
import type { ModelInputs } from '#domain/features/model-inputs.ts';
import type { TriageDraft } from '#domain/form/triage-draft.ts';
import type { ModelManifest } from '#domain/model/manifest.ts';
import type { Delivery } from '#domain/records/delivery.ts';
import type {
  ModelIdentity,
  RecordContent,
  ShownForecast,
  TriageRecord,
  ValidationRecord,
  VigiaRecord,
} from '#domain/records/record.ts';

/**
 * What the workflows and screens need from the outside. `app/` wires the real ones; tests wire real ones on
 * fake-indexeddb. Expected failures are values here; what is thrown is a bug.
 */

export type UnavailableReason = Extract<ShownForecast, { status: 'unavailable' }>['reason'];

/** Who and where this tablet is, written into every record. */
export interface DeviceIdentity {
  readonly deviceId: string;
  readonly siteId: string;
  readonly userId: string;
}

export type AppendResult =
  | { readonly status: 'saved'; readonly record: VigiaRecord }
  /** Nothing was written; the form stays open. */
  | { readonly status: 'failed'; readonly reason: 'no-space' | 'storage-closed' };

/** One stored record as read back. A row that no longer parses or whose hash is wrong is shown, never dropped. */
export type StoredRecord =
  | { readonly status: 'intact'; readonly record: VigiaRecord; readonly delivery: Delivery }
  | { readonly status: 'damaged'; readonly id: string };

/** A patient's line in the worklist: the triage and the latest validation, with where each is. */
export interface WorklistEntry {
  readonly triage: TriageRecord;
  readonly delivery: Delivery;
  readonly validation?: { readonly record: ValidationRecord; readonly delivery: Delivery };
}

/** `pending`: without a validation. `queued`, `attention`: the triage or its latest validation waits, or was set aside. */
export type WorklistFilter = 'all' | 'pending' | 'queued' | 'attention';

export interface WorklistQuery {
  readonly filter: WorklistFilter;
  /** Part of a patient code; upper and lower case are the same. */
  readonly search: string;
  /** When today began on this tablet, milliseconds since 1970. */
  readonly dayStart: number;
  /** At most so many entries, in the order of the sections. */
  readonly limit: number;
}

/** How many entries each filter holds. Damaged records count under `all` and `attention`. */
export type WorklistCounts = Readonly<Record<WorklistFilter, number>>;

export interface WorklistPage {
  /** Of the whole worklist, whatever is filtered or searched. */
  readonly counts: WorklistCounts;
  /** Ids of records that can no longer be read, the last saved first. */
  readonly damaged: readonly string[];
  /** Still to be validated, from earlier days, oldest first. */
  readonly pending: readonly WorklistEntry[];
  /** Today's, newest first, validated or not. */
  readonly today: readonly WorklistEntry[];
  /** Validated, from earlier days, newest first. */
  readonly earlier: readonly WorklistEntry[];
  /** Entries left out by the limit. */
  readonly hidden: number;
}

export interface DeliveryCounts {
  readonly saved: number;
  readonly queued: number;
  readonly delivered: number;
  readonly quarantined: number;
}

/** The draft that a record was made from. It goes in the very transaction that writes the record. */
export interface EndedDraft {
  readonly draftKey: string;
}

export interface RecordStore {
  /** Links, seals and writes the record with its outbox entry in one strict transaction. */
  append(content: RecordContent, ends?: EndedDraft): Promise<AppendResult>;
  get(id: string): Promise<StoredRecord | undefined>;
  /** The first entries that a query asks for. Every record in the answer has been verified. */
  worklist(query: WorklistQuery): Promise<WorklistPage>;
  worklistCounts(): Promise<WorklistCounts>;
  /** Every validation of one triage, oldest first: version 1, 2, … */
  validationsOf(triageId: string): Promise<readonly StoredRecord[]>;
  counts(): Promise<DeliveryCounts>;
  /** Queued and quarantined records, oldest first. */
  undelivered(): Promise<readonly StoredRecord[]>;
  /** Puts a quarantined record back into the queue. */
  retry(id: string): Promise<void>;
  /** Called after every change, in this tab and in others. Returns the way to stop. */
  subscribe(listener: () => void): () => void;
}

export interface DraftStore {
  load(): Promise<{ readonly draft: TriageDraft; readonly savedAt: string } | undefined>;
  save(draft: TriageDraft): Promise<'saved' | 'failed'>;
  discard(): Promise<void>;
  /** Where this tab's draft is kept. */
  key(): string;
}

export interface Clock {
  /** ISO 8601 with the device's offset. */
  now(): string;
}

/** Which model answers, or why none does. Recording never depends on it. */
export type ModelState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly identity: ModelIdentity; readonly manifest: ModelManifest }
  | { readonly status: 'unavailable'; readonly reason: Exclude<UnavailableReason, 'loading'> };

export type PredictAnswer =
  | { readonly status: 'answered'; readonly probabilities: PerCategory }
  /** A newer question replaced this one. */
  | { readonly status: 'superseded' }
  | { readonly status: 'unavailable'; readonly reason: UnavailableReason };

export interface Predictor {
  /** The network's calibrated probabilities. One question at a time: a new one supersedes a waiting one. */
  predict(inputs: ModelInputs): Promise<PredictAnswer>;
  model(): ModelState;
  /** Tries again to load the model, after it was unavailable. */
  reload(): void;
  subscribe(listener: () => void): () => void;
}

/** Why nothing is being sent just now. */
export type SyncPause =
  | { readonly kind: 'offline' }
  /** Network failure, server error, or an answer that is not the endpoint's (a captive portal). */
  | { readonly kind: 'unreachable' | 'server-error' | 'not-the-endpoint' | 'busy'; readonly retryAt: string }
  /** The token was refused or there is none: enrol this tablet again. */
  | { readonly kind: 'not-enrolled' };

export type SyncState =
  | { readonly status: 'idle' }
  | { readonly status: 'syncing' }
  | { readonly status: 'paused'; readonly pause: SyncPause };

export interface Synchroniser {
  state(): SyncState;
  lastSuccessAt(): string | undefined;
  /** Drains the queue now, whatever the back-off says. */
  syncNow(): Promise<void>;
  subscribe(listener: () => void): () => void;
}

/** Settings of this tablet. They hold no patient data. */
export interface Settings {
  readonly language: 'es' | 'en';
  readonly colorScheme: 'light' | 'dark' | 'auto';
  /** Sunlight mode: black on white, heavier lines. */
  readonly sunlight: boolean;
  readonly temperatureUnit: 'Cel' | '[degF]';
  /** Name of the clinic as shown on screen, and who is using the tablet. */
  readonly siteName: string;
  readonly userName: string;
}

export interface SettingsStore {
  get(): Settings;
  set(change: Partial<Settings>): Promise<void>;
  subscribe(listener: () => void): () => void;
}

/** Where records are sent. The token never leaves storage: a screen can replace it, not read it. */
export interface Enrolment {
  state(): { readonly status: 'enrolled'; readonly endpoint: string } | { readonly status: 'not-enrolled' };
  /** Checks the endpoint with the token and keeps both when it answers. */
  enrol(endpoint: string, token: string): Promise<'enrolled' | 'refused' | 'unreachable' | 'not-the-endpoint'>;
  subscribe(listener: () => void): () => void;
}

/** A new version of the app that waits for the user's yes. */
export interface AppUpdate {
  isReady(): boolean;
  /** Activates it and reloads. Call it only with no form open or its draft saved. */
  apply(): void;
  subscribe(listener: () => void): () => void;
}

export interface StorageInfo {
  /** Bytes used and available as the browser estimates them, and whether it promised not to evict. */
  read(): Promise<{ readonly usedBytes: number; readonly quotaBytes: number; readonly isPersistent: boolean }>;
}
