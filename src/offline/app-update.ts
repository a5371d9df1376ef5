import type { AppUpdate } from '#workflows/ports.ts';
import type { ActivateMessage } from './worker/messages.ts';

export interface AppUpdateOptions {
  /** `navigator.serviceWorker`; absent where the page is not served securely. */
  readonly serviceWorker: ServiceWorkerContainer | undefined;
  readonly reload: () => void;
  /** Asks the server for a new version whenever the page is looked at again. */
  readonly page: Pick<Document, 'addEventListener' | 'visibilityState'>;
}

/**
 * Registers the service worker and watches for a version that waits. What always holds:
 *
 * - Only the tab whose user agreed is reloaded, once. Other tabs go on with the code they have and are told that a new
 *   version is there; their reload is theirs to choose.
 * - The first installation is not an update.
 */
export function createAppUpdate(options: AppUpdateOptions): AppUpdate {
  const update = new ServiceWorkerUpdate(options);
  void update.register();
  return update;
}

class ServiceWorkerUpdate implements AppUpdate {
  readonly #options: AppUpdateOptions;
  readonly #listeners = new Set<() => void>();
  #waiting: ServiceWorker | undefined;
  /** Another tab activated a new version: this one runs the old code until it is reloaded. */
  #isBehind = false;
  #isApplying = false;
  #isReloaded = false;

  constructor(options: AppUpdateOptions) {
    this.#options = options;
  }

  async register(): Promise<void> {
    const { serviceWorker, page } = this.#options;
    if (!serviceWorker) return;
    let hadController = serviceWorker.controller !== null;
    serviceWorker.addEventListener('controllerchange', () => {
      if (hadController) this.#onNewController();
      hadController = true;
    });
    const registration = await serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch(() => undefined);
    if (!registration) return;
    this.#watch(registration);
    page.addEventListener('visibilitychange', () => {
      // Without a network there is nothing to find, and the next look tries again.
      if (page.visibilityState === 'visible') registration.update().catch(() => undefined);
    });
  }

  readonly isReady = (): boolean => this.#waiting !== undefined || this.#isBehind;

  readonly apply = (): void => {
    if (this.#isApplying || !this.isReady()) return;
    this.#isApplying = true;
    const message: ActivateMessage = { kind: 'activate' };
    if (this.#waiting && !this.#isBehind) this.#waiting.postMessage(message);
    else this.#options.reload();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #watch(registration: ServiceWorkerRegistration): void {
    const look = (): void => {
      if (registration.waiting && registration.active) this.#setWaiting(registration.waiting);
    };
    const follow = (worker: ServiceWorker | null): void => worker?.addEventListener('statechange', look);
    look();
    follow(registration.installing);
    registration.addEventListener('updatefound', () => follow(registration.installing));
  }

  #setWaiting(worker: ServiceWorker): void {
    this.#waiting = worker;
    this.#tell();
  }

  #onNewController(): void {
    if (this.#isApplying) {
      if (!this.#isReloaded) this.#options.reload();
      this.#isReloaded = true;
      return;
    }
    this.#isBehind = true;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
