import type { IconSun } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import surface from '../surface.module.css';
import styles from './settings-screen.module.css';

interface SettingGroupProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function SettingGroup({ title, children }: SettingGroupProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles['title']}>
        {title}
      </h2>
      <ul className={surface['list']}>{children}</ul>
    </section>
  );
}

interface SettingRowProps {
  readonly Icon: typeof IconSun;
  readonly name: string;
  readonly help: string;
  readonly children: ReactNode;
}

/** One setting: what it is, what it does, and the control. */
export function SettingRow({ Icon, name, help, children }: SettingRowProps) {
  return (
    <li className={styles['row']}>
      <Icon size={24} aria-hidden className={styles['icon'] ?? ''} />
      <span>
        <span className={styles['name']}>{name}</span>
        <br />
        <span className="v-small v-muted">{help}</span>
      </span>
      <div className={styles['control']}>{children}</div>
    </li>
  );
}
