import { useEffect, useState } from 'react';
import { emptyTriageDraft } from '#domain/form/triage-draft.ts';
import type { TriageRecord } from '#domain/records/record.ts';
import { m } from '#i18n/generated/messages.js';
import { useServices } from '../services.tsx';
import { SavedCard } from './saved-card.tsx';
import { TriageWorkspace } from './triage-workspace.tsx';
import type { KeptDraft } from './use-draft-keeper.ts';
import './triage.css';

/** The triage form: the draft of before when there is one, else an empty form; after saving, where it went. */
export function TriageScreen() {
  const { drafts, settings } = useServices();
  const [initial, setInitial] = useState<KeptDraft>();
  const [saved, setSaved] = useState<TriageRecord>();

  useEffect(() => {
    let isMounted = true;
    void drafts.load().then((kept) => {
      if (isMounted) setInitial(kept ?? { draft: emptyTriageDraft(settings.get().temperatureUnit) });
    });
    return () => {
      isMounted = false;
    };
  }, [drafts, settings]);

  const startNew = (): void => {
    setSaved(undefined);
    setInitial({ draft: emptyTriageDraft(settings.get().temperatureUnit) });
    // The button pressed is gone: reading goes on at the top, as on any change of screen.
    document.getElementById('contenido')?.focus();
  };
  if (saved) return <SavedCard record={saved} onNew={startNew} />;
  if (!initial)
    return (
      <p className="v-page v-muted" role="status">
        {m.app_loading()}
      </p>
    );
  return <TriageWorkspace initial={initial} onSaved={setSaved} />;
}
