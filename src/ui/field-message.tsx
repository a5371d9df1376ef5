import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import './field.css';

export interface FieldMessage {
  /** `warn` asks, `danger` has to be corrected. */
  readonly tone: 'warn' | 'danger';
  readonly text: string;
  /** What settles it in one touch. `name` says the field too. */
  readonly actions: readonly { readonly label: string; readonly name: string; readonly onPress: () => void }[];
}

export interface FieldHelpProps {
  readonly id: string;
  readonly help?: string | undefined;
  readonly message?: FieldMessage | undefined;
}

/** The line under a field: its help or, when something is wrong, what and how to settle it. */
export function FieldHelp({ id, help, message }: FieldHelpProps) {
  if (!message)
    return (
      <p className="v-help" id={id} data-tone="calm">
        {help}
      </p>
    );
  const Icon = message.tone === 'warn' ? IconAlertTriangle : IconAlertCircle;
  return (
    <p className="v-help" id={id} data-tone={message.tone}>
      <Icon size={17} stroke={1.9} aria-hidden="true" />
      <span>{message.text}</span>
      {message.actions.map((action) => (
        <button
          key={action.name}
          type="button"
          className="v-help-action"
          aria-label={action.name}
          onClick={(event) => press(event.currentTarget, action.onPress)}
        >
          {action.label}
        </button>
      ))}
    </p>
  );
}

/**
 * What was pressed goes away with the question it settled. The focus stays at the field without entering it, so that
 * no keyboard comes up and the next Tab goes on from here.
 */
function press(button: HTMLElement, onPress: () => void): void {
  const field = button.closest<HTMLElement>('.v-measure, .v-field');
  onPress();
  setTimeout(() => {
    if (document.activeElement === document.body) field?.focus({ preventScroll: true });
  });
}
