import type { EnrolmentStore } from '#storage/enrolment-store.ts';
import type { Outbox } from '#storage/outbox.ts';
import type { AnnouncingRecordStore } from '#storage/record-store.ts';
import { createSynchroniser, type StartableSynchroniser, type SynchroniserOptions } from './synchroniser.ts';

/** What a test can do to a request on its way: answer itself, fail, or let it through. */
export type Fault = (request: Request, deliver: () => Promise<Response>) => Promise<Response>;

export interface SyncRig {
  readonly synchroniser: StartableSynchroniser;
  /** Requests to upload records that were made, in order. */
  readonly uploads: readonly Request[];
  /** Waits asked for and not yet over, in milliseconds. */
  readonly waits: () => readonly number[];
  /** Ends the pending wait, as time would, and lets what follows finish. */
  readonly endWait: () => Promise<void>;
  /** Applied to every upload from now on. */
  setFault(fault: Fault | undefined): void;
  setOnline(isOnline: boolean): void;
}

export interface RigParts {
  readonly records: AnnouncingRecordStore;
  readonly outbox: Outbox;
  readonly enrolment: EnrolmentStore;
  /** The endpoint's handler. */
  readonly handle: (request: Request) => Response | Promise<Response>;
  readonly change?: Partial<SynchroniserOptions>;
}

/** A synchroniser with a clock, a network and a scheduler in the test's hands, before a real endpoint. */
export function createSyncRig({ records, outbox, enrolment, handle, change }: RigParts): SyncRig {
  const pending = new Map<symbol, { readonly callback: () => void; readonly delayMs: number }>();
  const uploads: Request[] = [];
  const onlineListeners = new Set<() => void>();
  let fault: Fault | undefined;
  let isOnline = true;
  const synchroniser = createSynchroniser({
    outbox,
    enrolment,
    now: () => Date.UTC(2026, 2, 2, 10),
    random: () => 0.5,
    locks: undefined,
    isOnline: () => isOnline,
    notify: records.announce,
    subscribeRecords: records.subscribe,
    subscribeOnline(listener) {
      onlineListeners.add(listener);
      return () => onlineListeners.delete(listener);
    },
    schedule(callback, delayMs) {
      const key = Symbol('wait');
      pending.set(key, { callback, delayMs });
      return () => pending.delete(key);
    },
    async fetch(input, init) {
      const request = new Request(input, init);
      if (new URL(request.url).pathname.endsWith('/records')) uploads.push(request.clone());
      const deliver = async (): Promise<Response> => handle(request);
      return fault ? fault(request, deliver) : deliver();
    },
    ...change,
  });
  return {
    synchroniser,
    uploads,
    waits: () => [...pending.values()].map(({ delayMs }) => delayMs),
    async endWait() {
      const [entry] = pending;
      if (!entry) throw new Error('nothing is waiting');
      pending.delete(entry[0]);
      const settled = new Promise<void>((resolve) => {
        const stop = synchroniser.subscribe(() => {
          if (synchroniser.state().status === 'syncing') return;
          stop();
          resolve();
        });
      });
      entry[1].callback();
      await settled;
    },
    setFault(next) {
      fault = next;
    },
    setOnline(next) {
      isOnline = next;
      if (next) for (const listener of onlineListeners) listener();
    },
  };
}
