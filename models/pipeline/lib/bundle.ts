import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { currentModelSchema, manifestSchema } from '#domain/model/manifest.ts';
import { isCompatible, type LoadedModel, loadModel, selfTest } from '#inference/predict.ts';
import { sha256Hex } from './hash.ts';

const identitySchema = z.looseObject({ name: z.string(), version: z.string() });

/** A bundle that must not be used, with the reason for people. */
export class BadBundleError extends Error {
  override readonly name = 'BadBundleError';
}

/**
 * Loads a bundle as the tablets do: hashes, encoder version and golden cases are checked before it answers anything.
 * @param folder a version's folder, or the folder that holds `current.json`
 * @throws BadBundleError
 */
export function openBundle(folder: string): LoadedModel {
  const { pointer, current, home, manifestPath } = locate(folder);
  const manifest = manifestSchema.safeParse(parseFile(manifestPath));
  if (!manifest.success) throw new BadBundleError(`${manifestPath} is not a manifest this version reads`);
  if (current && sha256Hex(readFileSync(manifestPath)) !== current.manifestSha256)
    throw new BadBundleError(`${manifestPath} is not the one ${pointer} names`);
  if (!isCompatible(manifest.data)) throw new BadBundleError('the model was made for another feature encoder');
  for (const { path, sha256 } of manifest.data.files)
    if (sha256Hex(readFileSync(join(home, path))) !== sha256) throw new BadBundleError(`${path} has another hash`);
  const bytes = readFileSync(join(home, manifest.data.weights.file));
  const model = loadModel(manifest.data, new Uint8Array(bytes).buffer);
  if (selfTest(model).status === 'failed') throw new BadBundleError('the self-test failed');
  return model;
}

/** Which model a folder holds, without loading it. @throws BadBundleError */
export function bundleIdentity(folder: string): {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
} {
  const { manifestPath } = locate(folder);
  const { name, version } = identitySchema.parse(parseFile(manifestPath));
  return { name, version, sha256: sha256Hex(readFileSync(manifestPath)) };
}

/** Where the weights of an opened bundle lie. */
export function weightsPath(folder: string, { weights }: LoadedModel['manifest']): string {
  return join(locate(folder).home, weights.file);
}

function locate(folder: string) {
  const pointer = join(folder, 'current.json');
  const current = existsSync(pointer) ? currentModelSchema.parse(parseFile(pointer)) : undefined;
  const home = current ? join(folder, current.version) : folder;
  return { pointer, current, home, manifestPath: join(home, 'manifest.json') };
}

function parseFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new BadBundleError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
