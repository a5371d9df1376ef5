import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../cli.fixture.ts';
import { resumableOutput } from './score-output.ts';

const HEADER_LINES = 1;
const blocksFrom = (changed = -1): readonly Uint8Array[] =>
  Array.from({ length: 100 }, (_, i) => Buffer.from(`row ${i === changed ? 'x' : i}\n`));

async function* streamOf(blocks: readonly Uint8Array[]) {
  yield* blocks;
}

/** Scores by copying; stops as if the power went after `until` blocks. */
async function run(path: string, until: number, identity = 'a', blocks = blocksFrom()): Promise<void> {
  const out = resumableOutput(path, HEADER_LINES, identity);
  let progress = out.start;
  out.write('header\n');
  let n = progress.scored;
  for await (const block of out.remaining(streamOf(blocks))) {
    if (n === until) return;
    n += 1;
    out.write(block);
    progress = { ...progress, lines: progress.lines + 1, scored: n };
    out.done(block, progress);
  }
  out.commit();
}

describe('a run that is gone on with', () => {
  test('gives the bytes of one that was never cut short, wherever it was cut', async () => {
    const folder = temporaryFolder();
    const whole = join(folder, 'whole.csv');
    await run(whole, 1000);
    for (const cut of [0, 1, 31, 32, 33, 64, 99]) {
      const path = join(folder, `cut-${cut}.csv`);
      await run(path, cut);
      expect(existsSync(path)).toBe(false);
      await run(path, 1000);
      expect(readFileSync(path, 'utf8')).toBe(readFileSync(whole, 'utf8'));
    }
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('does not score again what was scored before the last mark', async () => {
    const path = join(temporaryFolder(), 'scores.csv');
    await run(path, 70);
    expect(resumableOutput(path, HEADER_LINES, 'a').start).toMatchObject({ scored: 64, lines: 65 });
  });

  test('refuses another model and an input that was changed', async () => {
    const path = join(temporaryFolder(), 'scores.csv');
    await run(path, 70);
    await expect(run(path, 1000, 'b')).rejects.toThrow('another model or input');
    await expect(run(path, 1000, 'a', blocksFrom(5))).rejects.toThrow('the input was changed');
    await run(path, 1000);
  });
});
