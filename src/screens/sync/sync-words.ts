import { m } from '#i18n/generated/messages.js';
import type { DeliveryCounts, SyncPause, SyncState } from '#workflows/ports.ts';

export type SyncTone = 'ok' | 'calm' | 'warn';

export interface SyncWords {
  readonly tone: SyncTone;
  readonly title: string;
  readonly help: string;
}

const PAUSES = {
  offline: { tone: 'calm', title: m.sync_state_offline, help: m.sync_state_offline_help },
  unreachable: { tone: 'warn', title: m.sync_state_unreachable, help: m.sync_state_unreachable_help },
  'server-error': { tone: 'warn', title: m.sync_state_server_error, help: m.sync_state_server_error_help },
  'not-the-endpoint': {
    tone: 'warn',
    title: m.sync_state_not_the_endpoint,
    help: m.sync_state_not_the_endpoint_help,
  },
  busy: { tone: 'calm', title: m.sync_state_busy, help: m.sync_state_busy_help },
  'not-enrolled': { tone: 'warn', title: m.sync_state_not_enrolled, help: m.sync_state_not_enrolled_help },
} as const satisfies Record<SyncPause['kind'], { tone: SyncTone; title: () => string; help: () => string }>;

/** The state of the delivery in words: what is safe, then what to do. */
export function syncWords(state: SyncState, counts: DeliveryCounts): SyncWords {
  if (state.status === 'paused') {
    const { tone, title, help } = PAUSES[state.pause.kind];
    return { tone, title: title(), help: help() };
  }
  if (state.status === 'syncing')
    return { tone: 'calm', title: m.sync_state_syncing(), help: m.sync_state_syncing_help() };
  if (counts.queued > 0) return { tone: 'calm', title: m.sync_state_waiting(), help: m.sync_state_waiting_help() };
  if (counts.quarantined > 0) return { tone: 'warn', title: m.sync_state_attention(), help: m.sync_quarantine_help() };
  if (counts.saved === 0) return { tone: 'calm', title: m.sync_state_empty(), help: m.sync_state_empty_help() };
  return { tone: 'ok', title: m.sync_state_delivered(), help: m.sync_state_delivered_help() };
}

/** When sending is tried again; `undefined` when it does not wait for a time. */
export function retryTime(state: SyncState): string | undefined {
  return state.status === 'paused' && 'retryAt' in state.pause ? state.pause.retryAt : undefined;
}
