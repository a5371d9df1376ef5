import { IconChartDots3, IconRefresh, IconSettings, IconStethoscope, IconUsers } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { formatDay, formatTime } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';
import { ROUTES } from '#screens/routes.ts';
import { useServices, useStore } from '#screens/services.tsx';
import { useRecords } from '#screens/use-records.ts';
import { AppFrame, type NavItem } from '#ui/app-frame.tsx';
import type { RecordStore } from '#workflows/ports.ts';
import { Connection } from './connection.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Screens } from './screens.tsx';
import { UpdateNotice } from './update-notice.tsx';
import { useMinute } from './use-minute.ts';
import { UserLink } from './user-link.tsx';

/** Navigation, title and notices around the screen of the address. */
export function Shell() {
  const [path] = useLocation();
  const { settings, clock } = useServices();
  const { siteName } = useStore(settings, settings.get);
  const pending = useRecords(countPending) ?? 0;
  const title = titleOf(path);
  useMinute();
  useTitle(title, path);
  const now = clock.now();
  const today = m.app_today({ date: formatDay(now), time: formatTime(now) });
  return (
    <AppFrame
      nav={navItems(path, pending)}
      title={title}
      subtitle={[siteName, today].filter(Boolean).join(' · ')}
      tools={
        <>
          <Connection />
          <UserLink />
        </>
      }
      notices={<UpdateNotice />}
      skipLabel={path === ROUTES.triage ? m.app_skip_to_form() : m.app_skip_to_content()}
    >
      <ErrorBoundary key={path} onReload={() => location.reload()}>
        <Screens />
      </ErrorBoundary>
    </AppFrame>
  );
}

function navItems(path: string, pending: number): readonly NavItem[] {
  const item = (href: string, label: string, icon: ReactNode, isCurrent = path === href): NavItem => ({
    href,
    label,
    icon,
    isCurrent,
  });
  const look = { size: 26, stroke: 1.9 };
  const patients = item(ROUTES.patients, m.nav_patients(), <IconUsers {...look} />, path.startsWith(ROUTES.patients));
  const count = { value: pending, name: m.nav_patients_pending({ count: pending }) };
  return [
    item(ROUTES.triage, m.nav_triage(), <IconStethoscope {...look} />),
    { ...patients, ...(pending > 0 && { count }) },
    item(ROUTES.sync, m.nav_sync(), <IconRefresh {...look} />),
    item(ROUTES.model, m.nav_model(), <IconChartDots3 {...look} />),
    item(ROUTES.settings, m.nav_settings(), <IconSettings {...look} />),
  ];
}

function titleOf(path: string): string {
  switch (path) {
    case ROUTES.triage:
      return m.nav_triage();
    case ROUTES.patients:
      return m.nav_patients();
    case ROUTES.sync:
      return m.nav_sync();
    case ROUTES.model:
      return m.nav_model();
    case ROUTES.settings:
      return m.nav_settings();
    default:
      return path.startsWith(`${ROUTES.patients}/`) ? m.nav_validation() : m.app_name();
  }
}

const countPending = async (records: RecordStore): Promise<number> => (await records.worklistCounts()).pending;

/** Names the tab, and after a change of screen starts reading at its top. */
function useTitle(title: string, path: string): void {
  const lastPath = useRef(path);
  useEffect(() => {
    document.title = title === m.app_name() ? title : m.app_document_title({ page: title });
  }, [title]);
  useEffect(() => {
    if (lastPath.current === path) return;
    lastPath.current = path;
    document.getElementById('contenido')?.focus();
  }, [path]);
}
