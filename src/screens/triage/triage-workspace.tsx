import { IconAlertCircle, IconHistory } from '@tabler/icons-react';
import { type SubmitEvent, useRef, useState } from 'react';
import { isDraftEmpty } from '#domain/form/draft-changes.ts';
import { leftOutVitals } from '#domain/form/left-out.ts';
import { emptyTriageDraft, type TriageDraft } from '#domain/form/triage-draft.ts';
import type { TriageRecord } from '#domain/records/record.ts';
import { m } from '#i18n/generated/messages.js';
import { useAnnounce } from '#ui/live-region.tsx';
import { Notice } from '#ui/notice.tsx';
import { useServices } from '../services.tsx';
import { useOpenForm } from '../use-open-form.ts';
import { whenText } from '../when-text.ts';
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
import { fieldElementId } from './vital-look.ts';
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
  const [isRestored, setRestored] = useState(initial.savedAt !== undefined);
  const isSaving = useRef(false);
  const attention = useRef<HTMLHeadingElement>(null);
  const undoButton = useRef<HTMLButtonElement>(null);
  const announce = useAnnounce();
  const isEmpty = isDraftEmpty(form.draft);
  useOpenForm(!isEmpty);
  // Undo belongs to the form just discarded: with the first entry of the next patient it is gone.
  if (discarded && !isEmpty) setDiscarded(undefined);
  if (isRestored && isEmpty) setRestored(false);

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
    try {
      // A value typed a moment ago: its own forecast is recorded, never the one of the value before.
      const shown = await forecast.settle(form.reading.valid);
      const result = await services.submitTriage(form.draft, shown);
      if (result.status === 'saved') {
        onSaved(result.record);
        return;
      }
      keeper.suspend(false);
      setAttempt(result.status === 'failed' ? result.reason : 'issues');
      focusSoon(attention);
    } catch (error) {
      keeper.suspend(false);
      setAttempt('storage-closed');
      focusSoon(attention);
      throw error;
    } finally {
      isSaving.current = false;
    }
  };

  const discard = (): void => {
    form.reset(emptyTriageDraft(services.settings.get().temperatureUnit));
    setDiscarded(form.draft);
    setAttempt('none');
    announce(m.save_discarded());
    focusSoon(undoButton);
  };
  const undo = (): void => {
    if (discarded) form.reset(discarded);
    setDiscarded(undefined);
    // The button that was pressed goes away with the undoing.
    setTimeout(() => document.getElementById(fieldElementId('patientCode'))?.focus());
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
        onClick={({ target }) => {
          // A touch, unlike the keyboard, does not bring a half covered field into view.
          if (target instanceof HTMLInputElement && target.type === 'text') target.scrollIntoView({ block: 'nearest' });
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
          {isRestored && initial.savedAt !== undefined && <RestoredNotice savedAt={initial.savedAt} />}
          <PatientCard form={form} />
          <VitalsCard form={form} />
          <SymptomsCard form={form} />
        </div>
        <SaveBar
          status={keeper.status}
          canDiscard={!isEmpty}
          undoRef={undoButton}
          onUndo={discarded && isEmpty ? undo : undefined}
          onDiscard={discard}
        />
      </form>
      <ResultArea
        forecast={forecast}
        known={form.reading.valid}
        leftOut={leftOutVitals(form.reading.issues)}
        onAddSymptoms={() => document.getElementById(SYMPTOMS_FIELD_ID)?.focus()}
      />
    </div>
  );
}

function focusSoon(target: { readonly current: HTMLElement | null }): void {
  // After React has drawn what is to have the focus.
  setTimeout(() => target.current?.focus());
}

/** Entries of before, on a shared tablet perhaps another patient's: said on top, with their hour. */
function RestoredNotice({ savedAt }: { readonly savedAt: string }) {
  return (
    <Notice
      tone="info"
      icon={<IconHistory size={22} stroke={1.9} />}
      title={m.save_restored({ when: whenText(savedAt) })}
    >
      {m.save_restored_help()}
    </Notice>
  );
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
