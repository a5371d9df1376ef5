import { parentPort, workerData } from 'node:worker_threads';
import { openBundle } from '../lib/bundle.ts';
import { useWasmBackend } from '../lib/tf-setup.ts';
import type { InputFormat, TableFormat } from './format.ts';
import { scoreBlock } from './score.ts';

/** What a scoring thread is started with. */
export interface WorkerStart {
  readonly bundle: string;
  readonly input: InputFormat;
  readonly output: TableFormat;
}

const { bundle, input, output } = workerData as WorkerStart;
await useWasmBackend();
const model = openBundle(bundle);
parentPort?.on('message', (block: Uint8Array) => {
  const scored = scoreBlock(model, block, input, output);
  parentPort?.postMessage(scored, [scored.scores.buffer]);
});
