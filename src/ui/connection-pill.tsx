import { Link } from 'wouter';
import type { ReactNode } from 'react';
import './connection-pill.css';

export interface ConnectionPillProps {
  readonly href: string;
  /** 20 px icon from the icon set. */
  readonly icon: ReactNode;
  readonly isOffline: boolean;
  /** "Sin conexión": left out on phones for want of room, but always part of the name. */
  readonly state: string;
  /** "3 en cola". */
  readonly queue: string;
}

/** Where the records are, in the top bar; opens the screen that says more. */
export function ConnectionPill({ href, icon, isOffline, state, queue }: ConnectionPillProps) {
  return (
    <Link href={href} className="v-pill" data-offline={isOffline || undefined}>
      <span aria-hidden="true">{icon}</span>
      <span>
        <span className="v-pill-state">{state} · </span>
        {queue}
      </span>
    </Link>
  );
}
