import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import {
  MAX_BATCH_BYTES,
  MAX_BATCH_LINES,
  NDJSON_MEDIA_TYPE,
  PROTOCOL_HEADER,
  PROTOCOL_VERSION,
} from '#domain/protocol/protocol.ts';
import { RequestProblem } from './problem.ts';

/** A body that does not compress at all grows a little by gzip. */
const MAX_SENT_BYTES = MAX_BATCH_BYTES + 4096;

export interface Upload {
  readonly lines: readonly string[];
  /** The request's Content-Digest, verified. */
  readonly digest: string;
}

/** Reads and checks an upload as a whole. Throws {@link RequestProblem}: then not one line may be stored. */
export async function readUpload(request: Request): Promise<Upload> {
  if (request.headers.get(PROTOCOL_HEADER) !== String(PROTOCOL_VERSION))
    throw new RequestProblem(400, 'unsupported-protocol', `${PROTOCOL_HEADER} has to be ${PROTOCOL_VERSION}`);
  if (mediaType(request) !== NDJSON_MEDIA_TYPE)
    throw new RequestProblem(415, 'unsupported-media-type', `Content-Type has to be ${NDJSON_MEDIA_TYPE}`);
  const encoding = request.headers.get('Content-Encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity')
    throw new RequestProblem(415, 'unsupported-media-type', 'Content-Encoding has to be gzip or identity', {
      'Accept-Encoding': 'gzip, identity',
    });

  const sent = await readBody(request, MAX_SENT_BYTES);
  const digest = verifyDigest(request, sent);
  const plain = encoding === 'gzip' ? await inflate(sent) : sent;
  if (plain.length > MAX_BATCH_BYTES) throw tooLarge(`at most ${MAX_BATCH_BYTES} bytes of NDJSON`);
  return { lines: splitLines(plain), digest };
}

export function mediaType(request: Request): string {
  return (request.headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** Reads a body, giving up as soon as it is longer than allowed, whatever length it announced. */
export async function readBody(request: Request, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers.get('Content-Length') ?? 0) > maxBytes) throw tooLarge(`at most ${maxBytes} bytes`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(`at most ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(detail: string): RequestProblem {
  return new RequestProblem(413, 'too-large', detail);
}

function verifyDigest(request: Request, sent: Buffer): string {
  const digest = request.headers.get('Content-Digest')?.trim();
  const actual = `sha-256=:${createHash('sha256').update(sent).digest('base64')}:`;
  if (digest !== actual)
    throw new RequestProblem(400, 'bad-digest', 'Content-Digest is not the sha-256 of the body as received');
  return actual;
}

/** Inflates up to the limit and not a byte further: a bomb of a gigabyte costs no more than an ordinary upload. */
async function inflate(sent: Buffer): Promise<Buffer> {
  try {
    return await promisify(gunzip)(sent, { maxOutputLength: MAX_BATCH_BYTES });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(`at most ${MAX_BATCH_BYTES} bytes of NDJSON`);
    throw new RequestProblem(400, 'malformed', 'the body is not whole gzip');
  }
}

function splitLines(plain: Buffer): readonly string[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    throw new RequestProblem(400, 'malformed', 'the body is not UTF-8');
  }
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (lines.length === 0) throw new RequestProblem(400, 'malformed', 'the body has no lines');
  if (lines.length > MAX_BATCH_LINES) throw tooLarge(`at most ${MAX_BATCH_LINES} lines`);
  return lines;
}
