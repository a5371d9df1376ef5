import type { z } from 'zod';
import { MAX_RECORD_BYTES } from '#domain/protocol/protocol.ts';
import { isIntact } from '#domain/records/hash.ts';
import { recordSchema, type VigiaRecord } from '#domain/records/record.ts';

export type LineReading =
  | { readonly status: 'valid'; readonly record: VigiaRecord }
  /** `isJson` is false when the line could not even be parsed. `id` and `hash` as far as they can be read. */
  | {
      readonly status: 'invalid';
      readonly id: string;
      readonly hash: string;
      readonly detail: string;
      readonly isJson: boolean;
    };

/** A record is four levels deep; this leaves room and spares every recursive reader. */
const MAX_DEPTH = 24;
const MAX_DETAIL = 300;

/** Reads one line of an upload. Details name fields and rules, never values. */
export function readLine(line: string): LineReading {
  const unread = (detail: string): LineReading => ({ status: 'invalid', id: '', hash: '', detail, isJson: false });
  if (Buffer.byteLength(line) > MAX_RECORD_BYTES) return unread(`longer than ${MAX_RECORD_BYTES} bytes`);
  if (jsonDepth(line) > MAX_DEPTH) return unread(`nested deeper than ${MAX_DEPTH}`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return unread('not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return unread('not a JSON object');
  const parsed = recordSchema.safeParse(value);
  if (parsed.success && isIntact(parsed.data)) return { status: 'valid', record: parsed.data };
  return {
    status: 'invalid',
    id: shortText(value, 'id'),
    hash: shortText(value, 'hash'),
    detail: parsed.success ? 'hash: not that of the content' : describe(parsed.error),
    isJson: true,
  };
}

/** Deepest nesting of brackets outside strings, without parsing. */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (isInString) {
      if (char === '\\') i += 1;
      else if (char === '"') isInString = false;
    } else if (char === '"') isInString = true;
    else if (char === '{' || char === '[') deepest = Math.max(deepest, (depth += 1));
    else if (char === '}' || char === ']') depth -= 1;
  }
  return deepest;
}

function shortText(value: object, key: 'id' | 'hash'): string {
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' && found.length <= 64 ? found : '';
}

function describe(error: z.ZodError): string {
  return error.issues
    .map((issue) => `${issue.path.map(String).join('.') || 'record'}: ${issue.message}`)
    .join('; ')
    .slice(0, MAX_DETAIL);
}
