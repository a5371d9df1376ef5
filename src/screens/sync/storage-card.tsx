import { IconDatabaseOff, IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

import { m } from '#i18n/generated/messages.js';
import { Card } from '#ui/card.tsx';
import { Notice } from '#ui/notice.tsx';
import { Tag } from '#ui/tag.tsx';
import type { StorageInfo } from '#workflows/ports.ts';
import { useServices } from '../services.tsx';
import { bytesText } from './bytes-text.ts';
import styles from './sync-screen.module.css';

/** Below this much room the card warns: about a month of records at a busy clinic. */
const LOW_BYTES = 50_000_000;

type StorageReading = Awaited<ReturnType<StorageInfo['read']>>;

/** How much room the browser gives, and whether it promised to keep the data. */
export function StorageCard() {
  const reading = useStorageReading();
  if (!reading) return null;
  const freeBytes = Math.max(0, reading.quotaBytes - reading.usedBytes);
  const used = bytesText(reading.usedBytes);
  const name = m.sync_storage_meter({ used, total: bytesText(reading.quotaBytes) });
  return (
    <Card title={m.sync_storage()} aside={<Protection isPersistent={reading.isPersistent} />}>
      <div className={styles['meter']} role="img" aria-label={name}>
        <div style={{ width: `${usedPercent(reading)}%` }} />
      </div>
      <div className={styles['row']}>
        <span>{m.sync_storage_used({ size: used })}</span>
        <span className="v-muted">{m.sync_storage_free({ size: bytesText(freeBytes) })}</span>
      </div>
      {freeBytes < LOW_BYTES && (
        <Notice
          tone="danger"
          icon={<IconDatabaseOff size={22} />}
          title={m.sync_storage_low({ size: bytesText(freeBytes) })}
        />
      )}
      <p className="v-small v-muted" style={{ marginTop: 'var(--v-s2)' }}>
        {reading.isPersistent ? m.sync_storage_protected_help() : m.sync_storage_unprotected_help()}
      </p>
    </Card>
  );
}

function Protection({ isPersistent }: { readonly isPersistent: boolean }) {
  const Icon = isPersistent ? IconShieldCheck : IconShieldOff;
  return (
    <Tag tone={isPersistent ? 'ok' : 'warn'} icon={<Icon size={18} />}>
      {isPersistent ? m.sync_storage_protected() : m.sync_storage_unprotected()}
    </Tag>
  );
}

function usedPercent({ usedBytes, quotaBytes }: StorageReading): number {
  return quotaBytes > 0 ? Math.min(100, (usedBytes / quotaBytes) * 100) : 0;
}

function useStorageReading(): StorageReading | undefined {
  const { storageInfo } = useServices();
  const [reading, setReading] = useState<StorageReading>();
  useEffect(() => {
    let isMounted = true;
    void storageInfo.read().then((next) => {
      if (isMounted) setReading(next);
    });
    return () => {
      isMounted = false;
    };
  }, [storageInfo]);
  return reading;
}
