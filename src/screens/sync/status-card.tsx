import { Button } from '#ui/button.tsx';
import { IconChecks, IconAlertTriangle, IconCloudCheck, IconCloudOff, IconRefresh } from '@tabler/icons-react';
import { whenText } from '../when-text.ts';
import { m } from '#i18n/generated/messages.js';
import type { DeliveryCounts, SyncState } from '#workflows/ports.ts';
import { useServices, useStore } from '../services.tsx';
import { minutesUntil } from './next-attempt.ts';
import { reconcile } from './reconciliation.ts';
import { ReconciliationSum } from './reconciliation-sum.tsx';
import styles from './sync-screen.module.css';
import { retryTime, syncWords, type SyncTone } from './sync-words.ts';
import { useNow } from './use-now.ts';

const ICONS = { ok: IconCloudCheck, calm: IconRefresh, warn: IconAlertTriangle } as const satisfies Record<
  SyncTone,
  unknown
>;

interface StatusCardProps {
  readonly state: SyncState;
  readonly counts: DeliveryCounts;
}

/** What is going on in words, the sum that shows nothing was lost, and the button to send now. */
export function StatusCard({ state, counts }: StatusCardProps) {
  const { synchroniser } = useServices();
  const words = syncWords(state, counts);
  const isOffline = state.status === 'paused' && state.pause.kind === 'offline';
  const Icon = isOffline ? IconCloudOff : ICONS[words.tone];
  return (
    <section className="v-card">
      <div className={styles['head']}>
        <div className={styles['state']}>
          <span className={styles['stateIcon']} data-tone={words.tone}>
            <Icon size={26} aria-hidden />
          </span>
          <div role="status">
            <h2>{words.title}</h2>
            <p className="v-small v-muted">{words.help}</p>
          </div>
        </div>
        <Button look="main" onClick={() => void synchroniser.syncNow()}>
          <IconRefresh size={22} aria-hidden />
          {m.sync_now()}
        </Button>
      </div>
      <ReconciliationSum counts={counts} />
      <Facts state={state} counts={counts} />
    </section>
  );
}

function Facts({ state, counts }: StatusCardProps) {
  const { synchroniser } = useServices();
  const lastSuccessAt = useStore(synchroniser, () => synchroniser.lastSuccessAt());
  const { agrees } = reconcile(counts);
  const retryAt = retryTime(state);
  return (
    <div className={styles['facts']}>
      <span className={styles['verdict']} data-agrees={agrees}>
        {agrees ? <IconChecks size={19} aria-hidden /> : <IconAlertTriangle size={19} aria-hidden />}
        {agrees ? m.sync_sum_agrees() : m.sync_sum_disagrees()}
      </span>
      <span className="v-small v-muted">
        {lastSuccessAt === undefined ? m.sync_never() : m.sync_last_success({ when: whenText(lastSuccessAt) })}
      </span>
      {retryAt !== undefined && <NextAttempt retryAt={retryAt} />}
    </div>
  );
}

function NextAttempt({ retryAt }: { readonly retryAt: string }) {
  const minutes = minutesUntil(retryAt, useNow(5_000));
  return (
    <span className="v-small v-muted">{minutes === 0 ? m.sync_next_now() : m.sync_next_minutes({ minutes })}</span>
  );
}
