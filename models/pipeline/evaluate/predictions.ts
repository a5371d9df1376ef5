import { CATEGORIES } from '#domain/categories.ts';
import { encode } from '#domain/features/encode.ts';
import { FEATURE_NAMES } from '#domain/features/feature-spec.ts';
import type { Network } from '#inference/predict.ts';
import type { Predictions } from '../lib/metrics.ts';
import { show, type View, type Visit } from '../lib/visits.ts';

const CHUNK_ROWS = 512;

/** What the network answers for each visit when it sees no more than `view` shows. */
export function predictVisits(network: Network, visits: readonly Visit[], view: View): Predictions {
  const probabilities = new Float32Array(visits.length * CATEGORIES.length);
  for (let start = 0; start < visits.length; start += CHUNK_ROWS) {
    const chunk = visits.slice(start, start + CHUNK_ROWS);
    const vectors = new Float32Array(chunk.length * FEATURE_NAMES.length);
    for (const [i, visit] of chunk.entries()) vectors.set(encode(show(visit, view)), i * FEATURE_NAMES.length);
    probabilities.set(network.predict(vectors, chunk.length), start * CATEGORIES.length);
  }
  return { probabilities, labels: Uint8Array.from(visits, ({ label }) => CATEGORIES.indexOf(label)) };
}
