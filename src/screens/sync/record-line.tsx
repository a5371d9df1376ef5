import { useCallback } from 'react';
import type { VigiaRecord } from '#domain/records/record.ts';
import { whenText } from '../when-text.ts';
import { m } from '#i18n/generated/messages.js';
import type { RecordStore } from '#workflows/ports.ts';
import surface from '../surface.module.css';
import { useRecords } from '../use-records.ts';

/** Code of the patient, kind of record and when it was made. */
export function RecordLine({ record }: { readonly record: VigiaRecord }) {
  return (
    <span id={`line-${record.id}`}>
      {record.kind === 'triage' ? (
        <Code text={record.body.inputs.patientCode} />
      ) : (
        <CodeOfTriage triageId={record.body.triageId} />
      )}{' '}
      <span className="v-small v-muted">
        {record.kind === 'triage' ? m.sync_kind_triage() : m.sync_kind_validation()}, {whenText(record.createdAt)}
      </span>
    </span>
  );
}

/** A validation names its triage; the patient's code is there. */
function CodeOfTriage({ triageId }: { readonly triageId: string }) {
  const read = useCallback((records: RecordStore) => records.get(triageId), [triageId]);
  const stored = useRecords(read);
  const isTriage = stored?.status === 'intact' && stored.record.kind === 'triage';
  return <Code text={isTriage ? stored.record.body.inputs.patientCode : triageId.slice(-6).toUpperCase()} />;
}

function Code({ text }: { readonly text: string }) {
  return <span className={surface['code']}>{text}</span>;
}
