import { Button } from '#ui/button.tsx';
import { IconAlertCircle } from '@tabler/icons-react';
import type { Delivery } from '#domain/records/delivery.ts';
import { m } from '#i18n/generated/messages.js';
import type { StoredRecord } from '#workflows/ports.ts';
import { Tag } from '#ui/tag.tsx';
import { countText } from '../count-text.ts';
import { useServices } from '../services.tsx';
import surface from '../surface.module.css';
import { RecordLine } from './record-line.tsx';
import styles from './sync-screen.module.css';

type Quarantined = Extract<Delivery, { state: 'quarantined' }>;

const REASONS = {
  conflict: m.sync_reason_conflict,
  invalid: m.sync_reason_invalid,
  'too-large': m.sync_reason_too_large,
} as const satisfies Record<Quarantined['reason'], () => string>;

/** Records the endpoint refused, each with its reason; one bad record never holds back the rest. */
export function QuarantineCard({ records }: { readonly records: readonly StoredRecord[] }) {
  const { records: store } = useServices();
  const refused = records.flatMap((stored) =>
    stored.status === 'intact' && stored.delivery.state === 'quarantined'
      ? [{ record: stored.record, delivery: stored.delivery }]
      : [],
  );
  if (refused.length === 0) return null;
  return (
    <section className={`v-card ${styles['attention']}`} aria-labelledby="sync-quarantine">
      <div className="v-card-head">
        <h2 id="sync-quarantine">{m.sync_quarantine()}</h2>
        <Tag tone="danger" icon={<IconAlertCircle size={18} />}>
          {countText(refused.length, m.sync_quarantine_count_one, m.sync_quarantine_count_many)}
        </Tag>
      </div>
      <p className="v-small v-muted">{m.sync_quarantine_help()}</p>
      <ul className={surface['list']} style={{ marginTop: 'var(--v-s3)' }}>
        {refused.map(({ record, delivery }) => (
          <li key={record.id} className={styles['record']}>
            <div>
              <RecordLine record={record} />
              <p className={styles['reason']}>{REASONS[delivery.reason]()}</p>
              {delivery.detail !== '' && <p className="v-small v-muted">{delivery.detail}</p>}
            </div>
            <Button aria-describedby={`line-${record.id}`} onClick={() => void store.retry(record.id)}>
              {m.sync_retry()}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
