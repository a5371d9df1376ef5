import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Everything the built app depends on. */
const BUILD_INPUTS = [
  'index.html',
  'package-lock.json',
  'package.json',
  'public',
  'src',
  'tsconfig.json',
  'vite.config.ts',
];
/** Tests, texts about the code, and what the tools write beside the sources while building. */
const NOT_INPUTS = /(^|\/)generated(\/|$)|\.inlang\/(?!settings\.json$)|\.test\.tsx?$|\.tsbuildinfo$|\.md$/;

/** sha256 over names and contents of the app's sources below `root`: the same sources, the same hash. */
export function hashSources(root: string): string {
  const hash = createHash('sha256');
  for (const input of BUILD_INPUTS) {
    const path = join(root, input);
    if (existsSync(path)) addPath(hash, root, path);
  }
  return hash.digest('hex');
}

function addPath(hash: ReturnType<typeof createHash>, root: string, path: string): void {
  const name = relative(root, path);
  if (NOT_INPUTS.test(name)) return;
  if (statSync(path).isDirectory()) {
    for (const child of readdirSync(path).sort()) addPath(hash, root, join(path, child));
    return;
  }
  const contents = readFileSync(path);
  hash.update(`${name}\0${contents.length}\0`).update(contents);
}
