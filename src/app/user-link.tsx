import { IconUser } from '@tabler/icons-react';
import { Link } from 'wouter';
import { m } from '#i18n/generated/messages.js';
import { ROUTES } from '#screens/routes.ts';
import { useServices, useStore } from '#screens/services.tsx';

/** Who is using the tablet, by initials. */
export function UserLink() {
  const { settings } = useServices();
  const name = useStore(settings, settings.get).userName.trim();
  return (
    <Link
      href={ROUTES.settings}
      className="v-avatar"
      aria-label={name === '' ? m.app_user_none() : m.app_user_settings({ name })}
    >
      {name === '' ? <IconUser size={22} stroke={1.9} aria-hidden="true" /> : initials(name)}
    </Link>
  );
}

/** First letters of the first and the last word. */
export function initials(name: string): string {
  const words = name.split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => (word ?? '').slice(0, 1));
  return letters.join('').toLocaleUpperCase();
}
