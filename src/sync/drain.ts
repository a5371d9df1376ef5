import { MAX_BATCH_BYTES, MAX_RECORD_BYTES } from '#domain/protocol/protocol.ts';
import type { Outbox, OutboxLine } from '#storage/outbox.ts';
import { type BatchPlan, matchReceipts } from './batch.ts';
import { type PostResult, postBatch, type Transport } from './post-batch.ts';

/** Why a drain ended. `no-verdict`: the endpoint answered, but keeps saying nothing about some records. */
export type DrainOutcome =
  | { readonly kind: 'drained' | 'stopped' | 'no-verdict' }
  | Exclude<PostResult, { kind: 'answered' | 'too-large' }>;

export interface DrainPorts extends Transport {
  readonly outbox: Outbox;
  /** Called after the outbox changed. */
  readonly notify: () => void;
  readonly isStopped: () => boolean;
  /** Called after each batch that delivered something, with the time of it. */
  readonly onDelivered: (at: string) => void;
}

/** Sends batch after batch until the queue is empty or something asks for a pause. */
export async function drain(
  ports: DrainPorts,
  credentials: { readonly endpoint: string; readonly token: string },
  plan: BatchPlan,
): Promise<DrainOutcome> {
  let hasSent = false;
  for (;;) {
    if (ports.isStopped()) return { kind: 'stopped' };
    const batch = await ports.outbox.nextBatch(plan.maxLines(), MAX_BATCH_BYTES, plan.aside);
    const lines = await setUnsendableAside(ports, batch);
    if (lines.length === 0) {
      if (batch.damaged.length > 0 || batch.lines.length > 0) continue;
      if (plan.aside.size === 0) return { kind: 'drained' };
      // Those set aside by an attempt before this one are what this one is for.
      if (plan.takeUpAside() || !hasSent) continue;
      return { kind: 'no-verdict' };
    }
    hasSent = true;
    const result = await postBatch(
      ports,
      credentials,
      lines.map(({ line }) => line),
    );
    if (result.kind === 'answered') await applyVerdicts(ports, plan, lines, result.receipts);
    else if (result.kind === 'too-large') await shrink(ports, plan, lines);
    else {
      if (result.kind === 'server-error') plan.failed(lines);
      if (result.kind === 'unreachable') plan.unreached(lines);
      await noteFailure(ports, lines, failureText(result));
      return result;
    }
  }
}

function isoTime(ports: Transport): string {
  return new Date(ports.now()).toISOString();
}

function failureText(result: Exclude<PostResult, { kind: 'answered' }>): string {
  return result.kind === 'server-error' ? `server-error ${result.status}` : result.kind;
}

async function noteFailure(ports: DrainPorts, lines: readonly OutboxLine[], error: string): Promise<void> {
  await ports.outbox.noteFailure(
    lines.map(({ id }) => id),
    error,
  );
  ports.notify();
}

/** Damaged records and those no endpoint would take leave the queue for a person to look at. */
async function setUnsendableAside(
  ports: DrainPorts,
  batch: { readonly lines: readonly OutboxLine[]; readonly damaged: readonly string[] },
): Promise<readonly OutboxLine[]> {
  const tooLarge = batch.lines.filter(({ bytes }) => bytes > MAX_RECORD_BYTES);
  for (const id of batch.damaged)
    await ports.outbox.quarantine(id, 'invalid', 'damaged on this device', isoTime(ports));
  for (const { id, bytes } of tooLarge)
    await ports.outbox.quarantine(id, 'too-large', `${bytes} bytes, at most ${MAX_RECORD_BYTES}`, isoTime(ports));
  if (batch.damaged.length + tooLarge.length > 0) ports.notify();
  return batch.lines.filter((line) => !tooLarge.includes(line));
}

async function applyVerdicts(
  ports: DrainPorts,
  plan: BatchPlan,
  lines: readonly OutboxLine[],
  receipts: Extract<PostResult, { kind: 'answered' }>['receipts'],
): Promise<void> {
  const { delivered, refused, unanswered } = matchReceipts(lines, receipts);
  const at = isoTime(ports);
  if (delivered.length > 0) {
    await ports.outbox.markDelivered(
      delivered.map(({ line, status }) => ({ id: line.id, hash: line.hash, status, receivedAt: at })),
    );
    ports.onDelivered(at);
  }
  for (const { line, reason, detail } of refused) await ports.outbox.quarantine(line.id, reason, detail, at);
  const withoutVerdict = unanswered.map(({ id }) => id);
  if (withoutVerdict.length > 0) await ports.outbox.noteFailure(withoutVerdict, 'no-receipt');
  plan.answered(delivered.length + refused.length, withoutVerdict);
  ports.notify();
}

/** The endpoint's limit, or that of a proxy before it, is lower than the protocol's. */
async function shrink(ports: DrainPorts, plan: BatchPlan, lines: readonly OutboxLine[]): Promise<void> {
  const [only] = lines;
  if (only && lines.length === 1) {
    await ports.outbox.quarantine(only.id, 'too-large', 'the endpoint refused its size', isoTime(ports));
    ports.notify();
  } else plan.failed(lines);
}
