import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestSchema } from '#domain/model/manifest.ts';
import { isCompatible, loadNetwork, type Network } from '#inference/predict.ts';
import { BadBundleError } from './bundle.ts';
import { sha256Hex } from './hash.ts';

/**
 * Opens the network of an earlier release to be compared with.
 * @throws BadBundleError when today's encoder cannot feed it, or its weights are not its own
 */
export function openEarlier(folder: string): Network {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  if (!isCompatible(manifest)) throw new BadBundleError(`${folder}: made for another feature encoder`);
  const bytes = readFileSync(join(folder, manifest.weights.file));
  const expected = manifest.files.find(({ path }) => path === manifest.weights.file)?.sha256;
  if (sha256Hex(bytes) !== expected) throw new BadBundleError(`${folder}: other weights than the manifest's`);
  return loadNetwork(manifest, new Uint8Array(bytes).buffer);
}
