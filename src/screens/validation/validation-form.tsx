import { IconAlertTriangle, IconArrowLeft } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import type { ValidationInputs } from '#domain/form/validation-form.ts';
import type { TriageRecord } from '#domain/records/record.ts';
import { m } from '#i18n/generated/messages.js';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { TextArea, TextField } from '#ui/text-field.tsx';
import type { AppendResult, StoredRecord } from '#workflows/ports.ts';
import { ageText } from '../age-text.ts';
import { useServices } from '../services.tsx';
import { useOpenForm } from '../use-open-form.ts';
import surface from '../surface.module.css';
import { CategoryChoice } from './category-choice.tsx';
import { ForecastComparison } from './forecast-comparison.tsx';
import { TriageData } from './triage-data.tsx';
import styles from './validation.module.css';
import { VersionTrail } from './version-trail.tsx';

const FAILURES = {
  'no-space': m.validation_failed_no_space,
  'storage-closed': m.validation_failed_storage,
} as const satisfies Record<Extract<AppendResult, { status: 'failed' }>['reason'], () => string>;

interface ValidationFormProps {
  readonly triage: TriageRecord;
  /** Oldest first. */
  readonly validations: readonly StoredRecord[];
  readonly onBack: () => void;
  readonly onSaved: (code: string) => void;
}

type Progress = 'open' | 'saving' | Extract<AppendResult, { status: 'failed' }>['reason'];

/** The form beside the triage it is about. It keeps what was typed until the record is stored. */
export function ValidationForm({ triage, validations, onBack, onSaved }: ValidationFormProps) {
  const { submitValidation } = useServices();
  const [category, setCategory] = useState<ValidationInputs['trueCategory']>();
  const [isTyped, setTyped] = useState(false);
  useOpenForm(isTyped || category !== undefined);
  const [isMissing, setMissing] = useState(false);
  const [progress, setProgress] = useState<Progress>('open');
  const choiceRef = useRef<HTMLDivElement>(null);
  const diagnosisRef = useRef<HTMLInputElement>(null);
  const notesRef = useRef<HTMLTextAreaElement>(null);

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (progress === 'saving') return;
    setMissing(category === undefined);
    if (category === undefined) {
      choiceRef.current?.querySelector('input')?.focus();
      return;
    }
    setProgress('saving');
    try {
      const result = await submitValidation(triage.id, {
        trueCategory: category,
        ...optionalText('diagnosis', diagnosisRef.current),
        ...optionalText('notes', notesRef.current),
      });
      if (result.status === 'saved') onSaved(triage.body.inputs.patientCode);
      else setProgress(result.reason);
    } catch (error) {
      // Never stuck at "Guardando…": what was typed is still here to be saved again.
      setProgress('storage-closed');
      throw error;
    }
  };

  return (
    <form className={styles['layout']} noValidate onSubmit={(event) => void save(event)}>
      <div className={styles['fields']}>
        <PatientLine triage={triage} onBack={onBack} />
        <CategoryChoice ref={choiceRef} value={category} isMissing={isMissing} onChange={setCategory} />
        <section className="v-card">
          <TextField
            ref={diagnosisRef}
            onChange={() => setTyped(true)}
            label={m.validation_diagnosis()}
            help={m.validation_diagnosis_help()}
            maxLength={300}
          />
        </section>
        <section className="v-card">
          <TextArea
            ref={notesRef}
            onChange={() => setTyped(true)}
            label={m.validation_notes()}
            help={m.validation_notes_help()}
            maxLength={2000}
            rows={3}
          />
        </section>
      </div>
      <aside className={styles['aside']} aria-label={m.validation_comparison()}>
        <ForecastComparison triage={triage} truth={category} />
        <TriageData triage={triage} />
        <VersionTrail validations={validations} />
      </aside>
      <div className={styles['saveBar']}>
        {progress === 'open' || progress === 'saving' ? (
          <p className="v-small v-muted">{versionText(validations.length)}</p>
        ) : (
          <div role="alert" className={styles['failure']}>
            <Notice tone="danger" icon={<IconAlertTriangle size={22} />} title={FAILURES[progress]()} />
          </div>
        )}
        <Button type="submit" look="main">
          {progress === 'saving' ? m.validation_saving() : m.validation_save()}
        </Button>
      </div>
    </form>
  );
}

function versionText(previous: number): string {
  if (previous === 0) return m.validation_first_version();
  return m.validation_next_version({ next: previous + 1, previous });
}

function optionalText<K extends string>(key: K, field: { readonly value: string } | null) {
  const text = field?.value.trim() ?? '';
  return (text === '' ? {} : { [key]: text }) as { readonly [P in K]?: string };
}

/** Whose triage this is, with the way back. */
function PatientLine({ triage, onBack }: Pick<ValidationFormProps, 'triage' | 'onBack'>) {
  const { patientCode, age, sex } = triage.body.inputs;
  const sexText = sex === 'F' ? m.triage_female() : m.triage_male();
  return (
    <div className={styles['patient']}>
      <Button look="quiet" onClick={onBack}>
        <IconArrowLeft size={22} aria-hidden />
        {m.validation_back()}
      </Button>
      <p>
        <span className={surface['code']}>{patientCode}</span>{' '}
        <span className="v-muted">
          · {ageText(age)}
          {sex !== undefined && ` · ${sexText}`}
        </span>
      </p>
    </div>
  );
}
