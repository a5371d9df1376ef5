import { Worker } from 'node:worker_threads';
import { openBundle } from '../lib/bundle.ts';
import { useWasmBackend } from '../lib/tf-setup.ts';
import type { WorkerStart } from './score-worker.ts';
import { scoreBlock, type ScoredBlock } from './score.ts';

/** Scores blocks, several at a time; answers may be awaited in any order. */
export interface Scorers {
  readonly count: number;
  score(block: Uint8Array): Promise<ScoredBlock>;
  close(): Promise<void>;
}

/** One thread is this one: no copying, and what the others are compared with. */
export async function startScorers(threads: number, start: WorkerStart): Promise<Scorers> {
  return threads <= 1 ? scoreHere(start) : startWorkers(threads, start);
}

async function scoreHere({ bundle, input, output }: WorkerStart): Promise<Scorers> {
  await useWasmBackend();
  const model = openBundle(bundle);
  return {
    count: 1,
    score: async (block) => scoreBlock(model, block, input, output),
    close: async () => model.dispose(),
  };
}

interface Task {
  readonly resolve: (scored: ScoredBlock) => void;
  readonly reject: (error: Error) => void;
}

function startWorkers(threads: number, start: WorkerStart): Scorers {
  const workers = Array.from({ length: threads }, () => startWorker(start));
  return {
    count: threads,
    // The shortest queue gets the next block: blocks of the same size take about the same time.
    score: (block) => {
      const idle = workers.reduce((a, b) => (b.tasks.length < a.tasks.length ? b : a));
      return idle.score(block);
    },
    close: async () => {
      await Promise.all(workers.map(({ worker }) => worker.terminate()));
    },
  };
}

function startWorker(start: WorkerStart) {
  const worker = new Worker(new URL('./score-worker.ts', import.meta.url), {
    workerData: start,
    // Enough for the blocks under way; without a limit the collector lets garbage pile up to hundreds of megabytes.
    resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 192 },
  });
  const tasks: Task[] = [];
  let failed: Error | undefined;
  worker.on('message', (scored: ScoredBlock) => tasks.shift()?.resolve(scored));
  worker.on('error', (error: Error) => {
    failed = error;
    for (const task of tasks.splice(0)) task.reject(error);
  });
  const score = (block: Uint8Array): Promise<ScoredBlock> =>
    new Promise((resolve, reject) => {
      if (failed) return reject(failed);
      tasks.push({ resolve, reject });
      // A copy of its own, so that handing it over takes nothing else along.
      const own = new Uint8Array(block);
      worker.postMessage(own, [own.buffer]);
    });
  return { worker, tasks, score };
}
