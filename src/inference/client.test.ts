import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPredictor } from './client.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { tinyBundle } from './worker/tiny-bundle.ts';

/** The other end of the port: a worker whose answers the test gives. */
class ScriptedWorker extends EventTarget {
  readonly received: ToWorker[] = [];
  isTerminated = false;
  postMessage(message: ToWorker): void {
    this.received.push(message);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  say(data: FromWorker): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
  ready(): void {
    this.say({ kind: 'ready', identity: { name: 'tiny', version: '1.0.0', sha256: '0'.repeat(64) }, manifest });
  }
  answerLast(no_enfermo: number): void {
    const last = this.received.at(-1);
    if (last?.kind !== 'predict') throw new Error('not asked');
    const probabilities = { no_enfermo, leve: 0, aguda: 0, cronica: 0, terminal: 0 };
    this.say({ kind: 'answer', id: last.id, probabilities });
  }
}

const { manifest } = tinyBundle();
const question = (ageYears: number) => ({ ageYears, vitals: {} });
let workers: ScriptedWorker[] = [];

function start() {
  const predictor = createPredictor({
    createWorker: () => {
      const worker = new ScriptedWorker();
      workers.push(worker);
      return worker as unknown as Worker;
    },
    baseUrl: 'http://tablet/model/',
    loadTimeoutMs: 1_000,
    answerTimeoutMs: 1_000,
  });
  return { predictor, worker: () => workers.at(-1) ?? new ScriptedWorker() };
}

beforeEach(() => {
  workers = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('the worker starts with the first question, not before', () => {
  const { predictor } = start();
  expect(predictor.model()).toEqual({ status: 'loading' });
  expect(workers).toHaveLength(0);
  void predictor.predict(question(1));
  void predictor.predict(question(2));
  expect(workers).toHaveLength(1);
});

test('a question asked while the model loads is answered once it is ready', async () => {
  const { predictor, worker } = start();
  const answer = predictor.predict(question(40));
  worker().ready();
  worker().answerLast(0.5);
  expect(await answer).toMatchObject({ status: 'answered', probabilities: { no_enfermo: 0.5 } });
});

test('the latest question wins: one is with the worker, one waits, those between are superseded', async () => {
  const { predictor, worker } = start();
  const first = predictor.predict(question(1));
  worker().ready();
  const between = predictor.predict(question(2));
  const last = predictor.predict(question(3));
  expect(await between).toEqual({ status: 'superseded' });
  worker().answerLast(0.1);
  worker().answerLast(0.3);
  expect(await first).toMatchObject({ status: 'answered', probabilities: { no_enfermo: 0.1 } });
  expect(await last).toMatchObject({ status: 'answered', probabilities: { no_enfermo: 0.3 } });
  expect(worker().received.filter(({ kind }) => kind === 'predict')).toHaveLength(2);
});

test('a worker that breaks settles every question and says so; reload starts a new one', async () => {
  const { predictor, worker } = start();
  const first = predictor.predict(question(1));
  worker().ready();
  const second = predictor.predict(question(2));
  worker().dispatchEvent(new Event('error'));
  const failed = { status: 'unavailable', reason: 'failed' };
  expect([await first, await second, predictor.model()]).toEqual([failed, failed, failed]);
  expect(worker().isTerminated).toBe(true);
  predictor.reload();
  worker().ready();
  expect(workers).toHaveLength(2);
  expect(predictor.model().status).toBe('ready');
});

test('a worker that does not answer in time is given up', async () => {
  const { predictor, worker } = start();
  const answer = predictor.predict(question(1));
  worker().ready();
  vi.advanceTimersByTime(1_001);
  expect(await answer).toEqual({ status: 'unavailable', reason: 'failed' });
});

test('without a model the reason is told at once and to every subscriber', async () => {
  const { predictor, worker } = start();
  const told = vi.fn();
  const stop = predictor.subscribe(told);
  worker().say({ kind: 'unavailable', reason: 'missing' });
  expect(told).toHaveBeenCalledOnce();
  expect(await predictor.predict(question(1))).toEqual({ status: 'unavailable', reason: 'missing' });
  stop();
  predictor.reload();
  expect(told).toHaveBeenCalledOnce();
});
