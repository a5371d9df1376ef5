import { IconMinus, IconPlus } from '@tabler/icons-react';
import { type FocusEvent, type ReactNode, useRef } from 'react';
import { m } from '#i18n/generated/messages.js';
import { FieldHelp, type FieldMessage } from './field-message.tsx';
import { HoldButton } from './hold-button.tsx';
import { NumberEntry } from './number-entry.tsx';
import './measure-field.css';

export interface MeasureFieldProps {
  readonly id: string;
  readonly label: string;
  /** 18 px icon from the icon set. */
  readonly icon: ReactNode;
  readonly unit: { readonly short: string; readonly spoken: string };
  /** Makes the unit a button that changes it. */
  readonly unitSwitch?: { readonly name: string; readonly onPress: () => void } | undefined;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** One step; returns false when there was nothing to step from. */
  readonly onStep: (direction: 1 | -1) => boolean;
  /** The focus left the whole field. */
  readonly onLeave: () => void;
  readonly hasDecimals: boolean;
  /** Written before the value of an estimate. */
  readonly prefix?: string | undefined;
  /** Beside the label: how the value came about. */
  readonly stateMenu: ReactNode;
  /** Takes the place of the control while nothing is measured. */
  readonly onMeasure?: (() => void) | undefined;
  readonly help: string | undefined;
  readonly message: FieldMessage | undefined;
}

/** A measured number: label, state, minus, value with unit, plus, and the usual range or what is wrong. */
export function MeasureField(props: MeasureFieldProps) {
  const { id, label, text, message, onMeasure } = props;
  const onBlur = (event: FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) props.onLeave();
  };
  return (
    <div className="v-measure" data-tone={message?.tone} tabIndex={-1} onBlur={onBlur}>
      <div className="v-measure-head">
        <label className="v-label" htmlFor={id}>
          <span className="v-measure-icon" aria-hidden="true">
            {props.icon}
          </span>
          <span>{label}</span>
        </label>
        {props.stateMenu}
      </div>
      {onMeasure ? <NotMeasured id={id} label={label} onMeasure={onMeasure} /> : <Stepper {...props} text={text} />}
      <FieldHelp id={`${id}-help`} help={props.help} message={message} />
    </div>
  );
}

function NotMeasured({ id, label, onMeasure }: { id: string; label: string; onMeasure: () => void }) {
  return (
    <button
      type="button"
      id={id}
      className="v-not-measured"
      data-entry
      aria-label={m.triage_measure_field({ field: label })}
      onClick={onMeasure}
    >
      {m.triage_state_not_measured()} · <b>{m.triage_measure()}</b>
    </button>
  );
}

function Stepper(props: MeasureFieldProps) {
  const { id, label, text, message, unit, unitSwitch, prefix } = props;
  const input = useRef<HTMLInputElement>(null);
  const step = (direction: 1 | -1): void => {
    if (!props.onStep(direction)) input.current?.focus();
  };
  return (
    <div className="v-stepper">
      <HoldButton aria-label={m.triage_subtract_from({ field: label })} tabIndex={-1} onPress={() => step(-1)}>
        <IconMinus size={20} stroke={1.9} aria-hidden="true" />
      </HoldButton>
      <span className="v-stepper-value v-num" onPointerDown={(event) => focusInstead(event.target, input.current)}>
        {prefix !== undefined && <span aria-hidden="true">{prefix}</span>}
        <NumberEntry
          ref={input}
          id={id}
          value={text}
          size={Math.max(2, text.length)}
          style={{ width: `${Math.max(2.2, text.length * 0.66 + 0.3)}em` }}
          hasDecimals={props.hasDecimals}
          aria-invalid={message !== undefined}
          aria-describedby={`${id}-unit ${id}-help`}
          onText={props.onText}
          onStep={step}
        />
        {unitSwitch ? (
          <button type="button" className="v-unit-switch" aria-label={unitSwitch.name} onClick={unitSwitch.onPress}>
            {unit.short}
          </button>
        ) : (
          <span className="v-unit" aria-hidden="true">
            {unit.short}
          </span>
        )}
        <span className="v-sr" id={`${id}-unit`}>
          {unit.spoken}
        </span>
      </span>
      <HoldButton aria-label={m.triage_add_to({ field: label })} tabIndex={-1} onPress={() => step(1)}>
        <IconPlus size={20} stroke={1.9} aria-hidden="true" />
      </HoldButton>
    </div>
  );
}

/** A touch anywhere between minus and plus is meant for the number. */
function focusInstead(target: EventTarget, input: HTMLInputElement | null): void {
  if (target instanceof HTMLElement && !target.matches('input, button')) setTimeout(() => input?.focus());
}
