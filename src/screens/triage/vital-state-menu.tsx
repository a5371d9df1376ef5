import { changeVital } from '#domain/form/draft-changes.ts';
import type { VitalDraft } from '#domain/form/triage-draft.ts';
import type { VitalId } from '#domain/form/vitals.ts';
import { m } from '#i18n/generated/messages.js';
import { StateMenu } from '#ui/state-menu.tsx';
import type { TriageForm } from './use-triage-form.ts';
import { fieldElementId, fieldName } from './vital-look.ts';

/** Measured, estimated or not measured. */
export function VitalStateMenu({ form, id }: { readonly form: TriageForm; readonly id: VitalId }) {
  const { state } = form.draft.vitals[id];
  const options: readonly { readonly value: VitalDraft['state']; readonly label: string }[] = [
    { value: 'measured', label: m.triage_state_measured() },
    { value: 'estimated', label: m.triage_state_estimated() },
    { value: 'not-measured', label: m.triage_state_not_measured() },
  ];
  const label = options.find((option) => option.value === state)?.label ?? '';
  return (
    <StateMenu
      name={m.triage_state_of({ field: fieldName(id), state: label.toLocaleLowerCase() })}
      options={options}
      value={state}
      isUsual={state === 'measured'}
      onChange={(next) => {
        form.change((current) => changeVital(current, id, { state: next }));
        // This menu goes away with the control: the focus goes to what takes its place, after the menu gave it back.
        if (next === 'not-measured' && id !== 'pain_0_10')
          setTimeout(() => document.getElementById(fieldElementId(id))?.focus(), 50);
      }}
    />
  );
}
