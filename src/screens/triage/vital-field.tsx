import {
  IconActivityHeartbeat,
  IconArrowBarDown,
  IconArrowBarUp,
  IconDropletHalf2,
  IconLungs,
  IconTemperature,
} from '@tabler/icons-react';
import { changeVital, stepVital, switchTemperatureUnit, typeVital } from '#domain/form/draft-changes.ts';
import { splitPressure } from '#domain/form/pressure.ts';
import { VITAL_DECIMALS, type VitalId } from '#domain/form/vitals.ts';
import { formatNumber } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';
import { MeasureField } from '#ui/measure-field.tsx';
import { usualRangeText } from './age-band-text.ts';
import { fieldMessageOf } from './field-message-of.ts';
import type { TriageForm } from './use-triage-form.ts';
import { fieldElementId, fieldName, type STEPPED_VITALS, unitText } from './vital-look.ts';
import { VitalStateMenu } from './vital-state-menu.tsx';

type SteppedVital = (typeof STEPPED_VITALS)[number];

const ICONS = {
  hr_bpm: IconActivityHeartbeat,
  temp_c: IconTemperature,
  sbp_mmhg: IconArrowBarUp,
  dbp_mmhg: IconArrowBarDown,
  rr_bpm: IconLungs,
  spo2_pct: IconDropletHalf2,
} as const satisfies Record<SteppedVital, unknown>;

/** One vital sign of the form. */
export function VitalField({ form, id }: { readonly form: TriageForm; readonly id: SteppedVital }) {
  const draft = form.draft.vitals[id];
  const Icon = ICONS[id];
  const isTemperature = id === 'temp_c';
  const switchUnit = (): void => form.change((current) => switchTemperatureUnit(current, formatNumber));
  const message = fieldMessageOf(id, form.issueOf(id), form.months, {
    onConfirm: () => form.change((current) => changeVital(current, id, { confirmedText: current.vitals[id].text })),
    onSuggestion: (text) => form.change((current) => changeVital(current, id, { text })),
    onFahrenheit: () => form.change((current) => changeVital(current, id, { unit: '[degF]' })),
  });
  return (
    <MeasureField
      id={fieldElementId(id)}
      label={fieldName(id)}
      icon={<Icon size={18} stroke={1.9} />}
      unit={unitText(id, draft.unit)}
      unitSwitch={isTemperature ? { name: unitSwitchName(draft.unit), onPress: switchUnit } : undefined}
      text={draft.text}
      onText={(text) => {
        form.change((current) => typeVital(current, id, text));
        if (id === 'sbp_mmhg' && splitPressure(text)) focusVital('dbp_mmhg');
      }}
      onStep={(direction) => {
        const canStep = stepVital(form.draft, id, direction, formatNumber) !== undefined;
        form.change((current) => stepVital(current, id, direction, formatNumber) ?? current);
        return canStep;
      }}
      onLeave={() => form.leave(id)}
      hasDecimals={VITAL_DECIMALS[id] > 0}
      prefix={draft.state === 'estimated' ? '~' : undefined}
      stateMenu={draft.state === 'not-measured' ? null : <VitalStateMenu form={form} id={id} />}
      onMeasure={draft.state === 'not-measured' ? () => measure(form, id) : undefined}
      help={usualRangeText(id, draft.unit, form.months)}
      message={message}
    />
  );
}

function unitSwitchName(unit: string): string {
  return unit === '[degF]' ? m.triage_to_celsius() : m.triage_to_fahrenheit();
}

function measure(form: TriageForm, id: VitalId): void {
  form.change((current) => changeVital(current, id, { state: 'measured' }));
  focusVital(id);
}

/** After the screen has been drawn again: the control may only just have appeared. */
function focusVital(id: VitalId): void {
  requestAnimationFrame(() => document.getElementById(fieldElementId(id))?.focus());
}
