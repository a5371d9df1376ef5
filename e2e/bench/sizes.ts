import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { buildAppIfChanged } from '#tools/build-app.ts';
import { measureBudgets } from '#tools/budgets.ts';
import { DIST, ROOT } from '#tools/paths.ts';
import type { Figure } from './report.ts';

const KB = 1024;

/** Bytes of the whole TensorFlow.js package, bundled as an app without the alias would get it; brotli. */
async function wholeTensorflowBytes(work: string): Promise<number> {
  const outDir = join(work, 'tensorflow');
  await build({
    configFile: false,
    root: ROOT,
    publicDir: false,
    logLevel: 'error',
    build: { outDir, rolldownOptions: { input: join(ROOT, 'e2e/bench/pages/whole-tensorflow.ts') } },
  });
  return globSync('assets/*.js', { cwd: outDir }).reduce(
    (sum, file) => sum + brotliCompressSync(readFileSync(join(outDir, file))).length,
    0,
  );
}

/** The budgets in bytes, on the build that ships. */
export async function measureSizes(work: string): Promise<readonly Figure[]> {
  if ((await buildAppIfChanged()) !== 0) throw new Error('the app does not build within its budgets');
  const whole = await wholeTensorflowBytes(work);
  return measureBudgets(DIST).map(({ name, bytes, limitBytes }) => ({
    name,
    unit: 'KB',
    value: bytes / KB,
    limit: limitBytes / KB,
    ...(name.startsWith('TF.js') && { peer: { name: 'whole package', value: whole / KB } }),
  }));
}
