import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import './button.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly ref?: Ref<HTMLButtonElement>;
  /** `main`: the one action of a screen, 56 px. `fill`, `line` and `quiet`: 48 px, by weight. */
  readonly look?: 'main' | 'fill' | 'line' | 'quiet' | 'danger';
  readonly children: ReactNode;
}

export function Button({ look = 'line', className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={buttonClass(look, className)}>
      {children}
    </button>
  );
}

/** For a link that looks like a button. */
export function buttonClass(look: NonNullable<ButtonProps['look']>, more = ''): string {
  return `v-btn v-btn-${look} ${more}`.trim();
}
