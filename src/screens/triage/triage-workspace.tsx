import { IconAlertCircle } from '@tabler/icons-react';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { isDraftEmpty } from '#domain/form/draft-changes.ts';
import { emptyTriageDraft, type TriageDraft } from '#domain/form/triage-draft.ts';
import type { TriageRecord } from '#domain/records/record.ts';
import { m } from '#i18n/generated/messages.js';
import { Notice } from '#ui/notice.tsx';
import { useServices } from '../services.tsx';
import { onFormKeyDown } from './form-keys.ts';
import { IssueSummary } from './issue-summary.tsx';
import { PatientCard } from './patient-card.tsx';
import { ResultArea } from './result-area.tsx';
import { SaveBar } from './save-bar.tsx';
import { SYMPTOMS_FIELD_ID, SymptomsCard } from './symptoms-card.tsx';
import { type KeptDraft, useDraftKeeper } from './use-draft-keeper.ts';
import { useForecast } from './use-forecast.ts';
import { useForecastAnnouncement } from './use-forecast-announcement.ts';
import { useTriageForm } from './use-triage-form.ts';
import { VitalsCard } from './vitals-card.tsx';

type Attempt = 'none' | 'issues' | 'no-space' | 'storage-closed';

export interface TriageWorkspaceProps {
  readonly initial: KeptDraft;
  readonly onSaved: (record: TriageRecord) => void;
}

/** Form, save bar and live result. */
export function TriageWorkspace({ initial, onSaved }: TriageWorkspaceProps) {
  const services = useServices();
  const form = useTriageForm(initial.draft);
  const keeper = useDraftKeeper(form.draft, initial, services);
  const forecast = useForecast(form.reading.valid);
  useForecastAnnouncement(forecast.shown);
  const [attempt, setAttempt] = useState<Attempt>('none');
  const [discarded, setDiscarded] = useState<TriageDraft>();
  const isSaving = useRef(false);
  const attention = useRef<HTMLHeadingElement>(null);
  const isEmpty = isDraftEmpty(form.draft);
  useOpenForm(!isEmpty);

  const save = async (): Promise<void> => {
    if (isSaving.current) return;
    if (form.reading.issues.length > 0) {
      form.checkAll();
      setAttempt('issues');
      focusSoon(attention);
      return;
    }
    isSaving.current = true;
    keeper.suspend(true);
    const result = await services
      .submitTriage(form.draft, { forecast: forecast.shown, model: forecast.model })
      .finally(() => {
        isSaving.current = false;
      });
    if (result.status === 'saved') {
      onSaved(result.record);
      return;
    }
    keeper.suspend(false);
    setAttempt(result.status === 'failed' ? result.reason : 'issues');
    focusSoon(attention);
  };

  const discard = (): void => {
    setDiscarded(form.draft);
    setAttempt('none');
    form.change(() => emptyTriageDraft(services.settings.get().temperatureUnit));
  };
  const undo = (): void => {
    if (discarded) form.change(() => discarded);
    setDiscarded(undefined);
  };

  return (
    <div className="v-triage">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the fields arrive here */}
      <form
        className="v-form"
        aria-label={m.nav_triage()}
        noValidate
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          void save();
        }}
        onKeyDown={(event) => onFormKeyDown(event, () => void save())}
      >
        <div className="v-form-scroll" tabIndex={-1}>
          {attempt === 'issues' && form.reading.issues.length > 0 && (
            <IssueSummary issues={form.reading.issues} months={form.months} headingRef={attention} />
          )}
          {(attempt === 'no-space' || attempt === 'storage-closed') && (
            <SaveFailure reason={attempt} headingRef={attention} />
          )}
          <PatientCard form={form} />
          <VitalsCard form={form} />
          <SymptomsCard form={form} />
        </div>
        <SaveBar
          status={keeper.status}
          canDiscard={!isEmpty}
          onUndo={discarded && isEmpty ? undo : undefined}
          onDiscard={discard}
        />
      </form>
      <ResultArea
        forecast={forecast}
        known={form.reading.valid}
        onAddSymptoms={() => document.getElementById(SYMPTOMS_FIELD_ID)?.focus()}
      />
    </div>
  );
}

/** A new version of the app waits while there is something in the form. */
function useOpenForm(hasContent: boolean): void {
  const { openForm } = useServices();
  useEffect(() => {
    openForm.set(hasContent);
  }, [openForm, hasContent]);
  useEffect(() => () => openForm.set(false), [openForm]);
}

function focusSoon(target: { readonly current: HTMLElement | null }): void {
  // After React has drawn what is to have the focus.
  setTimeout(() => target.current?.focus());
}

interface SaveFailureProps {
  readonly reason: 'no-space' | 'storage-closed';
  readonly headingRef: React.Ref<HTMLHeadingElement>;
}

function SaveFailure({ reason, headingRef }: SaveFailureProps) {
  const isFull = reason === 'no-space';
  return (
    <Notice
      tone="danger"
      role="alert"
      icon={<IconAlertCircle size={22} stroke={1.9} />}
      title={
        <span ref={headingRef} tabIndex={-1}>
          {isFull ? m.save_no_space() : m.save_closed()}
        </span>
      }
    >
      {isFull ? m.save_no_space_help() : m.save_closed_help()}
    </Notice>
  );
}
