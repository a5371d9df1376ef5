/** Starts the inference worker. The bundler finds the worker's code by this very expression. */
export function startInferenceWorker(): Worker {
  return new Worker(new URL('./worker/inference.worker.ts', import.meta.url), { type: 'module', name: 'inference' });
}
