import { Combobox, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { searchSymptoms } from '#domain/symptoms/search.ts';
import { getLocale } from '#i18n/generated/runtime.js';
import { m } from '#i18n/generated/messages.js';

export interface SymptomPickerProps {
  readonly id: string;
  readonly chosen: readonly string[];
  readonly isFull: boolean;
  readonly onPick: (slug: string) => void;
}

/** Search in the 123 groups: arrows and Enter, or a touch. */
export function SymptomPicker({ id, chosen, isFull, onPick }: SymptomPickerProps) {
  const [text, setText] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const language = getLocale();
  const options = useMemo(
    () => searchSymptoms(text, language).filter((group) => !chosen.includes(group.slug)),
    [text, language, chosen],
  );
  const pick = (slug: string): void => {
    onPick(slug);
    setText('');
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={pick} withinPortal={false} shadow="md">
      <Combobox.DropdownTarget>
        <div className="v-search">
          <IconSearch size={22} stroke={1.9} aria-hidden="true" />
          <Combobox.EventsTarget withExpandedAttribute>
            <input
              id={id}
              className="v-input"
              data-entry
              data-combobox={combobox.dropdownOpened ? 'open' : 'closed'}
              aria-describedby={`${id}-help`}
              autoComplete="off"
              spellCheck={false}
              disabled={isFull}
              placeholder={m.triage_symptoms_search()}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                combobox.openDropdown();
                combobox.resetSelectedOption();
              }}
              onKeyDown={(event) => {
                // Enter takes the best match; Mantine takes the one reached with the arrows.
                const best = options[0];
                const isUnchosen = combobox.getSelectedOptionIndex() === -1 && text.trim() !== '';
                if (event.key === 'Enter' && combobox.dropdownOpened && isUnchosen && best) pick(best.slug);
              }}
              onClick={() => combobox.openDropdown()}
              onBlur={() => combobox.closeDropdown()}
            />
          </Combobox.EventsTarget>
        </div>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown className="v-options" hidden={isFull}>
        <Combobox.Options mah={300} style={{ overflowY: 'auto' }} aria-label={m.triage_symptoms_matches()}>
          {options.map((group) => (
            <Combobox.Option key={group.slug} value={group.slug} className="v-option">
              {group[language]}
            </Combobox.Option>
          ))}
          {options.length === 0 && <Combobox.Empty>{m.triage_symptoms_none()}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
