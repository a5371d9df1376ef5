import { m } from '#i18n/generated/messages.js';
import surface from '../surface.module.css';
import { codeId, PatientDescription, PatientTime, RowAction, RowBadges, RowForecastText } from './patient-cells.tsx';
import styles from './patient-section.module.css';
import type { PatientRow } from './worklist-view.ts';

export interface PatientRowsProps {
  readonly labelledBy: string;
  readonly rows: readonly PatientRow[];
  readonly onValidate: (triageId: string) => void;
}

/** The rows as a table, from 700 px on. */
export function PatientTable({ labelledBy, rows, onValidate }: PatientRowsProps) {
  return (
    <div className={styles['frame']}>
      <table className={styles['table']} aria-labelledby={labelledBy}>
        <thead>
          <tr>
            <th className={styles['when']}>{m.patients_col_when()}</th>
            <th className={styles['code']}>{m.patients_col_code()}</th>
            <th>{m.patients_col_forecast()}</th>
            <th className={styles['patient']}>{m.patients_col_patient()}</th>
            <th className={styles['delivery']}>{m.patients_col_delivery()}</th>
            <th className={styles['action']}>
              <span className="v-sr">{m.patients_col_action()}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className={styles['time']}>
                <PatientTime row={row} />
              </td>
              <th scope="row" id={codeId(row)} className={surface['code']}>
                {row.code}
              </th>
              <td>
                <RowForecastText forecast={row.forecast} />
              </td>
              <td className="v-small v-muted">
                <PatientDescription row={row} />
              </td>
              <td>
                <RowBadges row={row} />
              </td>
              <td>
                <RowAction row={row} onValidate={onValidate} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
