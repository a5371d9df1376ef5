import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs the command line as a user would. */
export function vigia(...args: readonly string[]): { readonly code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['models/pipeline/cli.ts', ...args], {
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'vigia-'));
}
