import { useEffect, useRef, useState } from 'react';
import { isDraftEmpty } from '#domain/form/draft-changes.ts';
import type { TriageDraft } from '#domain/form/triage-draft.ts';
import type { Clock, DraftStore } from '#workflows/ports.ts';

const KEEP_EVERY_MS = 1000;

export type DraftStatus =
  | { readonly kind: 'none' | 'pending' | 'failed' }
  /** ISO 8601. */
  | { readonly kind: 'saved'; readonly at: string };

export interface DraftKeeper {
  readonly status: DraftStatus;
  /** While the record is being written the draft is left alone: written late it would come back after saving. */
  readonly suspend: (isSuspended: boolean) => void;
}

export interface KeptDraft {
  readonly draft: TriageDraft;
  /** ISO 8601; absent for a form that was never kept. */
  readonly savedAt?: string;
}

/**
 * Keeps the draft every second while it changes, also under someone who never pauses, and at once when the page is
 * hidden or left, because a tablet may close it without another word. An emptied form is let go.
 */
export function useDraftKeeper(
  draft: TriageDraft,
  initial: KeptDraft,
  { drafts, clock }: { readonly drafts: DraftStore; readonly clock: Clock },
): DraftKeeper {
  const [status, setStatus] = useState<DraftStatus>(
    initial.savedAt === undefined ? { kind: 'none' } : { kind: 'saved', at: initial.savedAt },
  );
  const latest = useRef(draft);
  const kept = useRef(initial.draft);
  const isSuspended = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = useRef(async (): Promise<void> => {
    const current = latest.current;
    if (isSuspended.current || current === kept.current) return;
    kept.current = current;
    if (isDraftEmpty(current)) {
      await drafts.discard();
      setStatus({ kind: 'none' });
      return;
    }
    const result = await drafts.save(current);
    if (result === 'failed') kept.current = initial.draft;
    setStatus(result === 'saved' ? { kind: 'saved', at: clock.now() } : { kind: 'failed' });
  });

  useEffect(() => {
    latest.current = draft;
    if (draft === kept.current || isSuspended.current) return;
    // While typing the last time stays in view; only the first entry has none to show.
    setStatus((last) => (last.kind === 'saved' ? last : { kind: 'pending' }));
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void flush.current();
    }, KEEP_EVERY_MS);
  }, [draft]);

  useEffect(() => {
    const keep = flush.current;
    const onHidden = (): void => {
      if (document.visibilityState === 'hidden') void keep();
    };
    const onLeaving = (): void => void keep();
    document.addEventListener('visibilitychange', onHidden);
    window.addEventListener('pagehide', onLeaving);
    return () => {
      document.removeEventListener('visibilitychange', onHidden);
      window.removeEventListener('pagehide', onLeaving);
      clearTimeout(timer.current);
      timer.current = undefined;
      void keep();
    };
  }, []);

  return {
    status,
    suspend: (next) => {
      isSuspended.current = next;
    },
  };
}
