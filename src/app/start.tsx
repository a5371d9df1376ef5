import type { Root } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { setLanguage } from '#i18n/language.ts';
import { App } from './app.tsx';
import { browserLanguage, openServices } from './open-services.ts';
import { StorageClosed } from './storage-closed.tsx';

/** Opens the tablet's storage and shows the app, or says clearly that it could not be opened. */
export function start(root: Root): void {
  setLanguage(browserLanguage());
  document.documentElement.lang = browserLanguage();
  // At once: a form on the screen keeps its draft as it goes, and just after this the database is closed.
  const showClosed = (): void => flushSync(() => root.render(<StorageClosed onReload={() => location.reload()} />));
  openServices({ onClosed: showClosed, onBlocked: showClosed }).then(
    (services) => root.render(<App services={services} />),
    (error: unknown) => {
      // The kind only: a message may carry names of the user's machine.
      console.error('storage could not be opened', error instanceof Error ? error.name : typeof error);
      showClosed();
    },
  );
}
