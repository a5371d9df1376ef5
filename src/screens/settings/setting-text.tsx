import type { IconSun } from '@tabler/icons-react';
import { useState } from 'react';
import { m } from '#i18n/generated/messages.js';
import { TextField } from '#ui/text-field.tsx';
import styles from './settings-screen.module.css';

interface SettingTextProps {
  readonly Icon: typeof IconSun;
  readonly name: string;
  readonly help: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A short text kept as one types; records carry at most 80 characters of it. */
export function SettingText({ Icon, name, help, value, onChange }: SettingTextProps) {
  const [text, setText] = useState(value);
  const [isSaved, setSaved] = useState(false);
  const save = (): void => {
    if (text.trim() === value) return;
    onChange(text.trim());
    setSaved(true);
  };
  return (
    <li className={`${styles['row']} ${styles['textRow']}`}>
      <Icon size={24} aria-hidden className={styles['icon'] ?? ''} />
      <div>
        <TextField
          label={name}
          help={help}
          value={text}
          maxLength={80}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={save}
          onKeyDown={(event) => event.key === 'Enter' && save()}
        />
        <p role="status" className="v-small v-muted">
          {isSaved && text.trim() === value && m.settings_saved()}
        </p>
      </div>
    </li>
  );
}
