import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { m } from '#i18n/generated/messages.js';
import { useAnnounce } from '#ui/live-region.tsx';
import { Notice } from '#ui/notice.tsx';
import type { RecordStore, WorklistEntry } from '#workflows/ports.ts';
import { useServices } from '../services.tsx';
import surface from '../surface.module.css';
import { useRecords } from '../use-records.ts';
import { EmptyWorklist } from './empty-worklist.tsx';
import { PatientSection } from './patient-section.tsx';
import { DamagedSection } from './damaged-section.tsx';
import { ShowMore } from '../show-more.tsx';
import { WorklistTools } from './worklist-tools.tsx';
import { viewWorklist, type WorklistFilter, type WorklistView } from './worklist-view.ts';

const FIRST_ROWS = 100;

export interface PatientsScreenProps {
  readonly onValidate: (triageId: string) => void;
  readonly onNewTriage: () => void;
  /** Code of the patient whose validation was saved just before coming here. */
  readonly savedCode?: string | undefined;
}

const readWorklist = (records: RecordStore): Promise<readonly WorklistEntry[]> => records.worklist();

/** The worklist: what is still to be validated, what was done today, and where each record is. */
export function PatientsScreen({ onValidate, onNewTriage, savedCode }: PatientsScreenProps) {
  const { clock } = useServices();
  const entries = useRecords(readWorklist);
  const [filter, setFilter] = useState<WorklistFilter>('all');
  const [search, setSearch] = useState('');
  const [maxRows, setMaxRows] = useState(FIRST_ROWS);
  const announce = useAnnounce();
  const savedText = savedCode === undefined ? undefined : m.patients_validation_saved({ code: savedCode });
  useEffect(() => {
    if (savedText !== undefined) announce(savedText);
  }, [announce, savedText]);
  if (!entries)
    return (
      <p className={`v-page ${surface['page']}`} role="status">
        {m.patients_loading()}
      </p>
    );
  const view = viewWorklist(entries, { filter, search, now: clock.now(), maxRows });
  return (
    <div className={`v-page ${surface['page']}`}>
      {savedText !== undefined && <Notice tone="ok" icon={<IconCircleCheck size={22} />} title={savedText} />}
      <WorklistTools {...{ filter, search, counts: view.counts }} onFilter={setFilter} onSearch={setSearch} />
      <DamagedSection ids={view.damaged} />
      <PatientSection
        title={m.patients_section_pending()}
        rows={view.pending}
        onValidate={onValidate}
        oldestDays={view.pending[0]?.daysAgo}
      />
      <PatientSection title={m.patients_section_today()} rows={view.today} onValidate={onValidate} />
      <PatientSection title={m.patients_section_earlier()} rows={view.earlier} onValidate={onValidate} />
      <ShowMore count={view.hidden} onShow={() => setMaxRows(maxRows + FIRST_ROWS)} />
      {isEmpty(view) && (
        <EmptyWorklist
          {...{ filter, search, onNewTriage }}
          onShowAll={() => {
            setFilter('all');
            setSearch('');
          }}
        />
      )}
    </div>
  );
}

function isEmpty(view: WorklistView): boolean {
  return view.damaged.length + view.pending.length + view.today.length + view.earlier.length === 0;
}
