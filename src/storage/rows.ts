import { z } from 'zod';
import { deliverySchema, type Delivery } from '#domain/records/delivery.ts';
import { isIntact } from '#domain/records/hash.ts';
import { recordSchema, type VigiaRecord } from '#domain/records/record.ts';

/** Row of the outbox. `seq` counts the device's records from 1: the order they were saved in, whatever the clock said. */
export const outboxRowSchema = z.strictObject({
  id: z.string(),
  seq: z.int().positive(),
  delivery: deliverySchema,
});
export type OutboxRow = z.infer<typeof outboxRowSchema>;

/** End of the device's chain of records. */
export const chainHeadSchema = z.strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/) });
export type ChainHead = z.infer<typeof chainHeadSchema>;

export const FRESH_DELIVERY: Delivery = { state: 'queued', attempts: 0 };

/** The record of a row, or `undefined` when it no longer parses or its hash is not that of its content. */
export function readRecordRow(row: unknown): VigiaRecord | undefined {
  const parsed = recordSchema.safeParse(row);
  return parsed.success && isIntact(parsed.data) ? parsed.data : undefined;
}

/** The row of the outbox, or `undefined` when there is none or it no longer parses. */
export function readOutboxRow(row: unknown): OutboxRow | undefined {
  const parsed = outboxRowSchema.safeParse(row);
  return parsed.success ? parsed.data : undefined;
}

/** The key of a row that may be damaged; every store with rows like these has `id` as its key path. */
export function idOfRow(row: unknown): string {
  return typeof row === 'object' && row !== null && 'id' in row ? String(row.id) : '';
}

const damagedRowSchema = z.object({ seq: z.int() });

/** Sequence of a record found damaged; 0 when nobody knows it. */
export function seqOfDamaged(row: unknown): number {
  return damagedRowSchema.safeParse(row).data?.seq ?? 0;
}

/** A missing or damaged outbox row counts as queued: sending twice is harmless, not sending is not. */
export function deliveryOf(outboxRow: unknown): Delivery {
  return readOutboxRow(outboxRow)?.delivery ?? FRESH_DELIVERY;
}
