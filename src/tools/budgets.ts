import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

interface Budget {
  readonly name: string;
  /** Globs below `dist`, of which every match counts; or the way to find the files. */
  readonly files: readonly string[] | ((dist: string) => readonly string[]);
  readonly limitBytes: number;
  readonly isCompressed: boolean;
}

const KB = 1024;

/** The promises about bytes, measured on what was built. */
export const BUDGETS: readonly Budget[] = [
  { name: 'TF.js runtime, brotli', files: ['assets/tfjs-*.js'], limitBytes: 26 * KB, isCompressed: true },
  { name: 'model weights', files: ['model/{current}/*.bin'], limitBytes: 90 * KB, isCompressed: false },
  {
    name: 'first screen JS, brotli',
    files: firstScreenScripts,
    limitBytes: 180 * KB,
    isCompressed: true,
  },
  {
    name: 'first visit, brotli',
    files: [
      'index.html',
      'manifest.webmanifest',
      'sw.js',
      'assets/*',
      'icons/*',
      'model/current.json',
      'model/{current}/*',
    ],
    limitBytes: 450 * KB,
    isCompressed: true,
  },
];

export interface Measured {
  readonly name: string;
  readonly bytes: number;
  readonly limitBytes: number;
  readonly files: number;
}

/** Measures every budget on a build. A budget without files says so with `files: 0`. */
export function measureBudgets(dist: string, budgets: readonly Budget[] = BUDGETS): readonly Measured[] {
  const version = currentVersion(dist);
  return budgets.map(({ name, files, limitBytes, isCompressed }) => {
    const found = typeof files === 'function' ? files(dist) : matchingFiles(dist, files, version);
    const bytes = found.reduce((sum, file) => sum + transferBytes(join(dist, file), isCompressed), 0);
    return { name, bytes, limitBytes, files: found.length };
  });
}

function matchingFiles(dist: string, globs: readonly string[], version: string): readonly string[] {
  const patterns = globs.map((pattern) => pattern.replace('{current}', version));
  return [...new Set(globSync(patterns, { cwd: dist }))].filter((file) => statSync(join(dist, file)).isFile());
}

/** Scripts the page cannot do without: its module, what that imports statically, and what is preloaded beside them. */
function firstScreenScripts(dist: string): readonly string[] {
  if (!existsSync(join(dist, 'index.html'))) return [];
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const needed = new Set<string>();
  const open = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file = '']) => file);
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (needed.has(file)) continue;
    needed.add(file);
    // The bundler writes `import…from"./x.js"` and `import"./x.js"`; a call with parentheses is not waited for.
    const imports = readFileSync(join(dist, file), 'utf8').matchAll(/\b(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g);
    open.push(...[...imports].map(([, name = '']) => `assets/${name}`));
  }
  return [...needed];
}

/** Prints the budgets of a build; false when one is exceeded. */
export function printBudgets(dist: string): boolean {
  const measured = measureBudgets(dist);
  for (const { name, bytes, limitBytes, files } of measured) {
    const size = files === 0 ? 'none built' : `${(bytes / KB).toFixed(1)} KB`;
    const verdict = bytes <= limitBytes ? '' : '  EXCEEDED';
    console.log(`${name.padEnd(24)}${size.padStart(10)}  of ${limitBytes / KB} KB${verdict}`);
  }
  return measured.every(({ bytes, limitBytes }) => bytes <= limitBytes);
}

function currentVersion(dist: string): string {
  const [current] = globSync('model/current.json', { cwd: dist });
  if (!current) return 'none';
  return (JSON.parse(readFileSync(join(dist, current), 'utf8')) as { version: string }).version;
}

/** Bytes on the wire: fonts and pictures are compressed already. */
function transferBytes(file: string, isCompressed: boolean): number {
  const contents = readFileSync(file);
  return isCompressed && !/\.(woff2|png)$/.test(file) ? brotliCompressSync(contents).length : contents.length;
}
