import { useEffect, useState } from 'react';
import { decide, type KnownInputs, prepareQuestion } from '#domain/decision/decide.ts';
import type { ModelIdentity, ShownForecast } from '#domain/records/record.ts';
import type { ModelState, Predictor } from '#workflows/ports.ts';
import { useServices, useStore } from '../services.tsx';

const QUIET_MS = 150;

export interface LiveForecast {
  /** What stands on the screen, as it goes into the record. */
  readonly shown: ShownForecast;
  readonly model: ModelIdentity | null;
  readonly retry: () => void;
}

/** The forecast for what is known so far. It follows the form and never holds it up: the model answers in its worker. */
export function useForecast(known: KnownInputs): LiveForecast {
  const { predictor } = useServices();
  const state = useStore(predictor, predictor.model);
  const [shown, setShown] = useState<ShownForecast>({ status: 'silent', reason: 'too-little' });

  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      void answer(known, predictor, (next) => {
        if (isCurrent) setShown(next);
      });
    }, QUIET_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [known, predictor, state]);

  return {
    shown: state.status === 'unavailable' ? { status: 'unavailable', reason: state.reason } : shown,
    model: state.status === 'ready' ? state.identity : null,
    retry: predictor.reload,
  };
}

async function answer(known: KnownInputs, predictor: Predictor, show: (next: ShownForecast) => void): Promise<void> {
  const question = prepareQuestion(known);
  if (!question.ask) {
    show(question.silent);
    return;
  }
  if (predictor.model().status === 'loading') show({ status: 'unavailable', reason: 'loading' });
  const answered = await predictor.predict(question.inputs);
  const model: ModelState = predictor.model();
  if (answered.status === 'unavailable') show({ status: 'unavailable', reason: answered.reason });
  if (answered.status === 'answered' && model.status === 'ready')
    show(decide(answered.probabilities, question, model.manifest));
}
