import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageScript, ROOT } from './paths.ts';

/** A breach: a file that must not pass, and the words its message must hold. */
interface Breach {
  readonly rule: string;
  readonly path: string;
  readonly code: string;
  readonly says: string;
}

const from = (specifier: string): string => `import { x } from '${specifier}';\nexport const y = x;\n`;

const BREACHES: readonly Breach[] = [
  { rule: 'domain imports React', path: 'src/domain/a.ts', code: from('react'), says: 'domain is pure' },
  { rule: 'domain imports Node', path: 'src/domain/b.ts', code: from('node:fs'), says: 'domain is pure' },
  {
    rule: 'domain imports a screen',
    path: 'src/domain/c.ts',
    code: from('#screens/services.tsx'),
    says: 'domain is pure',
  },
  {
    rule: 'a screen imports another by address',
    path: 'src/screens/triage/a.ts',
    code: from('#screens/sync/x.ts'),
    says: 'add a port',
  },
  {
    rule: 'a screen imports another by path',
    path: 'src/screens/triage/b.ts',
    code: from('../sync/x.ts'),
    says: 'A screen never imports another screen',
  },
  {
    rule: 'a part of a screen imports another',
    path: 'src/screens/triage/parts/a.ts',
    code: from('../../sync/x.ts'),
    says: 'A screen never imports another screen',
  },
  {
    rule: 'a screen imports storage',
    path: 'src/screens/triage/c.ts',
    code: from('#storage/database.ts'),
    says: 'add a port',
  },
  {
    rule: 'workflows import storage',
    path: 'src/workflows/a.ts',
    code: from('#storage/database.ts'),
    says: 'let app/ wire it',
  },
  {
    rule: 'ui imports domain',
    path: 'src/ui/a.ts',
    code: from('#domain/categories.ts'),
    says: 'knows nothing of triage',
  },
  { rule: 'i18n imports domain', path: 'src/i18n/a.ts', code: from('#domain/categories.ts'), says: 'nothing of ours' },
  {
    rule: 'inference imports storage',
    path: 'src/inference/a.ts',
    code: from('#storage/database.ts'),
    says: 'inference knows',
  },
  {
    rule: 'storage imports sync',
    path: 'src/storage/a.ts',
    code: from('#sync/synchroniser.ts'),
    says: 'storage knows',
  },
  { rule: 'sync imports inference', path: 'src/sync/a.ts', code: from('#inference/client.ts'), says: 'sync knows' },
  {
    rule: 'the service worker imports a screen',
    path: 'src/offline/worker/a.ts',
    code: from('#screens/services.tsx'),
    says: 'service worker knows',
  },
  {
    rule: 'app imports the endpoint',
    path: 'src/app/a.ts',
    code: from('#endpoint/server.ts'),
    says: 'app runs in the browser',
  },
  { rule: 'app imports Node', path: 'src/app/b.ts', code: from('node:fs'), says: 'app runs in the browser' },
  {
    rule: 'the endpoint imports storage',
    path: 'src/endpoint/a.ts',
    code: from('#storage/database.ts'),
    says: 'without the app',
  },
  {
    rule: 'a stage imports another by address',
    path: 'models/pipeline/train/a.ts',
    code: from('#pipeline/collect/collect.ts'),
    says: 'never another stage',
  },
  {
    rule: 'a stage imports another by path',
    path: 'models/pipeline/train/b.ts',
    code: from('../collect/collect.ts'),
    says: 'never another stage',
  },
  {
    rule: 'pipeline/lib imports a stage',
    path: 'models/pipeline/lib/a.ts',
    code: from('#pipeline/train/train.ts'),
    says: 'never a stage',
  },
  {
    rule: 'a relative path leaves its layer',
    path: 'src/app/c.ts',
    code: from('../storage/database.ts'),
    says: 'import by address',
  },
  {
    rule: 'page objects import the domain',
    path: 'e2e/pages/a.ts',
    code: from('#domain/categories.ts'),
    says: 'Playwright only',
  },
  {
    rule: 'two files import each other',
    path: 'src/domain/ring-a.ts',
    code: "import { b } from './ring-b.ts';\nexport const a = (): number => b();\n",
    says: 'no-cycle',
  },
  {
    rule: 'a promise is left alone',
    path: 'src/storage/b.ts',
    code: 'const write = async (): Promise<void> => {};\nexport function save(): void {\n  write();\n}\n',
    says: 'no-floating-promises',
  },
  {
    rule: 'a promise where none is expected',
    path: 'src/storage/c.ts',
    code: 'export function each(items: readonly string[], write: (item: string) => Promise<void>): void {\n  items.forEach(write);\n}\n',
    says: 'no-misused-promises',
  },
  {
    rule: 'a switch forgets a case',
    path: 'src/domain/d.ts',
    code: "export function f(kind: 'a' | 'b'): number {\n  switch (kind) {\n    case 'a':\n      return 1;\n  }\n  return 0;\n}\n",
    says: 'switch-exhaustiveness-check',
  },
  {
    rule: 'any',
    path: 'src/domain/e.ts',
    code: 'export const x = (y: any): string => String(y);\n',
    says: 'no-explicit-any',
  },
  {
    rule: 'a non-null assertion',
    path: 'src/domain/f.ts',
    code: 'export const first = (list: readonly number[]): number => list[0]!;\n',
    says: 'no-non-null-assertion',
  },
  {
    rule: 'a hook in a condition',
    path: 'src/ui/b.tsx',
    code: "import { useState } from 'react';\nexport function B({ on }: { readonly on: boolean }) {\n  if (on) useState(0);\n  return null;\n}\n",
    says: 'rules-of-hooks',
  },
  {
    rule: 'a picture without a text',
    path: 'src/ui/c.tsx',
    code: 'export const C = () => <img src="/a.png" />;\n',
    says: 'alt-text',
  },
];

const ALLOWED: Readonly<Record<string, string>> = {
  'src/domain/ok.ts': from('zod') + "export { z } from '@noble/hashes/sha2.js';\n",
  'src/domain/ring-b.ts': "import { a } from './ring-a.ts';\nexport const b = (): number => a();\n",
  'src/screens/triage/ok.ts': from('../services.tsx') + "export { z } from '#ui/field.tsx';\n",
  'src/screens/triage/parts/ok.ts': from('../c-part.ts'),
  'src/storage/ok.ts': from('zod') + "export type { Clock } from '#workflows/ports.ts';\n",
  'models/pipeline/train/ok.ts': from('../lib/rng.ts') + "export { z } from 'node:fs';\n",
  'src/app/ok.ts': from('#storage/database.ts'),
};

interface Diagnostic {
  readonly filename: string;
  readonly code: string;
  readonly message: string;
  readonly help?: string;
}

let tree = '';
let diagnostics: readonly Diagnostic[] = [];

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'vigia-lint-'));
  cpSync(join(ROOT, '.oxlintrc.json'), join(tree, '.oxlintrc.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  const compilerOptions = {
    strict: true,
    jsx: 'react-jsx',
    module: 'ESNext',
    moduleResolution: 'bundler',
    types: [],
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    noEmit: true,
  };
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['.'] }));
  write('package.json', '{ "type": "module" }');
  for (const { path, code } of BREACHES) write(path, code);
  for (const [path, code] of Object.entries(ALLOWED)) write(path, code);
  const args = [packageScript('oxlint/bin/oxlint'), '--type-aware', '--format', 'json', 'src', 'models', 'e2e'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8', maxBuffer: 1e8 });
  diagnostics = (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics;
}, 60_000);

afterAll(() => rmSync(tree, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
}

function wordsAbout(path: string): string {
  const found = diagnostics.filter(({ filename }) => filename === path);
  return found.map(({ code, message, help }) => `${code} ${message} ${help ?? ''}`).join('\n');
}

describe('the lint refuses, with a sentence that says what to do', () => {
  test.each(BREACHES)('$rule', ({ path, says }) => {
    expect(wordsAbout(path)).toContain(says);
  });
});

test('the lint lets pass what the layers allow', () => {
  const ring = 'src/domain/ring-b.ts';
  for (const path of Object.keys(ALLOWED).filter((name) => name !== ring)) expect(wordsAbout(path)).toBe('');
});
