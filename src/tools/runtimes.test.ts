import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { packageScript, ROOT } from './paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigia-types-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Compiles one file under the settings of a runtime and answers the compiler's words. */
function compile(runtime: string, code: string): string {
  const file = join(folder, 'probe.ts');
  const config = join(folder, 'tsconfig.json');
  writeFileSync(file, code);
  const typeRoots = [join(ROOT, 'node_modules/@types'), join(ROOT, 'node_modules')];
  writeFileSync(
    config,
    JSON.stringify({ extends: join(ROOT, runtime), compilerOptions: { typeRoots }, include: [file], exclude: [] }),
  );
  const args = [packageScript('typescript/bin/tsc'), '--project', config];
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout;
}

const uses = {
  document: 'export const title = (): string => document.title;\n',
  worker: 'declare const self: ServiceWorkerGlobalScope;\nexport const claim = () => self.clients.claim();\n',
  node: "import { readFileSync } from 'node:fs';\nexport const read = () => readFileSync('a');\n",
};

describe('each runtime knows only what it has', () => {
  test.each([
    { runtime: 'src/tsconfig.worker.json', use: 'document' },
    { runtime: 'src/domain/tsconfig.json', use: 'document' },
    { runtime: 'src/domain/tsconfig.json', use: 'node' },
    { runtime: 'src/tsconfig.page.json', use: 'node' },
    { runtime: 'src/tsconfig.page.json', use: 'worker' },
    { runtime: 'src/tsconfig.worker.json', use: 'node' },
  ] as const)('$runtime refuses code that needs $use', ({ runtime, use }) => {
    expect(compile(runtime, uses[use])).toContain('error TS');
  });

  test.each([
    { runtime: 'src/tsconfig.page.json', use: 'document' },
    { runtime: 'src/tsconfig.worker.json', use: 'worker' },
    { runtime: 'models/tsconfig.json', use: 'node' },
  ] as const)('$runtime accepts code that needs $use', ({ runtime, use }) => {
    expect(compile(runtime, uses[use])).toBe('');
  });
}, 60_000);
