import type { SplitEvaluation } from '#domain/model/manifest.ts';
import { m } from '#i18n/generated/messages.js';
import { MetricsTable } from './metrics-table.tsx';
import styles from './model-screen.module.css';
import { subgroupName } from './subgroup-name.ts';

/** The same figures by age, sex and completeness, so that nobody reads the average as a promise. */
export function SubgroupCard({ bySubgroup }: { readonly bySubgroup: SplitEvaluation['bySubgroup'] }) {
  const rows = Object.entries(bySubgroup).map(([key, metrics]) => ({ name: subgroupName(key), metrics }));
  if (rows.length === 0) return null;
  return (
    <section className={`v-card ${styles['wide']}`}>
      <h2>{m.model_subgroups()}</h2>
      <MetricsTable what={m.model_col_group()} name={m.model_subgroups()} rows={rows} />
    </section>
  );
}
