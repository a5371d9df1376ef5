import { useEffect, useRef, useState } from 'react';
import { isDraftEmpty } from '#domain/form/draft-changes.ts';
import type { TriageDraft } from '#domain/form/triage-draft.ts';
import type { Clock, DraftStore } from '#workflows/ports.ts';

const QUIET_MS = 1000;

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
 * Keeps the draft a second after the last change, and at once when the page is hidden or left, because a tablet may
 * close it without another word. An emptied form is let go.
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
    if (draft === kept.current || isSuspended.current) return undefined;
    // While typing the last time stays in view; only the first entry has none to show.
    setStatus((last) => (last.kind === 'saved' ? last : { kind: 'pending' }));
    const timer = setTimeout(() => void flush.current(), QUIET_MS);
    return () => clearTimeout(timer);
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
