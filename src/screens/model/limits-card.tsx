import type { SplitEvaluation } from '#domain/model/manifest.ts';
import { formatNumber } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';
import styles from './model-screen.module.css';

/** What the model is for and where it fails, in plain words. */
export function LimitsCard({ test }: { readonly test: SplitEvaluation }) {
  const accuracy = formatNumber(test.fiveVitals.accuracy * 100);
  const accuracyWithSymptoms = formatNumber(test.vitalsAndSymptoms.accuracy * 100);
  return (
    <section className={`v-card ${styles['prose']}`}>
      <h2>{m.model_use()}</h2>
      <p>{m.model_use_for()}</p>
      <p>{m.model_use_not()}</p>
      <h3>{m.model_limits()}</h3>
      <ul className={styles['points']}>
        <li>{m.model_limit_vitals({ accuracy, accuracyWithSymptoms })}</li>
        <li>{m.model_limit_population()}</li>
        <li>{m.model_limit_labels()}</li>
        <li>{m.model_limit_silent()}</li>
        <li>{m.model_limit_terminal()}</li>
        <li>{m.model_limit_range()}</li>
      </ul>
    </section>
  );
}
