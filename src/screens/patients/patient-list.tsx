import surface from '../surface.module.css';
import { codeId, PatientDescription, PatientTime, RowAction, RowBadges, RowForecastText } from './patient-cells.tsx';
import styles from './patient-section.module.css';
import type { PatientRowsProps } from './patient-table.tsx';

/** The rows as a list, below 700 px. */
export function PatientList({ labelledBy, rows, onValidate }: PatientRowsProps) {
  return (
    <ul className={surface['list']} aria-labelledby={labelledBy}>
      {rows.map((row) => (
        <li key={row.id} className={styles['item']}>
          <div className={styles['lines']}>
            <span className={styles['line']}>
              <span id={codeId(row)} className={surface['code']}>
                {row.code}
              </span>
              <span className="v-small v-muted">
                <PatientDescription row={row} />
              </span>
            </span>
            <RowForecastText forecast={row.forecast} />
            <span className={styles['line']}>
              <span className="v-small v-muted">
                <PatientTime row={row} />
              </span>
              <RowBadges row={row} />
            </span>
          </div>
          <RowAction row={row} onValidate={onValidate} />
        </li>
      ))}
    </ul>
  );
}
