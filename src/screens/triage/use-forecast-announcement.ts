import { useEffect, useRef } from 'react';
import type { ShownForecast } from '#domain/records/record.ts';
import { m } from '#i18n/generated/messages.js';
import { useAnnounce } from '#ui/live-region.tsx';
import { categorySpokenName } from '../category-names.ts';
import { forecastNote } from './forecast-note.ts';
import { viewForecast } from './forecast-view.ts';
import { spokenPercent } from '../percent-text.ts';

const QUIET_MS = 1000;
const NOTABLE_POINTS = 5;

interface Announced {
  /** What changes the meaning: class, conclusive or not, or why there is none. */
  readonly gist: string;
  readonly percent: number;
}

/** Says the forecast a second after the last change, and only when its meaning or the first class by 5 points changed. */
export function useForecastAnnouncement(shown: ShownForecast): void {
  const announce = useAnnounce();
  const last = useRef<Announced>({ gist: 'silent:too-little', percent: 0 });
  useEffect(() => {
    const timer = setTimeout(() => {
      const next = gistOf(shown);
      const isNews = next.gist !== last.current.gist || Math.abs(next.percent - last.current.percent) >= NOTABLE_POINTS;
      if (!isNews) return;
      last.current = next;
      announce(spokenForecast(shown));
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [shown, announce]);
}

function gistOf(shown: ShownForecast): Announced {
  if (shown.status !== 'given') return { gist: `${shown.status}:${shown.reason}`, percent: 0 };
  const { headline, percents } = viewForecast(shown);
  return { gist: `${headline}:${shown.category}`, percent: percents[shown.category] };
}

const CONFIDENCE = {
  usual: [],
  'vitals-only': [m.forecast_vitals_only],
  'few-vitals': [m.forecast_few_vitals],
} as const;

/** The forecast in one sentence, without capitals or symbols. */
export function spokenForecast(shown: ShownForecast): string {
  if (shown.status !== 'given') return `${forecastNote(shown).title}.`;
  const { headline, percents } = viewForecast(shown);
  const values = {
    category:
      headline === 'terminal' ? m.forecast_terminal_first().toLocaleLowerCase() : categorySpokenName(shown.category),
    percent: spokenPercent(percents[shown.category]),
    runnerUp: categorySpokenName(shown.runnerUp),
    runnerUpPercent: spokenPercent(percents[shown.runnerUp]),
  };
  const said = headline === 'inconclusive' ? m.forecast_spoken_inconclusive(values) : m.forecast_spoken(values);
  return [said, ...CONFIDENCE[shown.confidence].map((text) => text())].join(' ');
}
