import { m } from '#i18n/generated/messages.js';
import type { DeliveryCounts, RecordStore, StoredRecord } from '#workflows/ports.ts';
import { useServices, useStore } from '../services.tsx';
import surface from '../surface.module.css';
import { useRecords } from '../use-records.ts';
import { EnrolmentCard } from './enrolment-card.tsx';
import { QuarantineCard } from './quarantine-card.tsx';
import { QueueCard } from './queue-card.tsx';
import { StatusCard } from './status-card.tsx';
import { StorageCard } from './storage-card.tsx';
import styles from './sync-screen.module.css';

interface Undelivered {
  readonly counts: DeliveryCounts;
  readonly records: readonly StoredRecord[];
}

async function readUndelivered(records: RecordStore): Promise<Undelivered> {
  const [counts, undelivered] = await Promise.all([records.counts(), records.undelivered()]);
  return { counts, records: undelivered };
}

/** Where every record is, what is being sent, and what stands in the way. */
export function SyncScreen() {
  const { synchroniser, enrolment } = useServices();
  const state = useStore(synchroniser, () => synchroniser.state());
  const enrolmentState = useStore(enrolment, () => enrolment.state());
  const data = useRecords(readUndelivered);
  const isEnrolled = enrolmentState.status === 'enrolled';
  const needsEnrolment = !isEnrolled || (state.status === 'paused' && state.pause.kind === 'not-enrolled');
  return (
    <div className={`v-page ${surface['page']} ${styles['columns']}`}>
      <div className={styles['column']}>
        {data ? <StatusCard state={state} counts={data.counts} /> : <p role="status">{m.sync_loading()}</p>}
        {needsEnrolment && <EnrolmentCard />}
        {data && <QuarantineCard records={data.records} />}
        {data && <QueueCard records={data.records} />}
      </div>
      <div className={styles['column']}>
        <StorageCard />
        {!needsEnrolment && <EnrolmentCard endpoint={enrolmentState.endpoint} />}
      </div>
    </div>
  );
}
