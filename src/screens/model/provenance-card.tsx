import type { ModelManifest } from '#domain/model/manifest.ts';
import { formatCount } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';
import styles from './model-screen.module.css';
import { ScrollTable } from './scroll-table.tsx';

/** Where the training data come from and under which terms, as the manifest states it. */
export function ProvenanceCard({ provenance }: { readonly provenance: ModelManifest['provenance'] }) {
  return (
    <section className={`v-card ${styles['wide']}`}>
      <h2>{m.model_provenance()}</h2>
      <ScrollTable name={m.model_provenance()}>
        <thead>
          <tr>
            <th>{m.model_col_data()}</th>
            <th>{m.model_col_source()}</th>
            <th>{m.model_col_licence()}</th>
            <th style={{ textAlign: 'right' }}>{m.model_col_rows()}</th>
          </tr>
        </thead>
        <tbody>
          {provenance.map((source) => (
            <tr key={source.sha256}>
              <th scope="row">{source.name}</th>
              <td>{source.source}</td>
              <td>{source.licence}</td>
              <td className={styles['number']}>{formatCount(source.rows)}</td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </section>
  );
}
