import { IconClock } from '@tabler/icons-react';
import { useId } from 'react';
import { m } from '#i18n/generated/messages.js';
import { countText } from '../count-text.ts';
import { Tag } from '#ui/tag.tsx';
import { useLayout } from '#ui/use-layout.ts';
import { PatientList } from './patient-list.tsx';
import styles from './patient-section.module.css';
import { PatientTable } from './patient-table.tsx';
import type { PatientRow } from './worklist-view.ts';

interface PatientSectionProps {
  readonly title: string;
  readonly rows: readonly PatientRow[];
  readonly onValidate: (triageId: string) => void;
  /** Age of the oldest row in days, told beside the title of what is waiting. */
  readonly oldestDays?: number | undefined;
}

/** One part of the worklist: a table on a tablet, rows of two lines on a phone; nothing when empty. */
export function PatientSection({ title, rows, onValidate, oldestDays }: PatientSectionProps) {
  const headingId = useId();
  const { layout } = useLayout();
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby={headingId}>
      <div className={styles['head']}>
        <h2 id={headingId}>{title}</h2>
        {oldestDays === undefined ? (
          <span className="v-small v-muted">
            {countText(rows.length, m.patients_triages_one, m.patients_triages_many)}
          </span>
        ) : (
          <Tag tone="warn" icon={<IconClock size={17} />}>
            {countText(oldestDays, m.patients_oldest_one, m.patients_oldest_many)}
          </Tag>
        )}
      </div>
      {layout !== 'narrow' ? (
        <PatientTable labelledBy={headingId} {...{ rows, onValidate }} />
      ) : (
        <PatientList labelledBy={headingId} {...{ rows, onValidate }} />
      )}
    </section>
  );
}
