import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ModelManifest } from '#domain/model/manifest.ts';
import type { ModelIdentity } from '#domain/records/record.ts';
import { formatDate } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';
import { Tag } from '#ui/tag.tsx';
import { countText } from '../count-text.ts';
import surface from '../surface.module.css';
import styles from './model-screen.module.css';

interface IdentityCardProps {
  readonly identity: ModelIdentity;
  readonly manifest: ModelManifest;
}

/** Which model this is, to the byte: its fingerprint is written into every triage it answered. */
export function IdentityCard({ identity, manifest }: IdentityCardProps) {
  const rows = manifest.provenance.reduce((sum, source) => sum + source.rows, 0);
  return (
    <section className="v-card">
      <div className="v-card-head">
        <h2>{m.model_card()}</h2>
        <Tag tone="ok" icon={<IconCheck size={17} />}>
          {m.model_in_use()}
        </Tag>
      </div>
      <dl className={styles['facts']}>
        <Fact name={m.model_name()} value={identity.name} />
        <Fact name={m.model_version()} value={<span className={surface['code']}>{identity.version}</span>} />
        <Fact name={m.model_created()} value={formatDate(manifest.createdAt)} />
        <Fact name={m.model_trained_with()} value={countText(rows, m.model_rows_real_one, m.model_rows_real_many)} />
        <Fact
          name={m.model_fingerprint()}
          value={<span className={surface['code']}>{shortFingerprint(identity.sha256)}</span>}
        />
        <Fact name={m.model_signature()} value={manifest.signature === null ? m.model_unsigned() : m.model_signed()} />
      </dl>
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

function shortFingerprint(sha256: string): string {
  return `${sha256.slice(0, 8)}…${sha256.slice(-8)}`;
}
