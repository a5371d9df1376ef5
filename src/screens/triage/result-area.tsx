import { lazy, Suspense, useState } from 'react';
import type { KnownInputs } from '#domain/decision/decide.ts';
import type { VitalId } from '#domain/form/vitals.ts';
import { m } from '#i18n/generated/messages.js';
import { useLayout } from '#ui/use-layout.ts';
import { ResultPanel } from './result-panel.tsx';
import { ResultPeek } from './result-peek.tsx';
import type { LiveForecast } from './use-forecast.ts';

// Only narrow windows need the sheet.
const ResultSheet = lazy(async () => ({ default: (await import('./result-sheet.tsx')).ResultSheet }));

export interface ResultAreaProps {
  readonly forecast: LiveForecast;
  readonly known: KnownInputs;
  /** Entered, but to be corrected before the forecast can use them. */
  readonly leftOut: readonly VitalId[];
  readonly onAddSymptoms: () => void;
}

/** The forecast where the window has room for it: at the side, docked under the form, or behind a bar. */
export function ResultArea(props: ResultAreaProps) {
  const { layout } = useLayout();
  const [isOpen, setIsOpen] = useState(false);
  if (layout !== 'narrow')
    return (
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      <section className="v-result-area" aria-label={m.forecast_title()} tabIndex={layout === 'wide' ? 0 : undefined}>
        {layout === 'wide' && <h2 className="v-result-title">{m.forecast_title()}</h2>}
        <ResultPanel {...props} isDocked={layout === 'medium'} />
      </section>
    );
  const addSymptoms = (): void => {
    setIsOpen(false);
    // The drawer gives the focus back to the bar when it closes; the field is to have it.
    setTimeout(props.onAddSymptoms, 50);
  };
  return (
    <>
      {/* The open sheet takes the name over: a screen has one region called so. */}
      <section aria-label={isOpen ? undefined : m.forecast_title()}>
        <ResultPeek forecast={props.forecast} leftOut={props.leftOut} onOpen={() => setIsOpen(true)} />
      </section>
      <Suspense>
        <ResultSheet {...props} isOpen={isOpen} onClose={() => setIsOpen(false)} onAddSymptoms={addSymptoms} />
      </Suspense>
    </>
  );
}
