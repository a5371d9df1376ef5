import type { ReactNode } from 'react';
import './notice.css';

export interface NoticeProps {
  readonly tone?: 'neutral' | 'info' | 'ok' | 'warn' | 'danger';
  /** 22 px icon from the icon set. */
  readonly icon: ReactNode;
  /** First sentence, in bold: what happened. */
  readonly title: ReactNode;
  /** What is safe and what to do. */
  readonly children?: ReactNode;
  /** A button at the right. */
  readonly action?: ReactNode;
  /** `alert` only for something that went wrong just now; `status` for something that just happened. */
  readonly role?: 'alert' | 'status';
}

/** A message in the flow of a screen. Never blocks, never blinks. */
export function Notice({ tone = 'neutral', icon, title, children, action, role }: NoticeProps) {
  return (
    <div className={`v-notice v-tone-${tone}`} role={role}>
      <span className="v-notice-icon" aria-hidden="true">
        {icon}
      </span>
      <p className="v-notice-text">
        <strong>{title}</strong> {children}
      </p>
      {action !== undefined && <div className="v-notice-action">{action}</div>}
    </div>
  );
}
