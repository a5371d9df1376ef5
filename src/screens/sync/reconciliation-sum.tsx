import { IconAlertCircle, IconCircleCheck, IconCloudUp, IconDeviceTablet } from '@tabler/icons-react';
import { formatCount } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';
import type { DeliveryCounts } from '#workflows/ports.ts';
import styles from './sync-screen.module.css';

/** "46 guardados = 42 recibidos + 3 en cola + 1 en cuarentena", drawn large; one image with the sentence as its name. */
export function ReconciliationSum({ counts }: { readonly counts: DeliveryCounts }) {
  const { saved, delivered, queued, quarantined } = counts;
  return (
    <div
      className={styles['sum']}
      role="img"
      aria-label={m.sync_sum({ saved, received: delivered, queued, quarantined })}
    >
      <Part part="saved" count={saved} Icon={IconDeviceTablet} name={m.sync_sum_saved()} />
      <Sign sign="equals" text="=" />
      <Part part="received" count={delivered} Icon={IconCircleCheck} name={m.sync_sum_received()} />
      <Sign sign="plus" text="+" />
      <Part part="queued" count={queued} Icon={IconCloudUp} name={m.sync_sum_queued()} />
      <Sign sign="plus" text="+" />
      <Part part="quarantined" count={quarantined} Icon={IconAlertCircle} name={m.sync_sum_quarantined()} />
    </div>
  );
}

interface PartProps {
  readonly part: string;
  readonly count: number;
  readonly Icon: typeof IconCloudUp;
  readonly name: string;
}

function Part({ part, count, Icon, name }: PartProps) {
  return (
    <div className={styles['part']} data-part={part} data-none={count === 0}>
      <span className={styles['number']}>{formatCount(count)}</span>
      <span className={styles['partName']}>
        <Icon size={18} aria-hidden />
        {name}
      </span>
    </div>
  );
}

function Sign({ sign, text }: { readonly sign: string; readonly text: string }) {
  return (
    <span className={styles['sign']} data-sign={sign} aria-hidden>
      {text}
    </span>
  );
}
