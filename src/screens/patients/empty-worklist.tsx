import { Button } from '#ui/button.tsx';
import { IconChecks, IconClipboardPlus, IconZoomCancel } from '@tabler/icons-react';
import { m } from '#i18n/generated/messages.js';
import { EmptyCard } from '#ui/empty-card.tsx';
import type { WorklistFilter } from '#workflows/ports.ts';

interface EmptyWorklistProps {
  readonly filter: WorklistFilter;
  readonly search: string;
  readonly onNewTriage: () => void;
  readonly onShowAll: () => void;
}

/** Why the list is empty, and the one thing to do about it. */
export function EmptyWorklist({ filter, search, onNewTriage, onShowAll }: EmptyWorklistProps) {
  if (search.trim() !== '')
    return (
      <EmptyCard
        icon={<IconZoomCancel size={28} />}
        title={m.patients_empty_search({ search: search.trim() })}
        actions={
          <Button onClick={onShowAll}>{filter === 'all' ? m.patients_clear_search() : m.patients_search_all()}</Button>
        }
      >
        {m.patients_empty_search_help()}
      </EmptyCard>
    );
  if (filter !== 'all')
    return (
      <EmptyCard
        icon={<IconChecks size={28} />}
        title={EMPTY_FILTER[filter]()}
        actions={<Button onClick={onShowAll}>{m.patients_show_all()}</Button>}
      >
        {m.patients_empty_filter_help()}
      </EmptyCard>
    );
  return (
    <EmptyCard
      tone="action"
      icon={<IconClipboardPlus size={28} />}
      title={m.patients_empty_today()}
      actions={
        <Button look="fill" onClick={onNewTriage}>
          {m.patients_new_triage()}
        </Button>
      }
    >
      {m.patients_empty_today_help()}
    </EmptyCard>
  );
}

const EMPTY_FILTER = {
  pending: m.patients_empty_pending,
  queued: m.patients_empty_queued,
  attention: m.patients_empty_attention,
} as const;
