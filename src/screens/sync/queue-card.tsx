import { useState } from 'react';
import { m } from '#i18n/generated/messages.js';
import type { StoredRecord } from '#workflows/ports.ts';
import { Card } from '#ui/card.tsx';
import { countText } from '../count-text.ts';
import { ShowMore } from '../show-more.tsx';
import surface from '../surface.module.css';
import { SyncBadge } from '../sync-badge.tsx';
import { RecordLine } from './record-line.tsx';
import styles from './sync-screen.module.css';

const FIRST_ROWS = 50;

/** What waits to be sent, oldest first, in the order it will go. */
export function QueueCard({ records }: { readonly records: readonly StoredRecord[] }) {
  const [maxRows, setMaxRows] = useState(FIRST_ROWS);
  const queued = records.flatMap((stored) =>
    stored.status === 'intact' && stored.delivery.state === 'queued'
      ? [{ record: stored.record, delivery: stored.delivery }]
      : [],
  );
  return (
    <Card title={m.sync_queue()} aside={queued.length > 0 ? m.sync_queue_order() : undefined}>
      {queued.length === 0 ? (
        <p className="v-small v-muted">{m.sync_queue_empty()}</p>
      ) : (
        <ul className={surface['list']}>
          {queued.slice(0, maxRows).map(({ record, delivery }) => (
            <li key={record.id} className={styles['record']}>
              <div>
                <RecordLine record={record} />
                {delivery.attempts > 0 && (
                  <p className="v-small v-muted">
                    {countText(delivery.attempts, m.sync_attempts_one, m.sync_attempts_many)}
                  </p>
                )}
              </div>
              <SyncBadge delivery={delivery} />
            </li>
          ))}
        </ul>
      )}
      <ShowMore count={Math.max(0, queued.length - maxRows)} onShow={() => setMaxRows(maxRows + FIRST_ROWS)} />
    </Card>
  );
}
