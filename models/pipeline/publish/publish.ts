import type { ReleaseFiles } from '../lib/release.ts';
import { sha256Hex } from '../lib/hash.ts';

export interface Release {
  readonly version: string;
  readonly manifestJson: string;
  readonly weights: Uint8Array;
  readonly cardMarkdown: string;
  readonly evaluationJson: string;
}

/** What tablets fetch. `current.json` comes last: until it is replaced they go on with the version before. */
export function bundleFiles({ version, manifestJson, weights }: Release): ReleaseFiles {
  return new Map<string, Uint8Array | string>([
    [`${version}/weights.bin`, weights],
    [`${version}/manifest.json`, manifestJson],
    ['current.json', `${JSON.stringify({ version, manifestSha256: sha256Hex(manifestJson) }, null, 2)}\n`],
  ]);
}
