import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printBudgets } from './budgets.ts';
import { runNode } from './command.ts';
import { DIST, packageScript, ROOT } from './paths.ts';
import { hashSources } from './sources-hash.ts';

const STAMP = join(DIST, '.built-from');

/** Compiles the messages of the languages into typed functions. */
export async function compileMessages(): Promise<number> {
  return runNode([
    packageScript('@inlang/paraglide-js/bin/run.js'),
    'compile',
    '--silent',
    '--project',
    'src/i18n/project.inlang',
    '--outdir',
    'src/i18n/generated',
    '--strategy',
    'globalVariable',
    'baseLocale',
    '--output-structure',
    'locale-modules',
    '--no-emit-readme',
    '--no-emit-prettier-ignore',
  ]);
}

/** Builds the app into `dist` and prints the budgets of bytes. Answers a non-zero code when either fails. */
export async function buildApp(): Promise<number> {
  const sources = hashSources(ROOT);
  const compiled = await compileMessages();
  if (compiled !== 0) return compiled;
  const built = await runNode([packageScript('vite/bin/vite.js'), 'build', '--logLevel', 'warn']);
  if (built !== 0) return built;
  if (!printBudgets(DIST)) return 1;
  writeFileSync(STAMP, sources);
  return 0;
}

/** Builds only when the sources are not those of the last build. */
export async function buildAppIfChanged(): Promise<number> {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashSources(ROOT)) return 0;
  console.log('Building the app…');
  return buildApp();
}
