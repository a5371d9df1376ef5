import { IconMapOff } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { m } from '#i18n/generated/messages.js';
import { ROUTES, validationPath } from '#screens/routes.ts';
import { TriageScreen } from '#screens/triage/triage-screen.tsx';
import { buttonClass } from '#ui/button.tsx';
import { EmptyCard } from '#ui/empty-card.tsx';

// The form is what one needs at once; the rest follows when it is opened, from the cache once installed.
const PatientsScreen = lazy(async () => ({
  default: (await import('#screens/patients/patients-screen.tsx')).PatientsScreen,
}));
const ValidationScreen = lazy(async () => ({
  default: (await import('#screens/validation/validation-screen.tsx')).ValidationScreen,
}));
const SyncScreen = lazy(async () => ({ default: (await import('#screens/sync/sync-screen.tsx')).SyncScreen }));
const ModelScreen = lazy(async () => ({ default: (await import('#screens/model/model-screen.tsx')).ModelScreen }));
const SettingsScreen = lazy(async () => ({
  default: (await import('#screens/settings/settings-screen.tsx')).SettingsScreen,
}));

/** The screen of the address. */
export function Screens() {
  const [, navigate] = useLocation();
  const savedCode = savedCodeOf(useHistoryState());
  return (
    <Suspense fallback={<Opening />}>
      <Switch>
        <Route path={ROUTES.triage}>
          <TriageScreen />
        </Route>
        <Route path={ROUTES.patients}>
          <PatientsScreen
            onValidate={(triageId) => navigate(validationPath(triageId))}
            onNewTriage={() => navigate(ROUTES.triage)}
            savedCode={savedCode}
          />
        </Route>
        <Route path={ROUTES.validation}>
          {({ id }) => (
            <ValidationScreen
              key={id}
              triageId={decodeURIComponent(id)}
              onBack={() => navigate(ROUTES.patients)}
              onSaved={(code: string) => navigate(ROUTES.patients, { state: { savedCode: code } })}
            />
          )}
        </Route>
        <Route path={ROUTES.sync}>
          <SyncScreen />
        </Route>
        <Route path={ROUTES.model}>
          <ModelScreen />
        </Route>
        <Route path={ROUTES.settings}>
          <SettingsScreen />
        </Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </Suspense>
  );
}

/** The message belongs to one arrival at the worklist: it goes with the history entry, not with the app. */
function savedCodeOf(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null || !('savedCode' in state)) return undefined;
  return typeof state.savedCode === 'string' ? state.savedCode : undefined;
}

function Opening() {
  return (
    <p className="v-page v-muted" role="status">
      {m.app_loading()}
    </p>
  );
}

function NotFound() {
  return (
    <div className="v-page">
      <EmptyCard
        icon={<IconMapOff size={28} stroke={1.9} />}
        title={m.app_not_found()}
        actions={
          <Link href={ROUTES.triage} className={buttonClass('fill')}>
            {m.app_to_triage()}
          </Link>
        }
      >
        {m.app_not_found_help()}
      </EmptyCard>
    </div>
  );
}
