import type { DeliveryCounts } from '#workflows/ports.ts';

export interface Reconciliation extends DeliveryCounts {
  /** Every saved record is received, queued or quarantined. */
  readonly agrees: boolean;
}

/** The sum that shows nothing was lost on the way. */
export function reconcile(counts: DeliveryCounts): Reconciliation {
  return { ...counts, agrees: counts.saved === counts.delivered + counts.queued + counts.quarantined };
}
