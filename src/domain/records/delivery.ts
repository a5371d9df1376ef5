import { z } from 'zod';

/**
 * Where a record is on its way: `queued → delivered` or `queued → quarantined` (can be retried). There is no "sending"
 * state: a record being sent is a queued one, so a crash leaves nothing in between.
 */
const isoDateTime = z.iso.datetime({ offset: true });

export const receiptSchema = z.strictObject({
  id: z.uuid(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  status: z.enum(['stored', 'duplicate']),
  receivedAt: isoDateTime,
});
export type Receipt = z.infer<typeof receiptSchema>;

export const deliverySchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('queued'), attempts: z.int().min(0), lastError: z.string().optional() }),
  z.strictObject({ state: z.literal('delivered'), receipt: receiptSchema }),
  z.strictObject({
    state: z.literal('quarantined'),
    /** `conflict`: the endpoint holds another record under this id. `invalid`: it refused the content. */
    reason: z.enum(['conflict', 'invalid', 'too-large']),
    detail: z.string(),
    quarantinedAt: isoDateTime,
  }),
]);
export type Delivery = z.infer<typeof deliverySchema>;

/** Short receipt number shown beside "Entregado": the first four hex digits of the record's hash. */
export function shortReceipt(hash: string): string {
  return hash.slice(0, 4).toUpperCase();
}
