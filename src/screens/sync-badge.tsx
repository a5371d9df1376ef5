import { IconAlertCircle, IconCircleCheck, IconCloudUp } from '@tabler/icons-react';
import { type Delivery, shortReceipt } from '#domain/records/delivery.ts';
import { m } from '#i18n/generated/messages.js';
import { Tag } from '#ui/tag.tsx';

interface SyncBadgeProps {
  readonly delivery: Delivery;
  /** Says which record is meant, where one row stands for two. */
  readonly prefix?: string;
}

/** Where one record is: on the tablet, received, or in need of attention. Always an icon and a word. */
export function SyncBadge({ delivery, prefix }: SyncBadgeProps) {
  const { tone, Icon, text } = looks(delivery);
  return (
    <Tag tone={tone} icon={<Icon size={18} />}>
      {prefix === undefined ? text : `${prefix} ${text}`}
    </Tag>
  );
}

function looks(delivery: Delivery) {
  if (delivery.state === 'queued') return { tone: 'neutral' as const, Icon: IconCloudUp, text: m.sync_badge_queued() };
  if (delivery.state === 'quarantined')
    return { tone: 'danger' as const, Icon: IconAlertCircle, text: m.sync_badge_attention() };
  const receipt = shortReceipt(delivery.receipt.hash);
  return { tone: 'ok' as const, Icon: IconCircleCheck, text: m.sync_badge_delivered({ receipt }) };
}
