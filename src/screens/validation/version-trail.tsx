import { whenText } from '../when-text.ts';
import { m } from '#i18n/generated/messages.js';
import type { StoredRecord } from '#workflows/ports.ts';
import { categoryName } from '../category-names.ts';
import { SyncBadge } from '../sync-badge.tsx';
import styles from './validation.module.css';

/** Earlier validations of the same triage, newest first. None is ever edited: a new one stands above them. */
export function VersionTrail({ validations }: { readonly validations: readonly StoredRecord[] }) {
  if (validations.length === 0) return null;
  return (
    <section>
      <h2>{m.validation_versions()}</h2>
      <ol className={styles['trail']} reversed>
        <li>
          <strong>{m.validation_version({ number: validations.length + 1 })}</strong>{' '}
          <span className="v-small v-muted">{m.validation_draft()}</span>
        </li>
        {validations
          .map((stored, index) => <Version key={idOf(stored)} stored={stored} number={index + 1} />)
          .toReversed()}
      </ol>
    </section>
  );
}

function idOf(stored: StoredRecord): string {
  return stored.status === 'intact' ? stored.record.id : stored.id;
}

function Version({ stored, number }: { readonly stored: StoredRecord; readonly number: number }) {
  const title = <strong>{m.validation_version({ number })}</strong>;
  if (stored.status === 'damaged' || stored.record.kind !== 'validation')
    return (
      <li>
        {title} <span className="v-small v-muted">{m.patients_damaged()}</span>
      </li>
    );
  const { body, createdAt, userId } = stored.record;
  const category = body.trueCategory === 'unknown' ? m.validation_unknown() : categoryName(body.trueCategory);
  return (
    <li>
      {title}{' '}
      <span className="v-small v-muted">
        {whenText(createdAt)}
        {userId !== '' && ` · ${userId}`}
      </span>
      <p>{[category, body.diagnosis, body.notes].filter((text) => text !== undefined && text !== '').join(' · ')}</p>
      <SyncBadge delivery={stored.delivery} />
    </li>
  );
}
