import { useMemo, useState } from 'react';
import { type DraftReading, type FieldId, type FieldIssue, readDraft } from '#domain/form/read-draft.ts';
import type { TriageDraft } from '#domain/form/triage-draft.ts';

export interface TriageForm {
  readonly draft: TriageDraft;
  readonly reading: DraftReading;
  /** Age in completed months, once it is valid. */
  readonly months: number | undefined;
  /** What is to be shown at a field now. */
  issueOf(field: FieldId): FieldIssue | undefined;
  readonly change: (change: (draft: TriageDraft) => TriageDraft) => void;
  /** The focus left a field: from now on what is wrong with it shows. */
  readonly leave: (field: FieldId) => void;
  /** Shows everything that is wrong, as before saving. */
  readonly checkAll: () => void;
  /** Puts another form in this one's place; nothing of the old one stays, its reproaches neither. */
  readonly reset: (draft: TriageDraft) => void;
}

interface FormState {
  readonly draft: TriageDraft;
  /** Fields the focus has been in and left. */
  readonly left: ReadonlySet<FieldId>;
  /** What was wrong when a field was last left. New trouble waits for the next leaving; what is put right goes at once. */
  readonly shown: ReadonlySet<string>;
}

const keyOf = (issue: FieldIssue): string => `${issue.field}:${issue.kind}`;

/** The form as it stands. Every rule is in `readDraft`; here is only when something is shown. */
export function useTriageForm(initial: TriageDraft): TriageForm {
  const [state, setState] = useState<FormState>(() => startWith(initial));
  const { draft, shown } = state;
  const reading = useMemo(() => readDraft(draft), [draft]);
  const { age } = reading.valid;
  return {
    draft,
    reading,
    months: age && (age.unit === 'mo' ? age.value : age.value * 12),
    issueOf: (field) => reading.issues.find((issue) => issue.field === field && shown.has(keyOf(issue))),
    change: (change) => setState((current) => ({ ...current, draft: change(current.draft) })),
    leave: (field) => setState((current) => afterLeaving(current, field)),
    reset: (next) => setState(startWith(next)),
    checkAll: () => setState((current) => ({ ...current, shown: new Set(readDraft(current.draft).issues.map(keyOf)) })),
  };
}

/** A draft that comes back shows at once what is wrong with it; an empty form shows nothing. */
function startWith(draft: TriageDraft): FormState {
  const found = readDraft(draft).issues.filter((issue) => issue.kind !== 'required');
  return {
    draft,
    left: new Set(found.map((issue) => issue.field)),
    shown: new Set(found.map(keyOf)),
  };
}

function afterLeaving(state: FormState, field: FieldId): FormState {
  const left = new Set([...state.left, field]);
  const { issues } = readDraft(state.draft);
  const kept = issues.filter((issue) => state.shown.has(keyOf(issue)));
  // A field passed by without an entry is not reproached; that waits for saving.
  const found = issues.filter((issue) => left.has(issue.field) && issue.kind !== 'required');
  return { ...state, left, shown: new Set([...kept, ...found].map(keyOf)) };
}
