import { IconCheck, IconX } from '@tabler/icons-react';
import { symptomGroup } from '#domain/symptoms/search.ts';
import { getLocale } from '#i18n/generated/runtime.js';
import { m } from '#i18n/generated/messages.js';

export interface SymptomChipsProps {
  readonly slugs: readonly string[];
  readonly onRemove: (slug: string) => void;
}

/** The chosen symptoms; a slug of another vocabulary is shown as it is rather than hidden. */
export function SymptomChips({ slugs, onRemove }: SymptomChipsProps) {
  if (slugs.length === 0) return null;
  return (
    <ul className="v-chips" aria-label={m.triage_symptoms_chosen()}>
      {slugs.map((slug) => {
        const name = symptomGroup(slug)?.[getLocale()] ?? slug;
        return (
          <li key={slug} className="v-chip v-chip-yes">
            <IconCheck size={18} stroke={2.4} aria-hidden="true" />
            {name}
            <button
              type="button"
              aria-label={m.triage_symptoms_remove({ symptom: name })}
              onClick={() => onRemove(slug)}
            >
              <IconX size={18} stroke={1.9} aria-hidden="true" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
