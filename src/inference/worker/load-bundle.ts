import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import {
  type CurrentModel,
  currentModelSchema,
  READABLE_MANIFESTS,
  type ModelManifest,
  manifestSchema,
} from '#domain/model/manifest.ts';
import type { ModelIdentity } from '#domain/records/record.ts';
import type { LoadFailure } from '../messages.ts';
import { isCompatible, type LoadedModel, loadModel, MalformedModelError, selfTest } from '../predict.ts';
import { isAtLeast } from './version.ts';

export interface BundleSource {
  readonly fetch: (url: string) => Promise<Response>;
  /** Address of the folder with `current.json`, with a slash at the end. */
  readonly baseUrl: string;
  readonly appVersion: string;
}

export type LoadedBundle =
  | { readonly status: 'ready'; readonly model: LoadedModel; readonly identity: ModelIdentity }
  | { readonly status: 'unavailable'; readonly reason: LoadFailure };

/** Ends loading with a reason the clinician can be told. */
class LoadError extends Error {
  override readonly name = 'LoadError';
  readonly reason: LoadFailure;
  constructor(reason: LoadFailure) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Fetches, checks and tries out the current model: every hash from `current.json` down to the weights, the versions it
 * asks for, then its golden cases on this very device. Never throws: a model that cannot be used is a reason.
 */
export async function loadBundle(source: BundleSource): Promise<LoadedBundle> {
  try {
    const current = readCurrent(await fetchBytes(source, 'current.json'));
    const manifestBytes = await fetchBytes(source, `${current.version}/manifest.json`);
    const manifest = readManifest(manifestBytes, current, source.appVersion);
    const weights = await fetchWeights(source, manifest);
    const model = loadModel(manifest, weights);
    if (selfTest(model).status === 'failed') {
      model.dispose();
      throw new LoadError('self-test-failed');
    }
    const identity = { name: manifest.name, version: manifest.version, sha256: current.manifestSha256 };
    return { status: 'ready', model, identity };
  } catch (error) {
    return { status: 'unavailable', reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): LoadFailure {
  if (error instanceof LoadError) return error.reason;
  return error instanceof MalformedModelError ? 'malformed' : 'failed';
}

async function fetchBytes(source: BundleSource, path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await source.fetch(`${source.baseUrl}${path}`);
  // A server that answers unknown paths with the app's page has no such file either.
  const isPage = response.headers.get('Content-Type')?.startsWith('text/html') ?? false;
  if (response.status === 404 || response.status === 410 || (response.ok && isPage)) throw new LoadError('missing');
  if (!response.ok) throw new LoadError('failed');
  return new Uint8Array(await response.arrayBuffer());
}

function readCurrent(bytes: Uint8Array): CurrentModel {
  const current = currentModelSchema.safeParse(parseJson(bytes));
  if (!current.success) throw new LoadError('malformed');
  return current.data;
}

function readManifest(bytes: Uint8Array, current: CurrentModel, appVersion: string): ModelManifest {
  if (bytesToHex(sha256(bytes)) !== current.manifestSha256) throw new LoadError('hash-mismatch');
  const json = parseJson(bytes);
  if (hasOtherFormat(json)) throw new LoadError('incompatible');
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success || parsed.data.version !== current.version) throw new LoadError('malformed');
  const manifest = parsed.data;
  if (!isCompatible(manifest) || !isAtLeast(appVersion, manifest.minimumAppVersion))
    throw new LoadError('incompatible');
  return manifest;
}

async function fetchWeights(source: BundleSource, manifest: ModelManifest): Promise<ArrayBuffer> {
  const file = manifest.files.find(({ path }) => path === manifest.weights.file);
  if (!file) throw new LoadError('malformed');
  const bytes = await fetchBytes(source, `${manifest.version}/${file.path}`);
  if (bytes.length !== file.bytes || bytesToHex(sha256(bytes)) !== file.sha256) throw new LoadError('hash-mismatch');
  return bytes.buffer;
}

/** A manifest of a later format is not broken: this app is too old for it. */
function hasOtherFormat(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || !('manifestVersion' in json)) return false;
  return typeof json.manifestVersion === 'number' && !READABLE_MANIFESTS.includes(json.manifestVersion);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new LoadError('malformed');
  }
}
