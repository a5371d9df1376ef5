import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { syntheticTable } from '../../models/data/fixtures/make-visits.ts';
import type { Figure } from './report.ts';

const VISITS = 200_000;
const PART = 20_000;
const MILLION = 1_000_000;

/** Seconds to score a million synthetic visits, start included, with all threads and with one; memory of the former. */
export function measurePipeline(folder: string): readonly Figure[] {
  const input = join(folder, 'visits.csv');
  for (let i = 0; i < VISITS / PART; i += 1) {
    const part = syntheticTable(`V${i}`, PART, i);
    appendFileSync(input, i === 0 ? part : part.slice(part.indexOf('\n') + 1));
  }
  const all = score(input, join(folder, 'all.csv'), availableParallelism());
  const one = score(input, join(folder, 'one.csv'), 1);
  if (!readFileSync(join(folder, 'all.csv')).equals(readFileSync(join(folder, 'one.csv'))))
    throw new Error('threads changed the scores');
  return [
    {
      name: 'score, a million visits in a batch',
      unit: 's',
      value: all.seconds,
      limit: 60,
      peer: { name: 'one thread', value: one.seconds },
    },
    {
      name: 'score, largest memory',
      unit: 'MB',
      value: all.megabytes,
      peer: { name: 'one thread', value: one.megabytes },
    },
  ];
}

function score(input: string, out: string, threads: number): { readonly seconds: number; readonly megabytes: number } {
  const start = performance.now();
  const args = ['models/pipeline/cli.ts', 'score', '--in', input, '--out', out, '--threads', String(threads)];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const seconds = ((performance.now() - start) / 1000) * (MILLION / VISITS);
  return { seconds, megabytes: Number(/at most (\d+) MB/.exec(stderr)?.[1]) };
}
