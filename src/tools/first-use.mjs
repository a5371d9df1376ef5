// First-use install. Plain JavaScript for any Node from 20 on; everything it says goes to stderr, because the output of
// `npm run --silent vigia` belongs to the stage.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

const windows = process.platform === 'win32';
export const pinnedNode = join(root, 'node_modules/node/bin', windows ? 'node.exe' : 'node');

/** Says which lock file `node_modules` was installed from. */
const stampFile = join(root, 'node_modules/.vigia-installed');

/** Installs on first use and whenever the lock file changed, and makes sure that the pinned Node runs. */
export async function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const installed = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (installed === wanted && existsSync(pinnedNode)) return;

  if (!lockFileIsMet()) {
    console.error('Installing what Vigía needs (first use or changed versions)…');
    npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'The install did not finish.');
  }
  ensurePinnedNode();
  writeFileSync(stampFile, wanted);
}

/** True when a plain `npm install` or `npm ci` by hand already did the work. */
function lockFileIsMet() {
  const hidden = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const packages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const have = packages(hidden);
  const want = Object.entries(packages(join(root, 'package-lock.json')));
  return want.every(([path, { version, optional }]) => path === '' || optional || have[path]?.version === version);
}

/** The binary comes from the package's install script, which npm may have been told to skip. */
function ensurePinnedNode() {
  if (pinnedNodeRuns()) return;
  console.error('Setting up the pinned Node…');
  npm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'], '');
  if (pinnedNodeRuns()) return;
  const script = 'installArchSpecificPackage.js';
  spawnSync(process.execPath, [script], { cwd: join(root, 'node_modules/node'), stdio: ['ignore', 2, 2] });
  if (pinnedNodeRuns()) return;
  throw new Error(
    'The pinned Node could not be set up: npm skipped the install script of the package "node" or could not download ' +
      'it. Run "npm rebuild node --ignore-scripts=false" in this folder and try again.',
  );
}

function pinnedNodeRuns() {
  return existsSync(pinnedNode) && spawnSync(pinnedNode, ['--version']).status === 0;
}

function npm(args, failure) {
  // Started through npm, its own script is known: that works whatever the shell and the PATH.
  const script = process.env['npm_execpath'];
  const result = script?.endsWith('.js')
    ? spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: windows });
  if (result.status !== 0 && failure) throw new Error(`${failure} See npm's messages above.`);
}
