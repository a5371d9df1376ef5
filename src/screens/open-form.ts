/**
 * Whether a form with content is on the screen. A new version of the app waits for it: code is never replaced under
 * an open form.
 */
export interface OpenForm {
  isOpen(): boolean;
  /** Called by a form when it gets its first content, and when that is saved, discarded or safely kept elsewhere. */
  set(isOpen: boolean): void;
  subscribe(listener: () => void): () => void;
}

export function createOpenForm(): OpenForm {
  const listeners = new Set<() => void>();
  let current = false;
  return {
    isOpen: () => current,
    set(isOpen) {
      if (isOpen === current) return;
      current = isOpen;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
