import { type ButtonHTMLAttributes, useEffect, useRef } from 'react';

const FIRST_REPEAT_MS = 500;
const REPEAT_MS = 90;

export interface HoldButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'onClick'> {
  /** Called once for a press, and again and again after half a second of holding. */
  readonly onPress: () => void;
}

/** A button that repeats while it is held. */
export function HoldButton({ onPress, ...rest }: HoldButtonProps) {
  const press = useRef(onPress);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hasRepeated = useRef(false);
  useEffect(() => {
    press.current = onPress;
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  const repeat = (): void => {
    hasRepeated.current = true;
    press.current();
    timer.current = setTimeout(repeat, REPEAT_MS);
  };
  const stop = (): void => clearTimeout(timer.current);
  return (
    <button
      type="button"
      {...rest}
      onPointerDown={() => {
        hasRepeated.current = false;
        stop();
        timer.current = setTimeout(repeat, FIRST_REPEAT_MS);
      }}
      onPointerUp={stop}
      onPointerLeave={stop}
      onPointerCancel={stop}
      onContextMenu={(event) => event.preventDefault()}
      onClick={() => {
        if (!hasRepeated.current) onPress();
        hasRepeated.current = false;
      }}
    />
  );
}
