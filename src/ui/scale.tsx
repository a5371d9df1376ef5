import { useId } from 'react';
import './scale.css';

export interface ScaleProps {
  readonly id: string;
  readonly labelledBy: string;
  readonly describedBy?: string;
  /** Highest figure; the lowest is 0. */
  readonly max: number;
  /** Empty when nothing is chosen. */
  readonly value: string;
  /** Called with '' when the chosen figure is pressed again. */
  readonly onChange: (value: string) => void;
}

/** A row of figures to touch, 0 to max. Native radios underneath. */
export function Scale({ id, labelledBy, describedBy, max, value, onChange }: ScaleProps) {
  const name = useId();
  const figures = Array.from({ length: max + 1 }, (_, figure) => String(figure));
  return (
    <div
      className="v-scale v-num"
      id={id}
      role="radiogroup"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      data-entry
    >
      {figures.map((figure) => (
        <label key={figure}>
          <input
            type="radio"
            className="v-sr"
            name={name}
            value={figure}
            checked={figure === value}
            onChange={() => onChange(figure)}
            onClick={() => {
              if (figure === value) onChange('');
            }}
          />
          <span>{figure}</span>
        </label>
      ))}
    </div>
  );
}
