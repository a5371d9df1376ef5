import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { TriageRecord } from '#domain/records/record.ts';
import { formatTime } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';
import { Button, buttonClass } from '#ui/button.tsx';
import { EmptyCard } from '#ui/empty-card.tsx';
import { ROUTES } from '../routes.ts';

export interface SavedCardProps {
  readonly record: TriageRecord;
  readonly onNew: () => void;
}

/** Shown only once the record is durably written. Takes the focus. */
export function SavedCard({ record, onNew }: SavedCardProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="v-page">
      <EmptyCard
        tone="ok"
        icon={<IconCircleCheck size={28} stroke={1.9} />}
        title={m.save_done_title({ time: formatTime(record.createdAt) })}
        headingRef={heading}
        actions={
          <>
            <Button look="fill" onClick={onNew}>
              {m.save_new()}
            </Button>
            <Link href={ROUTES.patients} className={buttonClass('quiet')}>
              {m.save_see_record()}
            </Link>
          </>
        }
      >
        {m.save_done_help({ code: record.body.inputs.patientCode })}
      </EmptyCard>
    </div>
  );
}
