import type { Metrics } from '#domain/model/manifest.ts';
import { formatCount, formatNumber } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';
import styles from './model-screen.module.css';
import { ScrollTable } from './scroll-table.tsx';

interface MetricsTableProps {
  /** Header of the first column. */
  readonly what: string;
  /** Name of the table. */
  readonly name: string;
  readonly rows: readonly { readonly name: string; readonly metrics: Metrics }[];
}

/** The same five figures for each row; shares as per cent, the rest as they are defined. */
export function MetricsTable({ what, name, rows }: MetricsTableProps) {
  return (
    <ScrollTable name={name}>
      <thead>
        <tr>
          <th>{what}</th>
          <NumberHeader text={m.model_col_rows()} />
          <NumberHeader text={m.model_col_accuracy()} />
          <NumberHeader text={m.model_col_auc()} />
          <NumberHeader text={m.model_col_log_loss()} />
          <NumberHeader text={m.model_col_ece()} />
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name: rowName, metrics }) => (
          <tr key={rowName}>
            <th scope="row">{rowName}</th>
            <NumberCell text={formatCount(metrics.rows)} />
            <NumberCell text={`${formatNumber(metrics.accuracy * 100, 1)} %`} />
            <NumberCell text={metrics.macroAuc === null ? '–' : formatNumber(metrics.macroAuc, 3)} />
            <NumberCell text={formatNumber(metrics.logLoss, 3)} />
            <NumberCell text={formatNumber(metrics.ece, 3)} />
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

function NumberHeader({ text }: { readonly text: string }) {
  return (
    <th className={styles['number']} style={{ textAlign: 'right' }}>
      {text}
    </th>
  );
}

function NumberCell({ text }: { readonly text: string }) {
  return <td className={styles['number']}>{text}</td>;
}
