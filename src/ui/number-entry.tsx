import { type ComponentPropsWithRef, type KeyboardEvent, useRef } from 'react';

export interface NumberEntryProps extends Omit<ComponentPropsWithRef<'input'>, 'onChange' | 'value' | 'inputMode'> {
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly onStep?: ((direction: 1 | -1) => void) | undefined;
  /** Which keyboard a tablet shows. */
  readonly hasDecimals?: boolean;
}

/**
 * A text field for a number: what is typed stays as typed, comma or point. The arrows step, the wheel does nothing, and
 * focus selects everything so that the next key replaces it.
 */
export function NumberEntry({ value, onText, onStep, hasDecimals = false, ...rest }: NumberEntryProps) {
  const isFreshFocus = useRef(false);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!onStep || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onStep(event.key === 'ArrowUp' ? 1 : -1);
  };
  return (
    <input
      type="text"
      autoComplete="off"
      autoCorrect="off"
      spellCheck={false}
      enterKeyHint="next"
      inputMode={hasDecimals ? 'decimal' : 'numeric'}
      data-entry
      {...rest}
      value={value}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        isFreshFocus.current = true;
        event.target.select();
      }}
      onMouseUp={(event) => {
        // The click that brought the focus would put the caret into the selected text.
        if (isFreshFocus.current) event.preventDefault();
        isFreshFocus.current = false;
      }}
    />
  );
}
