import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import type { RecordContent, VigiaRecord } from './record.ts';

/** sha256 over RFC 8785 canonical JSON, hex. Synchronous, so it can run inside an IndexedDB transaction. */
export function canonicalHash(value: unknown): string {
  const json = canonicalize(value);
  if (json === undefined) throw new TypeError('value has no canonical JSON');
  return bytesToHex(sha256(utf8ToBytes(json)));
}

/** Links a record to the device's previous one and seals it. */
export function sealRecord(content: RecordContent, prevHash: string | null): VigiaRecord {
  const linked = { ...content, prevHash };
  return { ...linked, hash: canonicalHash(linked) };
}

/** True when the record's hash is the one of its content. Text with half a character has no hash: not intact. */
export function isIntact(record: VigiaRecord): boolean {
  const { hash, ...rest } = record;
  try {
    return canonicalHash(rest) === hash;
  } catch {
    // The only content that passes the schema and cannot be hashed; a server must answer it, not fail on it.
    return false;
  }
}
