import { IconCircleCheck } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { m } from '#i18n/generated/messages.js';
import { useAnnounce } from '#ui/live-region.tsx';
import { Notice } from '#ui/notice.tsx';
import type { RecordStore, WorklistFilter, WorklistPage, WorklistQuery } from '#workflows/ports.ts';
import { useServices } from '../services.tsx';
import surface from '../surface.module.css';
import { useRecords } from '../use-records.ts';
import { dayStart } from './calendar-day.ts';
import { EmptyWorklist } from './empty-worklist.tsx';
import { PatientSection } from './patient-section.tsx';
import { DamagedSection } from './damaged-section.tsx';
import { ShowMore } from '../show-more.tsx';
import { WorklistTools } from './worklist-tools.tsx';
import { viewWorklist } from './worklist-view.ts';

const FIRST_ROWS = 100;

export interface PatientsScreenProps {
  readonly onValidate: (triageId: string) => void;
  readonly onNewTriage: () => void;
  /** Code of the patient whose validation was saved just before coming here. */
  readonly savedCode?: string | undefined;
}

/** The worklist: what is still to be validated, what was done today, and where each record is. */
export function PatientsScreen({ onValidate, onNewTriage, savedCode }: PatientsScreenProps) {
  const { clock } = useServices();
  const [filter, setFilter] = useState<WorklistFilter>('all');
  const [search, setSearch] = useState('');
  const [maxRows, setMaxRows] = useState(FIRST_ROWS);
  const now = clock.now();
  const read = useWorklist({ filter, search, dayStart: dayStart(now), limit: maxRows });
  const announce = useAnnounce();
  const savedText = savedCode === undefined ? undefined : m.patients_validation_saved({ code: savedCode });
  useEffect(() => {
    if (savedText !== undefined) announce(savedText);
  }, [announce, savedText]);
  if (!read)
    return (
      <p className={`v-page ${surface['page']}`} role="status">
        {m.patients_loading()}
      </p>
    );
  const { page, query } = read;
  const view = viewWorklist(page, now);
  return (
    <div className={`v-page ${surface['page']}`}>
      {savedText !== undefined && <Notice tone="ok" icon={<IconCircleCheck size={22} />} title={savedText} />}
      <WorklistTools {...{ filter, search, counts: page.counts }} onFilter={setFilter} onSearch={setSearch} />
      <DamagedSection ids={page.damaged} />
      <PatientSection
        title={m.patients_section_pending()}
        rows={view.pending}
        onValidate={onValidate}
        oldestDays={view.pending[0]?.daysAgo}
      />
      <PatientSection title={m.patients_section_today()} rows={view.today} onValidate={onValidate} />
      <PatientSection title={m.patients_section_earlier()} rows={view.earlier} onValidate={onValidate} />
      <ShowMore count={page.hidden} onShow={() => setMaxRows(maxRows + FIRST_ROWS)} />
      {isEmpty(page) && (
        <EmptyWorklist
          {...{ filter: query.filter, search: query.search, onNewTriage }}
          onShowAll={() => {
            setFilter('all');
            setSearch('');
          }}
        />
      )}
    </div>
  );
}

/** The page a query asks for, read anew after every change, and the query it answers. */
function useWorklist({ filter, search, dayStart: start, limit }: WorklistQuery) {
  const read = useCallback(
    async (records: RecordStore): Promise<{ readonly page: WorklistPage; readonly query: WorklistQuery }> => {
      const query = { filter, search, dayStart: start, limit };
      return { page: await records.worklist(query), query };
    },
    [filter, search, start, limit],
  );
  return useRecords(read);
}

function isEmpty({ damaged, pending, today, earlier }: WorklistPage): boolean {
  return damaged.length + pending.length + today.length + earlier.length === 0;
}
