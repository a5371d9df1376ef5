import { z } from 'zod';
import { CATEGORIES } from '#domain/categories.ts';
import { sha256Hex } from './hash.ts';
import type { Predictions } from './metrics.ts';
import type { Visit } from './visits.ts';

/**
 * What a release answered on the test rows, kept with it in the registry: a later network can be compared with it row
 * by row even when the encoder it was made for is gone. A line of JSON, then for each view uint16 probabilities in the
 * order of the rows. No visit is in it: without the table nobody knows which row is which.
 */
const headerSchema = z.strictObject({
  rowsSha256: z.string().regex(/^[0-9a-f]{64}$/),
  rows: z.int().positive(),
  views: z.array(z.string()).min(1),
});

const STEPS = 65535;
const NEWLINE = 10;

export interface StoredPredictions {
  /** {@link rowsSha256} of the visits the rows belong to. */
  readonly rowsSha256: string;
  /** Probabilities by view, to within a hundred-thousandth. */
  readonly views: Readonly<Record<string, Float32Array>>;
}

/** Names a set of visits by ids and labels, in their order. */
export function rowsSha256(visits: readonly Pick<Visit, 'id' | 'label'>[]): string {
  return sha256Hex(visits.map(({ id, label }) => `${id}\t${label}\n`).join(''));
}

/** The file's bytes. */
export function packPredictions(sha256: string, views: Readonly<Record<string, Predictions>>): Uint8Array {
  const rows = Object.values(views)[0]?.labels.length ?? 0;
  const header = JSON.stringify(headerSchema.parse({ rowsSha256: sha256, rows, views: Object.keys(views) }));
  const head = new TextEncoder().encode(`${header}\n`);
  const bytes = new Uint8Array(head.length + Object.keys(views).length * rows * CATEGORIES.length * 2);
  bytes.set(head);
  const view = new DataView(bytes.buffer);
  let offset = head.length;
  for (const { probabilities } of Object.values(views))
    for (let i = 0; i < rows * CATEGORIES.length; i += 1) {
      view.setUint16(offset, Math.round((probabilities[i] ?? 0) * STEPS), true);
      offset += 2;
    }
  return bytes;
}

/** @throws when the bytes are not such a file */
export function unpackPredictions(bytes: Uint8Array): StoredPredictions {
  const end = bytes.indexOf(NEWLINE);
  const header = headerSchema.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))));
  const size = header.rows * CATEGORIES.length;
  if (bytes.length !== end + 1 + header.views.length * size * 2)
    throw new Error('stored predictions of another length');
  const view = new DataView(bytes.buffer, bytes.byteOffset + end + 1);
  const views = header.views.map((name, v) => {
    const values = Float32Array.from({ length: size }, (_, i) => view.getUint16((v * size + i) * 2, true) / STEPS);
    return [name, values] as const;
  });
  return { rowsSha256: header.rowsSha256, views: Object.fromEntries(views) };
}
