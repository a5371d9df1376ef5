import type { SplitEvaluation } from '#domain/model/manifest.ts';
import { formatCount, formatList, formatNumber } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';
import { categoryName } from '../category-names.ts';
import { ConfusionChart } from './confusion-chart.tsx';
import { confusionRows, type ConfusionRow } from './model-figures.ts';
import styles from './model-screen.module.css';
import { ScrollTable } from './scroll-table.tsx';

/** Which categories the model takes for which. */
export function ConfusionCard({ confusion }: { readonly confusion: SplitEvaluation['confusion'] }) {
  const rows = confusionRows(confusion);
  return (
    <section className="v-card">
      <div className="v-card-head">
        <h2>{m.model_confusion()}</h2>
        <span className="v-small v-muted">{m.model_confusion_unit()}</span>
      </div>
      <ConfusionChart rows={rows} name={m.model_confusion_name({ summary: summaryOf(rows) })} />
      <p className={styles['caption']}>{m.model_confusion_help()}</p>
      <details className={styles['asTable']}>
        <summary>{m.model_as_table()}</summary>
        <ConfusionTable rows={rows} />
      </details>
    </section>
  );
}

function summaryOf(rows: readonly ConfusionRow[]): string {
  return formatList(
    rows.map(({ truth, cells }) => {
      const own = cells.find((cell) => cell.predicted === truth)?.share ?? 0;
      return `${categoryName(truth)} ${formatNumber(own * 100)} %`;
    }),
  );
}

function ConfusionTable({ rows }: { readonly rows: readonly ConfusionRow[] }) {
  return (
    <ScrollTable name={m.model_confusion()}>
      <thead>
        <tr>
          <th>{m.model_confusion_truth()}</th>
          {rows.map(({ truth }) => (
            <th key={truth}>{categoryName(truth)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ truth, cells }) => (
          <tr key={truth}>
            <th scope="row">{categoryName(truth)}</th>
            {cells.map((cell) => (
              <td key={cell.predicted}>{formatCount(cell.count)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
