import { sha256 } from '@noble/hashes/sha2.js';

export interface EncodedBatch {
  readonly body: Uint8Array<ArrayBuffer>;
  /** Content-Digest (RFC 9530) over the bytes as sent. */
  readonly digest: string;
}

/** Gzips lines as NDJSON. Not `crypto.subtle`: it does not exist on plain http in a clinic's own network. */
export async function encodeBatch(lines: readonly string[]): Promise<EncodedBatch> {
  const text = new Blob([lines.map((line) => `${line}\n`).join('')]);
  const zipped = new Response(text.stream().pipeThrough(new CompressionStream('gzip')));
  const body = new Uint8Array(await zipped.arrayBuffer());
  return { body, digest: `sha-256=:${btoa(String.fromCharCode(...sha256(body)))}:` };
}
