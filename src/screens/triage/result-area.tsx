import { Drawer } from '@mantine/core';
import { useState } from 'react';
import type { KnownInputs } from '#domain/decision/decide.ts';
import { m } from '#i18n/generated/messages.js';
import { SupportStrip } from '#ui/app-frame.tsx';
import { useLayout } from '#ui/use-layout.ts';
import { ResultPanel } from './result-panel.tsx';
import { ResultPeek } from './result-peek.tsx';
import type { LiveForecast } from './use-forecast.ts';

export interface ResultAreaProps {
  readonly forecast: LiveForecast;
  readonly known: KnownInputs;
  readonly onAddSymptoms: () => void;
}

/** The forecast where the window has room for it: at the side, docked under the form, or behind a bar. */
export function ResultArea(props: ResultAreaProps) {
  const { layout } = useLayout();
  const [isOpen, setIsOpen] = useState(false);
  if (layout !== 'narrow')
    return (
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
      <ResultPeek shown={props.forecast.shown} onOpen={() => setIsOpen(true)} />
      <Drawer
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        position="bottom"
        size="86%"
        title={m.forecast_title()}
        closeButtonProps={{ 'aria-label': m.forecast_close(), size: 48 }}
        classNames={{ content: 'v-sheet', body: 'v-sheet-body', title: 'v-sheet-title', header: 'v-sheet-header' }}
        transitionProps={{ duration: 200 }}
      >
        <section aria-label={m.forecast_title()} className="v-sheet-result">
          <ResultPanel {...props} onAddSymptoms={addSymptoms} />
        </section>
        <SupportStrip />
      </Drawer>
    </>
  );
}
