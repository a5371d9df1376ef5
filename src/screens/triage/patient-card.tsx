import { useId } from 'react';
import { asksPregnancy } from '#domain/form/read-draft.ts';
import type { TriageDraft } from '#domain/form/triage-draft.ts';
import { m } from '#i18n/generated/messages.js';
import { Card } from '#ui/card.tsx';
import { ChoiceBar } from '#ui/choice-bar.tsx';
import { FieldHelp, type FieldMessage } from '#ui/field-message.tsx';
import { NumberEntry } from '#ui/number-entry.tsx';
import { fieldMessageOf } from './field-message-of.ts';
import type { TriageForm } from './use-triage-form.ts';
import { fieldElementId } from './vital-look.ts';

/** Who is being seen: a code, an age and a sex; no name and no document. */
export function PatientCard({ form }: { readonly form: TriageForm }) {
  const { draft, months } = form;
  const set = (change: Partial<TriageDraft>): void => form.change((current) => ({ ...current, ...change }));
  return (
    <Card title={m.triage_patient()} aside={m.triage_code_help()}>
      <div className="v-patient">
        <CodeField form={form} />
        <AgeField form={form} />
        <SexField value={draft.sex} onChange={(sex) => set({ sex })} />
      </div>
      {asksPregnancy(draft.sex, months) && (
        <PregnancyField value={draft.pregnancy} onChange={(pregnancy) => set({ pregnancy })} />
      )}
    </Card>
  );
}

function CodeField({ form }: { readonly form: TriageForm }) {
  const id = fieldElementId('patientCode');
  const message = fieldMessageOf('patientCode', form.issueOf('patientCode'), form.months, {});
  return (
    <div className="v-field">
      <label className="v-label" htmlFor={id}>
        {m.triage_code()}
      </label>
      <input
        id={id}
        className="v-input v-code"
        data-entry
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="next"
        value={form.draft.patientCode}
        aria-invalid={message !== undefined}
        aria-describedby={message && `${id}-help`}
        onChange={(event) => {
          const patientCode = event.target.value;
          form.change((current) => ({ ...current, patientCode }));
        }}
        onBlur={() => form.leave('patientCode')}
      />
      {message && <FieldHelp id={`${id}-help`} message={message} />}
    </div>
  );
}

function AgeField({ form }: { readonly form: TriageForm }) {
  const id = fieldElementId('age');
  const message = fieldMessageOf('age', form.issueOf('age'), form.months, {}) ?? monthsHint(form, id);
  return (
    <div className="v-field v-age">
      <label className="v-label" htmlFor={id}>
        {m.triage_age()}
      </label>
      <div className="v-age-box">
        <NumberEntry
          id={id}
          className="v-input v-num"
          value={form.draft.age}
          aria-required
          aria-invalid={message?.tone === 'danger'}
          aria-describedby={message && `${id}-help`}
          onText={(age) => form.change((current) => ({ ...current, age }))}
          onBlur={() => form.leave('age')}
        />
        <ChoiceBar
          required
          label={m.triage_age_unit()}
          choices={[
            { value: 'a', label: m.triage_years() },
            { value: 'mo', label: m.triage_months() },
          ]}
          value={form.draft.ageUnit}
          onChange={(ageUnit) => {
            if (ageUnit !== '') form.change((current) => ({ ...current, ageUnit }));
          }}
        />
      </div>
      {message && <FieldHelp id={`${id}-help`} message={message} />}
    </div>
  );
}

/**
 * Under two years a year is too coarse: the ranges and the silence of the forecast go by months. The figure is not
 * carried over, because "1 año" is not one month.
 */
function monthsHint({ draft, months, change }: TriageForm, id: string): FieldMessage | undefined {
  if (draft.ageUnit !== 'a' || months === undefined || months >= 24) return undefined;
  const useMonths = (): void => {
    change((current) => ({ ...current, age: '', ageUnit: 'mo' }));
    document.getElementById(id)?.focus();
  };
  const label = m.triage_use_months_action();
  return { tone: 'warn', text: m.triage_use_months(), actions: [{ label, name: label, onPress: useMonths }] };
}

interface ChoiceProps<T> {
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function SexField({ value, onChange }: ChoiceProps<TriageDraft['sex']>) {
  const labelId = useId();
  return (
    <div className="v-field">
      <span className="v-label" id={labelId}>
        {m.triage_sex()}
      </span>
      <ChoiceBar
        labelledBy={labelId}
        choices={[
          { value: 'F', label: m.triage_female() },
          { value: 'M', label: m.triage_male() },
        ]}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}

function PregnancyField({ value, onChange }: ChoiceProps<TriageDraft['pregnancy']>) {
  const labelId = useId();
  return (
    <div className="v-field v-apart">
      <span className="v-label" id={labelId}>
        {m.triage_pregnancy()}
      </span>
      <ChoiceBar
        labelledBy={labelId}
        choices={[
          { value: 'no', label: m.triage_pregnancy_no() },
          { value: 'pregnant', label: m.triage_pregnancy_pregnant() },
          { value: 'postpartum-6w', label: m.triage_pregnancy_postpartum() },
        ]}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}
