import { readDraft, type FieldIssue } from '#domain/form/read-draft.ts';
import type { TriageDraft } from '#domain/form/triage-draft.ts';
import {
  type ModelIdentity,
  RECORD_SCHEMA_VERSION,
  type RecordContent,
  type ShownForecast,
  type VigiaRecord,
} from '#domain/records/record.ts';
import type { AppendResult, Clock, DeviceIdentity, DraftStore, RecordStore } from './ports.ts';

export type SubmitTriageResult =
  | { readonly status: 'saved'; readonly record: Extract<VigiaRecord, { kind: 'triage' }> }
  /** The form has issues; nothing was written. */
  | { readonly status: 'invalid'; readonly issues: readonly FieldIssue[] }
  | Extract<AppendResult, { status: 'failed' }>;

export interface ShownToClinician {
  readonly forecast: ShownForecast;
  readonly model: ModelIdentity | null;
}

export type SubmitTriage = (draft: TriageDraft, shown: ShownToClinician) => Promise<SubmitTriageResult>;

export interface SubmitTriagePorts {
  readonly records: Pick<RecordStore, 'append'>;
  readonly drafts: Pick<DraftStore, 'key'>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly identity: () => DeviceIdentity;
}

/** Checks the form once more and writes the immutable record; the draft goes with it or stays with it. */
export function createSubmitTriage(ports: SubmitTriagePorts): SubmitTriage {
  return async (draft, shown) => {
    const reading = readDraft(draft);
    if (!reading.complete) return { status: 'invalid', issues: reading.issues };
    const id = ports.newId();
    const content: RecordContent = {
      id,
      kind: 'triage',
      schemaVersion: RECORD_SCHEMA_VERSION,
      createdAt: ports.clock.now(),
      ...ports.identity(),
      body: {
        inputs: { ...reading.complete, patientCode: reading.complete.patientCode ?? codeFromId(id) },
        shown: shown.forecast,
        model: shown.model,
        clinicianFirst: false,
      },
    };
    const appended = await ports.records.append(content, { draftKey: ports.drafts.key() });
    if (appended.status === 'failed') return appended;
    if (appended.record.kind !== 'triage') throw new Error('append returned another kind');
    return { status: 'saved', record: appended.record };
  };
}

/**
 * A patient without a code gets one from the record's random part, so that the record can be found again and an
 * emergency is never kept waiting for a label.
 */
function codeFromId(id: string): string {
  return `SC-${id.slice(-6).toUpperCase()}`;
}
