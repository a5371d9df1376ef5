import type { EnrolmentStore } from '#storage/enrolment-store.ts';
import type { Outbox } from '#storage/outbox.ts';
import type { Synchroniser, SyncPause, SyncState } from '#workflows/ports.ts';
import { backoffMs } from './backoff.ts';
import { createBatchPlan } from './batch.ts';
import { drain, type DrainOutcome, type DrainPorts } from './drain.ts';
import { enrolLocally, isLoopbackAddress, type LocalEnrolment } from './enrol-locally.ts';

/**
 * Decides when the outbox is drained.
 *
 * What always holds:
 *  1. Nothing leaves the queue before a receipt with its id and hash.
 *  2. An answer that is not 200, the receipts' media type, this protocol and the echoed digest delivers nothing.
 *  3. A refused token pauses and keeps everything. When not the endpoint but something on the way may have refused,
 *     it is tried again later: a captive portal must not end all sending until somebody looks.
 *  4. A batch that is too large is halved; a single record that is too large is set aside.
 *  5. Retry-After is honoured up to five minutes; without it the wait is drawn with full jitter up to five minutes.
 *  6. A refused record is set aside with its reason, and the rest goes on.
 *  7. A record without a receipt stays queued, and never makes the loop run hot.
 *  8. One tab sends at a time where there are Web Locks; without them sending twice is harmless.
 *  9. It starts by itself: on start, when the network returns, after each save, when the app is looked at again.
 * 10. "Sync now" does not wait for any back-off. Waits are timers, never compared with a clock that may be set back.
 */
export interface SynchroniserOptions {
  readonly outbox: Outbox;
  readonly enrolment: EnrolmentStore;
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Runs the callback after so many milliseconds; returns the way to cancel it. */
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
  /** `navigator.locks`, where the browser has it. */
  readonly locks: Pick<LockManager, 'request'> | undefined;
  readonly isOnline: () => boolean;
  readonly subscribeOnline: (listener: () => void) => () => void;
  /** The app is being looked at again. */
  readonly subscribeVisible?: (listener: () => void) => () => void;
  /** Records changed in any tab: usually the record store's `subscribe`. */
  readonly subscribeRecords?: (listener: () => void) => () => void;
  /** Deliveries changed: usually the record store's `announce`. */
  readonly notify: () => void;
  /** Where this tablet may enrol by itself: the page's own origin, used on loopback only. */
  readonly local?: LocalEnrolment;
  readonly timeoutSignal?: (timeoutMs: number) => AbortSignal;
}

export interface StartableSynchroniser extends Synchroniser {
  start(): void;
  stop(): void;
}

const LOCK_NAME = 'vigia-sync';
/** Another tab is sending: look again after about this long, should that tab be closed half way. */
const ELSEWHERE_MS = 15_000;

type Wanted = 'no' | 'automatic' | 'now';
type Attempt = DrainOutcome | { readonly kind: 'offline' | 'elsewhere' };

export function createSynchroniser(options: SynchroniserOptions): StartableSynchroniser {
  const listeners = new Set<() => void>();
  const plan = createBatchPlan();
  let state: SyncState = { status: 'idle' };
  let lastSuccessAt: string | undefined;
  let failures = 0;
  let isStopped = false;
  let refusedToken: string | undefined;
  let cancelWait: (() => void) | undefined;
  let running: Promise<void> | undefined;
  let wanted: Wanted = 'no';
  let stopListening: readonly (() => void)[] = [];

  // Called without `this`: the browser's fetch refuses to be a method of anything but the window.
  const { fetch } = options;
  const ports: DrainPorts = {
    outbox: options.outbox,
    notify: options.notify,
    now: options.now,
    fetch: (input, init) => fetch(input, init),
    timeoutSignal: options.timeoutSignal ?? ((ms) => AbortSignal.timeout(ms)),
    isStopped: () => isStopped,
    onDelivered(at) {
      lastSuccessAt = at;
      failures = 0;
    },
  };

  const become = (next: SyncState): void => {
    state = next;
    for (const listener of [...listeners]) listener();
  };

  const wait = (delayMs: number): string => {
    cancelWait?.();
    cancelWait = undefined;
    if (!isStopped)
      cancelWait = options.schedule(() => {
        cancelWait = undefined;
        void trigger('automatic');
      }, delayMs);
    return new Date(options.now() + delayMs).toISOString();
  };

  /** Starts an attempt, or has the running one look again afterwards. */
  const trigger = (how: 'automatic' | 'now'): Promise<void> => {
    if (isStopped) return running ?? Promise.resolve();
    if (running) {
      if (wanted !== 'now') wanted = how;
      return running;
    }
    if (how === 'automatic' && cancelWait) return Promise.resolve();
    running = runUntilNothingWanted(how).finally(() => {
      running = undefined;
    });
    return running;
  };

  const runUntilNothingWanted = async (first: 'automatic' | 'now'): Promise<void> => {
    let how: Wanted = first;
    while (how !== 'no' && !isStopped) {
      cancelWait?.();
      cancelWait = undefined;
      try {
        settle(await attemptLocked(how));
      } catch (error) {
        // Storage is closed or broken: show no attempt under way, look again later, and let the error be seen.
        failures += 1;
        wait(backoffMs(failures, options.random));
        become({ status: 'idle' });
        throw error;
      }
      const next = takeWanted();
      // The changes noted by a failure must not start the next attempt: while waiting only a person may.
      how = next === 'automatic' && cancelWait ? 'no' : next;
    }
  };

  const takeWanted = (): Wanted => {
    const taken = wanted;
    wanted = 'no';
    return taken;
  };

  const attemptLocked = async (how: 'automatic' | 'now'): Promise<Attempt> => {
    if (!options.locks) return attempt(how);
    return options.locks.request(LOCK_NAME, { ifAvailable: true }, (lock) =>
      lock ? attempt(how) : { kind: 'elsewhere' as const },
    );
  };

  const attempt = async (how: 'automatic' | 'now'): Promise<Attempt> => {
    const address = options.enrolment.credentials()?.endpoint ?? options.local?.origin ?? '';
    if (how === 'automatic' && !options.isOnline() && !isLoopbackAddress(address)) return { kind: 'offline' };
    const credentials = await usableCredentials(how);
    if (!credentials) return { kind: 'unauthorised', isCertain: true };
    const first = await options.outbox.nextBatch(1, 1, plan.aside);
    if (first.lines.length > 0) become({ status: 'syncing' });
    const outcome = await drain(ports, credentials, plan);
    refusedToken = outcome.kind === 'unauthorised' && outcome.isCertain ? credentials.token : undefined;
    if (outcome.kind === 'unreachable' && !options.isOnline()) return { kind: 'offline' };
    return outcome;
  };

  /** A refused token is not tried again by itself; on one's own machine a new one is asked for. */
  const usableCredentials = async (how: 'automatic' | 'now') => {
    const credentials = options.enrolment.credentials();
    if (credentials && credentials.token !== refusedToken) return credentials;
    const { local } = options;
    const isOwn = local && (!credentials || credentials.endpoint === local.origin);
    if (isOwn && (await enrolLocally(ports, options.enrolment, local))) return options.enrolment.credentials();
    return how === 'now' ? credentials : undefined;
  };

  const settle = (outcome: Attempt): void => {
    const pause = pauseFor(outcome);
    if (pause) become({ status: 'paused', pause });
    else become({ status: 'idle' });
  };

  const pauseFor = (outcome: Attempt): SyncPause | undefined => {
    switch (outcome.kind) {
      case 'drained':
        failures = 0;
        return undefined;
      case 'stopped':
        return undefined;
      case 'elsewhere':
        wait(ELSEWHERE_MS * (0.5 + options.random()));
        return undefined;
      case 'offline':
        failures += 1;
        wait(backoffMs(failures, options.random));
        return { kind: 'offline' };
      case 'unauthorised':
        if (!outcome.isCertain) {
          failures += 1;
          wait(backoffMs(failures, options.random));
        }
        return { kind: 'not-enrolled' };
      case 'busy':
        failures += 1;
        return { kind: 'busy', retryAt: wait(outcome.retryAfterMs ?? backoffMs(failures, options.random)) };
      case 'no-verdict':
      case 'server-error':
        failures += 1;
        return { kind: 'server-error', retryAt: wait(backoffMs(failures, options.random)) };
      case 'unreachable':
      case 'not-the-endpoint':
        failures += 1;
        return { kind: outcome.kind, retryAt: wait(backoffMs(failures, options.random)) };
    }
  };

  return {
    state: () => state,
    lastSuccessAt: () => lastSuccessAt,
    syncNow: () => trigger('now'),
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    start() {
      isStopped = false;
      const automatic = (): void => void trigger('automatic');
      const unlessBusy = (): void => {
        // The network is another one now: what was unreachable may be there. A server that asked for time gets it.
        if (state.status !== 'paused' || state.pause.kind !== 'busy') {
          cancelWait?.();
          cancelWait = undefined;
        }
        automatic();
      };
      stopListening = [
        options.subscribeOnline(unlessBusy),
        options.subscribeVisible?.(automatic),
        options.subscribeRecords?.(automatic),
        options.enrolment.subscribe(automatic),
      ].filter((stop) => stop !== undefined);
      void beginWithWhatWasLeft().then(automatic);
    },
    stop() {
      isStopped = true;
      for (const stop of stopListening) stop();
      stopListening = [];
      cancelWait?.();
      cancelWait = undefined;
    },
  };

  async function beginWithWhatWasLeft(): Promise<void> {
    lastSuccessAt ??= await options.outbox.lastSuccessAt();
    const restored = await options.outbox.restoreLostEntries();
    if (restored > 0) options.notify();
    become(state);
  }
}
