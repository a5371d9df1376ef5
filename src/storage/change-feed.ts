/** What is needed of a BroadcastChannel. */
export interface TabChannel {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: () => void): void;
}

export interface ChangeFeed {
  /** Tells the listeners of this tab and the other tabs. */
  announce(): void;
  subscribe(listener: () => void): () => void;
}

/** Listeners of this tab, joined with those of the other tabs when there is a channel. Messages carry no data. */
export function createChangeFeed(channel?: TabChannel): ChangeFeed {
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  channel?.addEventListener('message', tell);
  return {
    announce() {
      tell();
      channel?.postMessage('changed');
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
