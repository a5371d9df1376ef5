import { IconSearch } from '@tabler/icons-react';
import { m } from '#i18n/generated/messages.js';
import styles from './worklist-tools.module.css';
import type { WorklistCounts, WorklistFilter } from '#workflows/ports.ts';
import { WORKLIST_FILTERS } from './worklist-view.ts';

interface WorklistToolsProps {
  readonly filter: WorklistFilter;
  readonly search: string;
  readonly counts: WorklistCounts;
  readonly onFilter: (filter: WorklistFilter) => void;
  readonly onSearch: (search: string) => void;
}

const FILTER_NAMES = {
  all: m.patients_filter_all,
  pending: m.patients_filter_pending,
  queued: m.patients_filter_queued,
  attention: m.patients_filter_attention,
} as const satisfies Record<WorklistFilter, () => string>;

/** Search by code and the filters with how many records each holds. */
export function WorklistTools({ filter, search, counts, onFilter, onSearch }: WorklistToolsProps) {
  return (
    <div className={styles['tools']}>
      <div className={styles['search']}>
        <IconSearch size={22} aria-hidden />
        <input
          type="search"
          aria-label={m.patients_search()}
          placeholder={m.patients_search()}
          autoComplete="off"
          value={search}
          onChange={(event) => onSearch(event.currentTarget.value)}
        />
      </div>
      <div className={styles['filters']} role="group" aria-label={m.patients_filters()}>
        {WORKLIST_FILTERS.map((id) => (
          <button
            key={id}
            type="button"
            className={styles['filter']}
            aria-pressed={id === filter}
            onClick={() => onFilter(id)}
          >
            {FILTER_NAMES[id]()} <span className={styles['count']}>{counts[id]}</span>
          </button>
        ))}
      </div>
    </div>
  );
}
