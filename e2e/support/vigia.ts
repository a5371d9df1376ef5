import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '#tools/paths.ts';

/** Runs `vigia collect` on an endpoint's data, as the data team does, and answers its table as text. */
export function collect(dataDir: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'vigia-collect-'));
  const out = join(folder, 'visits.csv');
  try {
    const args = ['models/pipeline/cli.ts', 'collect', '--from', dataDir, '--out', out];
    execFileSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
    return readFileSync(out, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
