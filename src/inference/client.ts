import type { ModelInputs } from '#domain/features/model-inputs.ts';
import type { ModelState, PredictAnswer, Predictor } from '#workflows/ports.ts';
import type { FromWorker, LoadFailure, ToWorker } from './messages.ts';

export interface PredictorOptions {
  readonly createWorker: () => Worker;
  /** Absolute address of the folder with `current.json`, with a slash at the end. */
  readonly baseUrl: string;
  /** Longest wait for the model to be fetched and checked, and for one answer, in milliseconds. */
  readonly loadTimeoutMs?: number;
  readonly answerTimeoutMs?: number;
}

interface Question {
  readonly inputs: ModelInputs;
  readonly settle: (answer: PredictAnswer) => void;
}

/**
 * The page's side of the inference worker. What always holds:
 *
 * - The worker starts with the first question or subscriber, not before.
 * - At most one question is with the worker and at most one waits; a newer question takes the waiting one's place.
 * - Every question is settled, whatever happens to the worker.
 */
export function createPredictor(options: PredictorOptions): Predictor {
  return new WorkerPredictor(options);
}

class WorkerPredictor implements Predictor {
  readonly #options: PredictorOptions;
  readonly #listeners = new Set<() => void>();
  #state: ModelState = { status: 'loading' };
  #worker: Worker | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: Question | undefined;
  #waiting: Question | undefined;
  #lastId = 0;

  constructor(options: PredictorOptions) {
    this.#options = options;
  }

  readonly predict = async (inputs: ModelInputs): Promise<PredictAnswer> => {
    this.#start();
    if (this.#state.status === 'unavailable') return { status: 'unavailable', reason: this.#state.reason };
    const { promise, resolve } = Promise.withResolvers<PredictAnswer>();
    this.#waiting?.settle({ status: 'superseded' });
    this.#waiting = { inputs, settle: resolve };
    this.#askNext();
    return promise;
  };

  readonly model = (): ModelState => this.#state;

  readonly reload = (): void => {
    if (this.#state.status !== 'unavailable') return;
    this.#setState({ status: 'loading' });
    this.#start();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#start();
    return () => this.#listeners.delete(listener);
  };

  #start(): void {
    if (this.#worker || this.#state.status !== 'loading') return;
    const worker = this.#options.createWorker();
    this.#worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (this.#worker === worker) this.#receive(data);
    });
    for (const broken of ['error', 'messageerror'] as const)
      worker.addEventListener(broken, () => {
        if (this.#worker === worker) this.#disable('failed');
      });
    this.#send({ kind: 'load', baseUrl: this.#options.baseUrl }, this.#options.loadTimeoutMs ?? 30_000);
  }

  #receive(message: FromWorker): void {
    clearTimeout(this.#timer);
    switch (message.kind) {
      case 'ready':
        this.#setState({ status: 'ready', identity: message.identity, manifest: message.manifest });
        this.#askNext();
        return;
      case 'unavailable':
        this.#disable(message.reason);
        return;
      case 'answer':
        this.#asked?.settle({ status: 'answered', probabilities: message.probabilities });
        this.#asked = undefined;
        this.#askNext();
        return;
    }
  }

  #askNext(): void {
    if (this.#state.status !== 'ready' || this.#asked || !this.#waiting) return;
    this.#asked = this.#waiting;
    this.#waiting = undefined;
    this.#lastId += 1;
    const question: ToWorker = { kind: 'predict', id: this.#lastId, inputs: this.#asked.inputs };
    this.#send(question, this.#options.answerTimeoutMs ?? 5_000);
  }

  #send(message: ToWorker, timeoutMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#disable('failed'), timeoutMs);
    this.#worker?.postMessage(message);
  }

  #disable(reason: LoadFailure): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = undefined;
    const left = [this.#asked, this.#waiting];
    this.#asked = this.#waiting = undefined;
    this.#setState({ status: 'unavailable', reason });
    for (const question of left) question?.settle({ status: 'unavailable', reason });
  }

  #setState(state: ModelState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
