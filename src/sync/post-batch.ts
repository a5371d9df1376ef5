import {
  NDJSON_MEDIA_TYPE,
  PROBLEM_MEDIA_TYPE,
  PROTOCOL_HEADER,
  PROTOCOL_VERSION,
  RECEIPTS_MEDIA_TYPE,
  RECORDS_PATH,
  rejectedUploadSchema,
  type UploadReceipt,
  uploadResponseSchema,
} from '#domain/protocol/protocol.ts';
import { retryAfterMs } from './backoff.ts';
import { encodeBatch } from './encode-batch.ts';

/** What came back. Only `answered` says anything about records; everything else is "not delivered". */
export type PostResult =
  | { readonly kind: 'answered'; readonly receipts: readonly UploadReceipt[] }
  /** `isCertain` is false when something on the way may have said so: a proxy or a captive portal, not the endpoint. */
  | { readonly kind: 'unauthorised'; readonly isCertain: boolean }
  | { readonly kind: 'too-large' }
  /** `retryAfterMs` as the endpoint asked for, clamped; absent when it did not. */
  | { readonly kind: 'busy'; readonly retryAfterMs?: number }
  /** The endpoint failed on, or refused, this very batch. */
  | { readonly kind: 'server-error'; readonly status: number }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'not-the-endpoint' };

export interface Transport {
  readonly fetch: typeof fetch;
  readonly timeoutSignal: (timeoutMs: number) => AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Half a megabyte over a poor mobile link; after that the answer is not coming. */
const TIMEOUT_MS = 45_000;

/** Sends lines of NDJSON and reads the answer. Never rejects for anything a network or a server can do. */
export async function postBatch(
  transport: Transport,
  credentials: { readonly endpoint: string; readonly token: string },
  lines: readonly string[],
): Promise<PostResult> {
  const { body, digest } = await encodeBatch(lines);
  let response: Response;
  let text: string;
  try {
    response = await transport.fetch(`${credentials.endpoint}${RECORDS_PATH}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${credentials.token}`,
        'Content-Type': NDJSON_MEDIA_TYPE,
        'Content-Encoding': 'gzip',
        'Content-Digest': digest,
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      },
      body,
      // A redirect is a captive portal or a mistake; following it would send patients' data to strangers.
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: transport.timeoutSignal(TIMEOUT_MS),
    });
    text = await response.text();
  } catch {
    // No network, redirect, timeout, connection lost half way: whether it was stored is not known, so it is sent again.
    return { kind: 'unreachable' };
  }
  return readAnswer(response, text, digest, transport.now());
}

function readAnswer(response: Response, text: string, digest: string, nowMs: number): PostResult {
  const { status } = response;
  const mediaType = (response.headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (status === 200 && mediaType === RECEIPTS_MEDIA_TYPE) {
    const answer = uploadResponseSchema.safeParse(parseJson(text));
    if (answer.success && answer.data.digest === digest) return { kind: 'answered', receipts: answer.data.receipts };
    return { kind: 'not-the-endpoint' };
  }
  if (status === 422 && mediaType === PROBLEM_MEDIA_TYPE) {
    const answer = rejectedUploadSchema.safeParse(parseJson(text));
    // A refusal cannot acknowledge anything: only its bad news is read.
    if (answer.success && answer.data.digest === digest)
      return { kind: 'answered', receipts: answer.data.receipts.filter(isRefusal) };
  }
  if (status === 401 || status === 403) return { kind: 'unauthorised', isCertain: mediaType === PROBLEM_MEDIA_TYPE };
  if (status === 413) return { kind: 'too-large' };
  if (status === 429 || status === 503) {
    const wanted = retryAfterMs(response.headers.get('Retry-After'), nowMs);
    return { kind: 'busy', ...(wanted !== undefined && { retryAfterMs: wanted }) };
  }
  if (status >= 500 || mediaType === PROBLEM_MEDIA_TYPE) return { kind: 'server-error', status };
  return { kind: 'not-the-endpoint' };
}

function isRefusal(receipt: UploadReceipt): boolean {
  return receipt.status === 'conflict' || receipt.status === 'invalid';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A web page where JSON was expected: the schema refuses `undefined`.
    return undefined;
  }
}
