import { MAX_BATCH_LINES, type UploadReceipt } from '#domain/protocol/protocol.ts';
import type { OutboxLine } from '#storage/outbox.ts';

/** How much is sent at once, learnt from the endpoint's answers, and what is passed over for the moment. */
export interface BatchPlan {
  readonly maxLines: () => number;
  /** Records without a verdict: the others go first, so that one bad record never blocks the rest. */
  readonly aside: ReadonlySet<string>;
  /** A batch was answered: grow again. `unanswered` are its records without a verdict. */
  answered(progress: number, unanswered: readonly string[]): void;
  /** A batch did not get through: a link too slow for so many may carry fewer before its time is up. */
  unreached(lines: readonly OutboxLine[]): void;
  /** A batch failed as a whole: find out which record it is by sending fewer. */
  failed(lines: readonly OutboxLine[]): void;
  /** Everything else is sent: true when those aside deserve another try now, because something got through. */
  takeUpAside(): boolean;
}

export function createBatchPlan(): BatchPlan {
  let maxLines = MAX_BATCH_LINES;
  let progressSinceTakeUp = 0;
  const aside = new Set<string>();
  return {
    maxLines: () => maxLines,
    aside,
    answered(progress, unanswered) {
      progressSinceTakeUp += progress;
      if (progress > 0) maxLines = Math.min(MAX_BATCH_LINES, maxLines * 2);
      for (const id of unanswered) aside.add(id);
    },
    unreached(lines) {
      maxLines = half(lines);
    },
    failed(lines) {
      maxLines = half(lines);
      const [only] = lines;
      if (only && lines.length === 1) aside.add(only.id);
    },
    takeUpAside() {
      const hadProgress = progressSinceTakeUp > 0 && aside.size > 0;
      progressSinceTakeUp = 0;
      aside.clear();
      return hadProgress;
    },
  };
}

function half(lines: readonly OutboxLine[]): number {
  return Math.max(1, Math.floor(lines.length / 2));
}

export interface Verdicts {
  readonly delivered: readonly { readonly line: OutboxLine; readonly status: 'stored' | 'duplicate' }[];
  readonly refused: readonly {
    readonly line: OutboxLine;
    readonly reason: 'conflict' | 'invalid';
    readonly detail: string;
  }[];
  /** No receipt with this id and hash came back. They stay in the queue. */
  readonly unanswered: readonly OutboxLine[];
}

/** Finds each line's verdict. Only a receipt with the line's id and hash counts. */
export function matchReceipts(lines: readonly OutboxLine[], receipts: readonly UploadReceipt[]): Verdicts {
  const byId = Map.groupBy(receipts, (receipt) => receipt.id);
  const delivered: Verdicts['delivered'][number][] = [];
  const refused: Verdicts['refused'][number][] = [];
  const unanswered: OutboxLine[] = [];
  for (const [position, line] of lines.entries()) {
    const matching = (byId.get(line.id) ?? []).filter((receipt) => receipt.hash === line.hash);
    const proof = matching.find((r) => r.status === 'stored' || r.status === 'duplicate');
    const refusal = matching.find((r) => r.status === 'conflict' || r.status === 'invalid');
    const unread = lines.length === receipts.length ? receipts[position] : undefined;
    if (proof && (proof.status === 'stored' || proof.status === 'duplicate'))
      delivered.push({ line, status: proof.status });
    else if (refusal && (refusal.status === 'conflict' || refusal.status === 'invalid'))
      refused.push({ line, reason: refusal.status, detail: refusal.detail ?? '' });
    else if (unread?.status === 'invalid' && unread.id === '')
      refused.push({ line, reason: 'invalid', detail: unread.detail ?? '' });
    else unanswered.push(line);
  }
  return { delivered, refused, unanswered };
}
