import * as tf from '@tensorflow/tfjs';
import { encode } from '#domain/features/encode.ts';
import { perCategoryOf } from '#domain/model/manifest.ts';
import { APP_VERSION } from '../app-version.ts';
import type { FromWorker, ToWorker } from '../messages.ts';
import type { LoadedModel } from '../predict.ts';
import { loadBundle } from './load-bundle.ts';

let model: LoadedModel | undefined;

// What is thrown in here reaches the page as the worker's error event, which disables the forecast there.
self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'load':
      void load(data.baseUrl);
      return;
    case 'predict':
      answer(data);
      return;
  }
});

async function load(baseUrl: string): Promise<void> {
  // The CPU backend only: graphics processors differ in their rounding and lose their context, and one forecast is
  // too little work to gain anything from them.
  await tf.setBackend('cpu');
  const bundle = await loadBundle({ fetch: (url) => fetch(url), baseUrl, appVersion: APP_VERSION });
  if (bundle.status === 'unavailable') {
    send({ kind: 'unavailable', reason: bundle.reason });
    return;
  }
  model = bundle.model;
  send({ kind: 'ready', identity: bundle.identity, manifest: bundle.model.manifest });
}

function answer({ id, inputs }: Extract<ToWorker, { kind: 'predict' }>): void {
  if (!model) throw new Error('asked before the model was ready');
  send({ kind: 'answer', id, probabilities: perCategoryOf(model.predict(encode(inputs), 1)) });
}

function send(message: FromWorker): void {
  self.postMessage(message);
}
