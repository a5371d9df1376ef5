import { manifestSchema } from '#domain/model/manifest.ts';

export interface Restored {
  readonly version: string;
  readonly manifestJson: string;
}

/**
 * The manifest under which an earlier network is released again. Tablets refuse a counter that goes down, so going back
 * is a new release: same weights, thresholds and golden cases, next patch version, next counter.
 * @param manifestJson of the version to go back to
 * @param now ISO time with offset
 * @throws when this app cannot read that manifest any more
 */
export function restoredManifest(manifestJson: string, version: string, releaseCounter: number, now: string): Restored {
  const old = manifestSchema.parse(JSON.parse(manifestJson));
  const manifest = manifestSchema.parse({ ...old, version, releaseCounter, createdAt: now, signature: null });
  return { version, manifestJson: `${JSON.stringify(manifest)}\n` };
}

/** The first patch version above all that are taken. */
export function nextPatch(versions: readonly string[]): string {
  const newest = versions.toSorted(compareVersions).at(-1) ?? '0.0.0';
  const [major = 0, minor = 0, patch = 0] = newest.split('.').map(Number);
  return `${major}.${minor}.${patch + 1}`;
}

/** Order of X.Y.Z by number, not by letter. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
