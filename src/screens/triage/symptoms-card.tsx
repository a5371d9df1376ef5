import { IconPlus } from '@tabler/icons-react';
import { MAX_SYMPTOMS } from '#domain/form/triage-inputs.ts';
import { FREQUENT_SYMPTOMS, symptomGroup } from '#domain/symptoms/search.ts';
import { getLocale } from '#i18n/generated/runtime.js';
import { m } from '#i18n/generated/messages.js';
import { Card } from '#ui/card.tsx';
import { SymptomChips } from './symptom-chips.tsx';
import { SymptomPicker } from './symptom-picker.tsx';
import type { TriageForm } from './use-triage-form.ts';

export const SYMPTOMS_FIELD_ID = 'field-symptoms';

/** Today's reasons, from the one vocabulary, in the clinician's order. */
export function SymptomsCard({ form }: { readonly form: TriageForm }) {
  const { symptoms } = form.draft;
  const isFull = symptoms.length >= MAX_SYMPTOMS;
  const add = (slug: string): void =>
    form.change((draft) => ({ ...draft, symptoms: withSymptom(draft.symptoms, slug) }));
  const remove = (slug: string): void =>
    form.change((draft) => ({ ...draft, symptoms: draft.symptoms.filter((other) => other !== slug) }));
  const offered = isFull ? [] : FREQUENT_SYMPTOMS.filter((slug) => !symptoms.includes(slug));
  return (
    <Card
      title={<label htmlFor={SYMPTOMS_FIELD_ID}>{m.triage_symptoms()}</label>}
      aside={m.triage_symptoms_count({ count: symptoms.length, max: MAX_SYMPTOMS })}
    >
      <div className="v-symptoms">
        <SymptomPicker id={SYMPTOMS_FIELD_ID} chosen={symptoms} isFull={isFull} onPick={add} />
        <SymptomChips slugs={symptoms} onRemove={remove} />
        <p className="v-small v-muted" id={`${SYMPTOMS_FIELD_ID}-help`}>
          {isFull ? m.triage_symptoms_full({ max: MAX_SYMPTOMS }) : m.triage_symptoms_help()}
        </p>
        {offered.length > 0 && (
          <div className="v-chips" role="group" aria-label={m.triage_symptoms_frequent()}>
            {offered.map((slug) => (
              <button key={slug} type="button" className="v-chip v-chip-add" onClick={() => add(slug)}>
                <IconPlus size={18} stroke={1.9} aria-hidden="true" />
                {symptomGroup(slug)?.[getLocale()]}
              </button>
            ))}
          </div>
        )}
      </div>
    </Card>
  );
}

function withSymptom(symptoms: readonly string[], slug: string): string[] {
  return [...new Set([...symptoms, slug])].slice(0, MAX_SYMPTOMS);
}
