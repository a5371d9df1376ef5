import { useEffect } from 'react';
import { useServices } from './services.tsx';

/** A new version of the app waits while there is something in the form on the screen. */
export function useOpenForm(hasContent: boolean): void {
  const { openForm } = useServices();
  useEffect(() => {
    openForm.set(hasContent);
  }, [openForm, hasContent]);
  useEffect(() => () => openForm.set(false), [openForm]);
}
