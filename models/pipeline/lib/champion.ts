import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FEATURE_NAMES } from '#domain/features/feature-spec.ts';
import { manifestSchema } from '#domain/model/manifest.ts';
import { loadNetwork, type Network } from '#inference/predict.ts';
import { sha256Hex } from './hash.ts';

const { featuresVersion, inputs, normalisation, architecture, weights, temperature, files } = manifestSchema.shape;
/** What every version of the manifest has in common, and all that an answer depends on. */
const networkSchema = z.object({
  ...{ featuresVersion, inputs, normalisation, architecture, weights, temperature, files },
});

/**
 * Opens the network of an earlier release to be compared with. It is fed by today's encoder, of whose inputs it takes
 * those it was made with, by name: true as long as later encoders only add inputs.
 * @throws when it was made with an input today's encoder no longer has, or its weights are not its own
 */
export function openEarlier(folder: string): Network {
  const manifest = networkSchema.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  const columns = manifest.inputs.map((name) => FEATURE_NAMES.indexOf(name));
  if (columns.includes(-1)) throw new Error(`${folder}: made with inputs that no longer exist`);
  const bytes = readFileSync(join(folder, manifest.weights.file));
  const expected = manifest.files.find(({ path }) => path === manifest.weights.file)?.sha256;
  if (sha256Hex(bytes) !== expected) throw new Error(`${folder}: other weights than the manifest's`);
  const network = loadNetwork(manifest, new Uint8Array(bytes).buffer);
  return {
    predict: (vectors, rows) => network.predict(narrowed(vectors, rows, columns), rows),
    dispose: network.dispose,
  };
}

function narrowed(vectors: Float32Array, rows: number, columns: readonly number[]): Float32Array {
  const out = new Float32Array(rows * columns.length);
  for (let row = 0; row < rows; row += 1)
    for (const [i, column] of columns.entries())
      out[row * columns.length + i] = vectors[row * FEATURE_NAMES.length + column] ?? 0;
  return out;
}
