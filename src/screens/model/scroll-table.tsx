import type { ReactNode } from 'react';
import surface from '../surface.module.css';

/** A table wider than a phone: it scrolls in its own frame, by finger and by keyboard. */
export function ScrollTable({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className={surface['scroll']} tabIndex={0} role="group" aria-label={name}>
      <table className={surface['table']}>{children}</table>
    </div>
  );
}
