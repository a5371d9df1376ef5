import { useEffect, useMemo, useRef, useState } from 'react';
import { decide, type KnownInputs, prepareQuestion, type Question } from '#domain/decision/decide.ts';
import type { ModelIdentity, ShownForecast } from '#domain/records/record.ts';
import type { ModelState, Predictor } from '#workflows/ports.ts';
import { useServices, useStore } from '../services.tsx';

const QUIET_MS = 150;

/** While the model is being opened, and between the first question and its answer. */
const ABOUT_TO_ANSWER: ShownForecast = { status: 'unavailable', reason: 'loading' };

type Asking = Extract<Question, { ask: true }>;

export interface LiveForecast {
  /** What stands on the screen. */
  readonly shown: ShownForecast;
  readonly model: ModelIdentity | null;
  /** The inputs changed since, and the answer to them is on its way. */
  readonly isStale: boolean;
  readonly retry: () => void;
  /**
   * The forecast for exactly these inputs, put on the screen and handed over for the record. Answers at once when the
   * screen is up to date, when the forecast is silent and when there is no model; else waits for the worker.
   */
  readonly settle: (known: KnownInputs) => Promise<Settled>;
}

interface Settled {
  readonly forecast: ShownForecast;
  readonly model: ModelIdentity | null;
}

interface Answered extends Settled {
  /** The question as text: an answer is shown as current only for the very question it was given to. */
  readonly key: string;
}

/**
 * The forecast for what is known so far. It follows the form and never holds it up: the model answers in its worker.
 * Silence needs no model and shows at once; what was answered before it, perhaps for another patient, is forgotten.
 */
export function useForecast(known: KnownInputs): LiveForecast {
  const { predictor } = useServices();
  const state = useStore(predictor, predictor.model);
  const [answered, setAnswered] = useState<Answered>();
  const question = useMemo(() => prepareQuestion(known), [known]);
  const key = keyOf(question);
  const latestKey = useRef(key);
  const isReady = state.status === 'ready';
  const isAnswered = answered?.key === key;
  if (answered && !(question.ask && isReady)) setAnswered(undefined);

  useEffect(() => {
    latestKey.current = keyOf(question);
    if (!question.ask || !isReady || isAnswered) return undefined;
    const timer = setTimeout(() => {
      void ask(question, predictor).then((next) => {
        if (next && latestKey.current === next.key) setAnswered(next);
      });
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [question, predictor, isReady, isAnswered]);

  const settle = async (wanted: KnownInputs): Promise<Settled> => {
    const final = prepareQuestion(wanted);
    const current = predictor.model();
    const sure = withoutAsking(final, current);
    if (sure) return { forecast: sure, model: identityOf(current) };
    if (answered?.key === keyOf(final)) return answered;
    let next: Answered | undefined;
    // Another question may take this one's place; it is asked until it is answered.
    while (!next && final.ask) next = await ask(final, predictor);
    if (!next) throw new Error('a question is asked or silent');
    setAnswered(next);
    return next;
  };

  const common = { retry: predictor.reload, settle };
  const sure = withoutAsking(question, state);
  if (sure) return { ...common, shown: sure, model: identityOf(state), isStale: false };
  if (!answered) return { ...common, shown: ABOUT_TO_ANSWER, model: identityOf(state), isStale: true };
  return { ...common, shown: answered.forecast, model: answered.model, isStale: !isAnswered };
}

function keyOf(question: Question): string {
  return JSON.stringify(question);
}

function identityOf(state: ModelState): ModelIdentity | null {
  return state.status === 'ready' ? state.identity : null;
}

/** What can be said without asking: that there is no model, silence, or that the model is still being opened. */
function withoutAsking(question: Question, state: ModelState): ShownForecast | undefined {
  if (state.status === 'unavailable') return { status: 'unavailable', reason: state.reason };
  if (!question.ask) return question.silent;
  return state.status === 'loading' ? ABOUT_TO_ANSWER : undefined;
}

/** @returns `undefined` when a newer question took this one's place */
async function ask(question: Asking, predictor: Predictor): Promise<Answered | undefined> {
  const reply = await predictor.predict(question.inputs);
  if (reply.status === 'superseded') return undefined;
  const key = keyOf(question);
  const state = predictor.model();
  if (reply.status === 'unavailable')
    return { key, forecast: { status: 'unavailable', reason: reply.reason }, model: null };
  if (state.status !== 'ready') return { key, forecast: { status: 'unavailable', reason: 'failed' }, model: null };
  return { key, forecast: decide(reply.probabilities, question, state.manifest), model: state.identity };
}
