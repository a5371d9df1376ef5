import { IconBrain, IconDroplet, IconMoodSad } from '@tabler/icons-react';
import { useId } from 'react';
import { changeVital } from '#domain/form/draft-changes.ts';
import type { TriageDraft } from '#domain/form/triage-draft.ts';
import { m } from '#i18n/generated/messages.js';
import { Card } from '#ui/card.tsx';
import { ChoiceBar } from '#ui/choice-bar.tsx';
import { Scale } from '#ui/scale.tsx';
import type { TriageForm } from './use-triage-form.ts';
import { VitalField } from './vital-field.tsx';
import { fieldElementId, STEPPED_VITALS } from './vital-look.ts';
import { VitalStateMenu } from './vital-state-menu.tsx';

/** What was measured, pain, consciousness and oxygen. */
export function VitalsCard({ form }: { readonly form: TriageForm }) {
  const count = STEPPED_VITALS.filter(
    (id) => (form.reading.valid.vitals[id]?.state ?? 'not-measured') !== 'not-measured',
  ).length;
  const set = (change: Partial<TriageDraft>): void => form.change((current) => ({ ...current, ...change }));
  return (
    <Card title={m.triage_vitals()} aside={m.triage_measured_count({ count, total: STEPPED_VITALS.length })}>
      <div className="v-vitals">
        {STEPPED_VITALS.map((id) => (
          <VitalField key={id} form={form} id={id} />
        ))}
      </div>
      <PainField form={form} />
      <ConsciousnessField value={form.draft.consciousness} onChange={(consciousness) => set({ consciousness })} />
      <OxygenField value={form.draft.onOxygen} onChange={(onOxygen) => set({ onOxygen })} />
    </Card>
  );
}

function PainField({ form }: { readonly form: TriageForm }) {
  const labelId = useId();
  const { text, state } = form.draft.vitals.pain_0_10;
  const isOff = state === 'not-measured';
  return (
    <div className="v-field v-apart">
      <div className="v-pain-head">
        <span className="v-label">
          <IconMoodSad size={20} stroke={1.9} aria-hidden="true" />
          <span id={labelId}>{m.triage_vital_pain_0_10()}</span>
        </span>
        <span className="v-small v-muted" id={`${labelId}-help`}>
          {m.triage_pain_help()}
        </span>
        <VitalStateMenu form={form} id="pain_0_10" />
      </div>
      {!isOff && (
        <Scale
          id={fieldElementId('pain_0_10')}
          labelledBy={labelId}
          describedBy={`${labelId}-help`}
          max={10}
          value={text}
          onChange={(next) => form.change((current) => changeVital(current, 'pain_0_10', { text: next }))}
        />
      )}
    </div>
  );
}

interface ChoiceProps<T> {
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function ConsciousnessField({ value, onChange }: ChoiceProps<TriageDraft['consciousness']>) {
  const labelId = useId();
  return (
    <div className="v-field v-apart">
      <div className="v-pain-head">
        <span className="v-label">
          <IconBrain size={20} stroke={1.9} aria-hidden="true" />
          <span id={labelId}>{m.triage_consciousness()}</span>
        </span>
        <span className="v-small v-muted">{m.triage_consciousness_help()}</span>
      </div>
      <ChoiceBar
        labelledBy={labelId}
        choices={[
          { value: 'A', mark: m.triage_letter_a(), label: m.triage_consciousness_a() },
          { value: 'C', mark: m.triage_letter_c(), label: m.triage_consciousness_c() },
          { value: 'V', mark: m.triage_letter_v(), label: m.triage_consciousness_v() },
          { value: 'P', mark: m.triage_letter_p(), label: m.triage_consciousness_p() },
          { value: 'U', mark: m.triage_letter_u(), label: m.triage_consciousness_u() },
        ]}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}

function OxygenField({ value, onChange }: ChoiceProps<TriageDraft['onOxygen']>) {
  const labelId = useId();
  return (
    <div className="v-oxygen v-apart">
      <span className="v-label">
        <IconDroplet size={20} stroke={1.9} aria-hidden="true" />
        <span id={labelId}>{m.triage_oxygen()}</span>
      </span>
      <ChoiceBar
        labelledBy={labelId}
        choices={[
          { value: 'no', label: m.triage_no() },
          { value: 'yes', label: m.triage_yes() },
        ]}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}
