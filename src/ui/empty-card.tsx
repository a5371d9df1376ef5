import type { ReactNode, Ref } from 'react';
import './notice.css';
import './empty-card.css';

export interface EmptyCardProps {
  readonly tone?: 'neutral' | 'action' | 'ok' | 'warn' | 'danger';
  /** 28 px icon from the icon set. */
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  /** Buttons or links under the text. */
  readonly actions?: ReactNode;
  /** Without frame, for use inside a panel. */
  readonly plain?: boolean;
  /** Heading level in its place on the screen. */
  readonly level?: 2 | 3;
  /** The heading, to move focus to after an action. */
  readonly headingRef?: Ref<HTMLHeadingElement>;
}

/** Nothing here yet, nothing found, something done or something not available: icon, sentence, what to do. */
export function EmptyCard(props: EmptyCardProps) {
  const { tone = 'neutral', icon, title, children, actions, plain = false, level = 2, headingRef } = props;
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div className={plain ? 'v-empty' : 'v-empty v-empty-framed'}>
      <span className={`v-empty-icon v-tone-${tone}`} aria-hidden="true">
        {icon}
      </span>
      <Heading className="v-empty-title" ref={headingRef} tabIndex={-1}>
        {title}
      </Heading>
      {children !== undefined && <p className="v-small v-muted">{children}</p>}
      {actions !== undefined && <div className="v-empty-actions">{actions}</div>}
    </div>
  );
}
