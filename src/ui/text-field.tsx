import { type InputHTMLAttributes, type Ref, type TextareaHTMLAttributes, useId } from 'react';
import './text-field.css';

interface Described {
  readonly label: string;
  readonly help?: string;
  readonly error?: string | undefined;
}

export interface TextFieldProps extends Described, InputHTMLAttributes<HTMLInputElement> {
  readonly ref?: Ref<HTMLInputElement>;
}

/** One line of text with its label above, and help or error joined to it. */
export function TextField({ label, help, error, ...rest }: TextFieldProps) {
  const ids = useFieldIds({ help, error });
  return (
    <div className="v-field">
      <label htmlFor={ids.input}>{label}</label>
      <Help ids={ids} help={help} error={error} />
      <input
        autoComplete="off"
        {...rest}
        id={ids.input}
        aria-invalid={error !== undefined}
        aria-describedby={ids.all}
      />
    </div>
  );
}

export interface TextAreaProps extends Described, TextareaHTMLAttributes<HTMLTextAreaElement> {
  readonly ref?: Ref<HTMLTextAreaElement>;
}

/** Several lines of text, otherwise as {@link TextField}. */
export function TextArea({ label, help, error, ...rest }: TextAreaProps) {
  const ids = useFieldIds({ help, error });
  return (
    <div className="v-field">
      <label htmlFor={ids.input}>{label}</label>
      <Help ids={ids} help={help} error={error} />
      <textarea {...rest} id={ids.input} aria-invalid={error !== undefined} aria-describedby={ids.all} />
    </div>
  );
}

type Texts = { readonly help: string | undefined; readonly error: string | undefined };
type FieldIds = ReturnType<typeof useFieldIds>;

function useFieldIds({ help, error }: Texts) {
  const id = useId();
  const described = [help !== undefined && `${id}-help`, error !== undefined && `${id}-error`].filter(Boolean);
  return {
    input: `${id}-input`,
    help: `${id}-help`,
    error: `${id}-error`,
    all: described.length > 0 ? described.join(' ') : undefined,
  };
}

function Help({ ids, help, error }: Texts & { readonly ids: FieldIds }) {
  return (
    <>
      {help !== undefined && (
        <p id={ids.help} className="v-small v-muted">
          {help}
        </p>
      )}
      {error !== undefined && (
        <p id={ids.error} className="v-field-error">
          {error}
        </p>
      )}
    </>
  );
}
