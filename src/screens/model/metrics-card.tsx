import type { SplitEvaluation } from '#domain/model/manifest.ts';
import { formatCount } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';
import { MetricsTable } from './metrics-table.tsx';
import styles from './model-screen.module.css';

/** How often the model is right, by how much of the form it is given. */
export function MetricsCard({ test }: { readonly test: SplitEvaluation }) {
  return (
    <section className={`v-card ${styles['wide']}`}>
      <h2>{m.model_metrics()}</h2>
      <p className="v-small v-muted">{m.model_metrics_help({ count: formatCount(test.vitalsAndSymptoms.rows) })}</p>
      <MetricsTable
        what={m.model_metrics_inputs()}
        name={m.model_metrics()}
        rows={[
          { name: m.model_view_all(), metrics: test.all },
          { name: m.model_view_symptoms(), metrics: test.vitalsAndSymptoms },
          { name: m.model_view_vitals(), metrics: test.fiveVitals },
        ]}
      />
      <p className={styles['caption']}>{m.model_terms()}</p>
    </section>
  );
}
