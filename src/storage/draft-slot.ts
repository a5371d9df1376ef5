/** What a tab is known by: locks that end with it, and storage of its own that outlives a reload. */
export interface TabIdentity {
  readonly locks: Pick<LockManager, 'request'>;
  readonly session: { getItem(key: string): string | null; setItem(key: string, value: string): void };
  readonly newId: () => string;
}

/** The row of the drafts that belongs to this tab. */
export interface DraftSlot {
  /** At once, for a page that is being left. */
  key(): string;
  /**
   * Makes sure that the key is this tab's alone. When it holds no draft, one that a closed tab left behind is taken over,
   * the first of `kept`.
   */
  claim(hasDraft: (key: string) => Promise<boolean>, kept: () => Promise<readonly string[]>): Promise<void>;
}

/** The one row where tabs cannot be told apart: without Web Locks, that is on plain http. */
const SHARED_KEY = 'triage';
const SESSION_KEY = 'vigia-draft';
/** A page being reloaded lets go of its lock almost at once; one in a duplicated tab never does. */
const RELOAD_MS = 1000;

/** One row for each open tab: two patients typed in two tabs must not overwrite each other. */
export function createDraftSlot(tab: TabIdentity | undefined): DraftSlot {
  if (!tab) return { key: () => SHARED_KEY, claim: async () => undefined };
  let key: string | undefined;
  let owning: Promise<unknown> | undefined;
  const take = (next: string): string => {
    tab.session.setItem(SESSION_KEY, next);
    key = next;
    return next;
  };
  const current = (): string => key ?? take(tab.session.getItem(SESSION_KEY) ?? tab.newId());
  const own = async (): Promise<void> => {
    if (await holdLock(tab.locks, current(), { signal: AbortSignal.timeout(RELOAD_MS) })) return;
    await holdLock(tab.locks, take(tab.newId()), {});
  };
  return {
    key: current,
    async claim(hasDraft, kept) {
      owning ??= own();
      await owning;
      if (await hasDraft(current())) return;
      for (const left of await kept())
        if (await holdLock(tab.locks, left, { ifAvailable: true })) {
          take(left);
          return;
        }
    },
  };
}

/** Takes a lock and keeps it for as long as the tab lives. False when another tab has it. */
function holdLock(locks: TabIdentity['locks'], key: string, options: LockOptions): Promise<boolean> {
  return new Promise((resolve) => {
    locks
      .request(`vigia-draft-${key}`, options, (lock) => {
        resolve(lock !== null);
        return lock ? new Promise<never>(() => undefined) : undefined;
      })
      .catch(() => resolve(false));
  });
}
