import { Skeleton } from '@mantine/core';
import { IconBabyCarriage, IconForms, IconHeart, IconPlugConnectedX } from '@tabler/icons-react';
import type { KnownInputs } from '#domain/decision/decide.ts';
import type { VitalId } from '#domain/form/vitals.ts';
import { m } from '#i18n/generated/messages.js';
import { Button } from '#ui/button.tsx';
import { EmptyCard } from '#ui/empty-card.tsx';
import { forecastNote } from './forecast-note.ts';
import { GivenForecastView } from './given-forecast.tsx';
import type { LiveForecast } from './use-forecast.ts';
import './result-panel.css';

export interface ResultPanelProps {
  readonly forecast: LiveForecast;
  readonly known: KnownInputs;
  readonly leftOut: readonly VitalId[];
  readonly onAddSymptoms: () => void;
  /** Docked under the form: only what fits, in two columns. */
  readonly isDocked?: boolean;
}

/** The forecast beside the form, or why there is none. Not a live region: that would read every change aloud. */
export function ResultPanel({ forecast, known, leftOut, onAddSymptoms, isDocked = false }: ResultPanelProps) {
  const { shown } = forecast;
  if (shown.status === 'given')
    return (
      <GivenForecastView
        {...{ forecast: shown, model: forecast.model, known, leftOut, onAddSymptoms, isDocked }}
        isStale={forecast.isStale}
      />
    );
  if (shown.status === 'unavailable' && shown.reason === 'loading') return <LoadingForecast />;
  const { title, text } = forecastNote(shown);
  return (
    <EmptyCard
      plain
      level={3}
      tone={shown.status === 'unavailable' ? 'warn' : 'neutral'}
      icon={<NoteIcon reason={shown.reason} />}
      title={title}
      actions={shown.status === 'unavailable' && <Button onClick={forecast.retry}>{m.forecast_retry()}</Button>}
    >
      {text}
    </EmptyCard>
  );
}

function NoteIcon({ reason }: { readonly reason: string }) {
  const look = { size: 28, stroke: 1.9 };
  if (reason === 'too-little') return <IconForms {...look} />;
  if (reason === 'under-one-year') return <IconBabyCarriage {...look} />;
  if (reason === 'pregnancy') return <IconHeart {...look} />;
  return <IconPlugConnectedX {...look} />;
}

/** As high as the result, so that nothing jumps when it comes. */
function LoadingForecast() {
  return (
    <div className="v-result-loading">
      <p className="v-small v-muted">{m.forecast_loading()}</p>
      <Skeleton height={34} width="55%" radius={8} />
      {[90, 70, 40, 30].map((width) => (
        <div key={width} className="v-stack-tight">
          <Skeleton height={12} width="40%" radius={6} />
          <Skeleton height={12} width={`${width}%`} radius={6} />
        </div>
      ))}
    </div>
  );
}
