import { IconPlugConnectedX } from '@tabler/icons-react';
import { m } from '#i18n/generated/messages.js';
import { Button } from '#ui/button.tsx';
import { EmptyCard } from '#ui/empty-card.tsx';
import type { ModelState } from '#workflows/ports.ts';
import { useServices } from '../services.tsx';

type Reason = Extract<ModelState, { status: 'unavailable' }>['reason'];

const REASONS = {
  missing: m.model_reason_missing,
  malformed: m.model_reason_malformed,
  'hash-mismatch': m.model_reason_hash_mismatch,
  'self-test-failed': m.model_reason_self_test_failed,
  incompatible: m.model_reason_incompatible,
  failed: m.model_reason_failed,
} as const satisfies Record<Reason, () => string>;

/** Why no model answers, what goes on working, and the way to try again. */
export function ModelUnavailable({ state }: { readonly state: Exclude<ModelState, { status: 'ready' }> }) {
  const { predictor } = useServices();
  if (state.status === 'loading')
    return (
      <p className="v-muted" role="status">
        {m.model_loading()}
      </p>
    );
  return (
    <EmptyCard
      tone="warn"
      icon={<IconPlugConnectedX size={28} />}
      title={m.model_unavailable()}
      actions={<Button onClick={() => predictor.reload()}>{m.model_retry()}</Button>}
    >
      {REASONS[state.reason]()} {m.model_unavailable_help()}
    </EmptyCard>
  );
}
