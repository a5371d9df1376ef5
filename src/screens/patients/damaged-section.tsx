import { IconAlertCircle } from '@tabler/icons-react';
import { m } from '#i18n/generated/messages.js';
import { Tag } from '#ui/tag.tsx';
import surface from '../surface.module.css';
import styles from './patient-section.module.css';

/** Records that can no longer be read: named by their id, so that support can find them. */
export function DamagedSection({ ids }: { readonly ids: readonly string[] }) {
  if (ids.length === 0) return null;
  return (
    <section aria-labelledby="worklist-damaged">
      <h2 id="worklist-damaged">{m.patients_section_damaged()}</h2>
      <p className="v-small v-muted">{m.patients_damaged_help()}</p>
      <ul className={surface['list']} style={{ marginTop: 'var(--v-s2)' }}>
        {ids.map((id) => (
          <li key={id} className={styles['damaged']}>
            <Tag tone="danger" icon={<IconAlertCircle size={18} />}>
              {m.patients_damaged()}
            </Tag>
            <span className={surface['code']}>{id}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
