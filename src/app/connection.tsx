import { IconCloudCheck, IconCloudOff, IconCloudUp, IconLinkOff } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { m } from '#i18n/generated/messages.js';
import { ROUTES } from '#screens/routes.ts';
import { useServices, useStore } from '#screens/services.tsx';
import { useRecords } from '#screens/use-records.ts';
import { ConnectionPill } from '#ui/connection-pill.tsx';
import type { RecordStore, SyncState } from '#workflows/ports.ts';

const look = { size: 20, stroke: 1.9 };

/** Whether there is a network and how much waits for it; opens Sincronización. */
export function Connection() {
  const { synchroniser } = useServices();
  const sync = useStore(synchroniser, synchroniser.state);
  const isOnline = useOnline();
  const counts = useRecords(readCounts);
  const { text, icon, isOffline } = stateOf(sync, isOnline);
  return (
    <ConnectionPill
      href={ROUTES.sync}
      icon={icon}
      isOffline={isOffline}
      state={text}
      queue={queueText(counts?.queued ?? 0, counts?.quarantined ?? 0)}
    />
  );
}

const readCounts = (records: RecordStore) => records.counts();

function stateOf(sync: SyncState, isOnline: boolean) {
  if (!isOnline || (sync.status === 'paused' && sync.pause.kind === 'offline'))
    return { text: m.connection_offline(), icon: <IconCloudOff {...look} />, isOffline: true };
  if (sync.status === 'syncing')
    return { text: m.connection_syncing(), icon: <IconCloudUp {...look} />, isOffline: false };
  if (sync.status === 'idle')
    return { text: m.connection_online(), icon: <IconCloudCheck {...look} />, isOffline: false };
  if (sync.pause.kind === 'not-enrolled')
    return { text: m.connection_not_enrolled(), icon: <IconLinkOff {...look} />, isOffline: true };
  return { text: m.connection_waiting(), icon: <IconCloudOff {...look} />, isOffline: true };
}

function queueText(queued: number, quarantined: number): string {
  if (quarantined > 0) return m.connection_attention({ count: quarantined });
  return queued > 0 ? m.connection_queued({ count: queued }) : m.connection_none_queued();
}

function useOnline(): boolean {
  return useSyncExternalStore(subscribeOnline, () => navigator.onLine);
}

function subscribeOnline(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
