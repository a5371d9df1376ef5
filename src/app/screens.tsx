import { IconMapOff } from '@tabler/icons-react';
import { lazy, Suspense, useEffect } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { m } from '#i18n/generated/messages.js';
import { ROUTES, validationPath } from '#screens/routes.ts';
import { TriageScreen } from '#screens/triage/triage-screen.tsx';
import { buttonClass } from '#ui/button.tsx';
import { EmptyCard } from '#ui/empty-card.tsx';
import { fetchRemainingScreens, SCREEN_PARTS } from './screen-parts.ts';
import { whenIdle } from './when-idle.ts';

const PatientsScreen = lazy(SCREEN_PARTS.patients);
const ValidationScreen = lazy(SCREEN_PARTS.validation);
const SyncScreen = lazy(SCREEN_PARTS.sync);
const ModelScreen = lazy(SCREEN_PARTS.model);
const SettingsScreen = lazy(SCREEN_PARTS.settings);

/** The screen of the address. */
export function Screens() {
  const [, navigate] = useLocation();
  const savedCode = savedCodeOf(useHistoryState());
  useEffect(() => void whenIdle().then(fetchRemainingScreens), []);
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
