import type { ReactNode } from 'react';
import './tag.css';

export interface TagProps {
  readonly tone?: 'neutral' | 'info' | 'ok' | 'warn' | 'danger';
  /** 18 px icon from the icon set. */
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A state in a word, with an icon so that it never speaks by colour alone. */
export function Tag({ tone = 'neutral', icon, children }: TagProps) {
  return (
    <span className={`v-tag v-tone-${tone}`}>
      {icon !== undefined && <span aria-hidden="true">{icon}</span>}
      {children}
    </span>
  );
}
