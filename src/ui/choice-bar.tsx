import { useId } from 'react';
import './choice-bar.css';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  /** A letter or figure above the label. */
  readonly mark?: string;
}

export interface ChoiceBarProps<T extends string> {
  /** Id of the visible label, or the name itself when there is none. */
  readonly labelledBy?: string;
  readonly label?: string;
  readonly describedBy?: string | undefined;
  readonly choices: readonly Choice<T>[];
  /** Empty when nothing is chosen. */
  readonly value: T | '';
  /** Called with '' when the chosen one is pressed again, unless `required`. */
  readonly onChange: (value: T | '') => void;
  readonly required?: boolean;
  readonly id?: string;
}

/** One of a few, as joined buttons: native radios underneath, so arrows, forms and screen readers work as usual. */
export function ChoiceBar<T extends string>(props: ChoiceBarProps<T>) {
  const { choices, value, onChange, required = false } = props;
  const name = useId();
  return (
    <div
      className="v-seg"
      role="radiogroup"
      id={props.id}
      data-entry
      aria-label={props.label}
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
    >
      {choices.map((choice) => (
        <label key={choice.value} className="v-seg-item">
          <input
            type="radio"
            name={name}
            className="v-sr"
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            onClick={() => {
              if (choice.value === value && !required) onChange('');
            }}
          />
          <span>
            {choice.mark !== undefined && <span className="v-seg-mark">{choice.mark} </span>}
            {choice.label}
          </span>
        </label>
      ))}
    </div>
  );
}
