import type { ReactNode } from 'react';
import './card.css';

export interface CardProps {
  readonly title: ReactNode;
  /** Short text or control at the right of the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A titled block of a screen: white, hairline, 16 px corners. No landmark: its title may be a field's own name. */
export function Card({ title, aside, children }: CardProps) {
  return (
    <div className="v-card">
      <div className="v-card-head">
        <h2>{title}</h2>
        {aside !== undefined && <div className="v-small v-muted">{aside}</div>}
      </div>
      {children}
    </div>
  );
}
