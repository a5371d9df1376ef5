import { type ReactNode, useId } from 'react';
import './card.css';

export interface CardProps {
  readonly title: ReactNode;
  /** Short text or control at the right of the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A titled block of a screen: white, hairline, 16 px corners. Its heading names the section. */
export function Card({ title, aside, children }: CardProps) {
  const headingId = useId();
  return (
    <section className="v-card" aria-labelledby={headingId}>
      <div className="v-card-head">
        <h2 id={headingId}>{title}</h2>
        {aside !== undefined && <div className="v-small v-muted">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
