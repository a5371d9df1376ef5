import { z } from 'zod';

/**
 * The upload protocol, both sides.
 *
 *   POST {endpoint}/v1/records   gzip NDJSON, one record envelope per line, Content-Digest over the bytes as sent
 *   → 200 receipts, one per line. Anything else is "not delivered": captive portals answer 200 too.
 *
 * History of PROTOCOL_VERSION:
 *   1  first.
 */
export const PROTOCOL_VERSION = 1;

export const RECORDS_PATH = '/v1/records';
export const HEALTH_PATH = '/v1/health';
export const SUMMARY_PATH = '/v1/summary';
export const ENROLMENT_PATH = '/v1/enrolment';

export const RECEIPTS_MEDIA_TYPE = 'application/vnd.vigia.receipts+json';
export const NDJSON_MEDIA_TYPE = 'application/x-ndjson';
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';
export const PROTOCOL_HEADER = 'X-Vigia-Protocol';

export const MAX_BATCH_LINES = 200;
/** Of the NDJSON before compression, and so also of one record. */
export const MAX_BATCH_BYTES = 512 * 1024;
export const MAX_RECORD_BYTES = 64 * 1024;

const digestSchema = z.string().regex(/^sha-256=:[A-Za-z0-9+/]{43}=:$/);
const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** `id` and `hash` are empty strings when the line was so broken that they could not be read. */
export const uploadReceiptSchema = z.object({
  id: z.string(),
  hash: z.string(),
  status: z.enum(['stored', 'duplicate', 'conflict', 'invalid']),
  detail: z.string().optional(),
});
export type UploadReceipt = z.infer<typeof uploadReceiptSchema>;

export const uploadResponseSchema = z.object({
  protocol: z.literal(PROTOCOL_VERSION),
  /** The request's Content-Digest, echoed: proof that the endpoint read these very bytes. */
  digest: digestSchema,
  receipts: z.array(uploadReceiptSchema),
});
export type UploadResponse = z.infer<typeof uploadResponseSchema>;

export const healthResponseSchema = z.object({
  status: z.literal('ok'),
  protocol: z.literal(PROTOCOL_VERSION),
  time: z.iso.datetime({ offset: true }),
});
export type HealthResponse = z.infer<typeof healthResponseSchema>;

/** GET {endpoint}/v1/records/{id} */
export const storedReceiptSchema = z.object({
  protocol: z.literal(PROTOCOL_VERSION),
  id: z.string(),
  hash: hashSchema,
  receivedAt: z.iso.datetime({ offset: true }),
});
export type StoredReceipt = z.infer<typeof storedReceiptSchema>;

/** GET {endpoint}/v1/summary: the devices the token may see (a device token: its own). */
export const summaryResponseSchema = z.object({
  protocol: z.literal(PROTOCOL_VERSION),
  /** The site the token was made for. */
  siteId: z.string().optional(),
  devices: z.array(
    z.object({
      deviceId: z.string(),
      records: z.int().min(0),
      lastReceivedAt: z.iso.datetime({ offset: true }).nullable(),
    }),
  ),
});
export type SummaryResponse = z.infer<typeof summaryResponseSchema>;

/** POST {endpoint}/v1/enrolment: answered to the local browser only, on loopback. */
export const enrolmentRequestSchema = z.strictObject({ deviceId: z.uuid() });
export const enrolmentResponseSchema = z.object({
  protocol: z.literal(PROTOCOL_VERSION),
  siteId: z.string(),
  token: z.string().min(20),
});
export type EnrolmentResponse = z.infer<typeof enrolmentResponseSchema>;

/** RFC 9457. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
});

/**
 * POST /v1/records answered with 422: not one line was acceptable and nothing was stored. The verdicts count like those
 * of a 200, because the digest proves that the endpoint read these very bytes.
 */
export const rejectedUploadSchema = problemSchema.extend(uploadResponseSchema.shape);
export type Problem = z.infer<typeof problemSchema>;
