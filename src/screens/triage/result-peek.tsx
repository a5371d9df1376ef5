import { IconChevronUp, IconForms } from '@tabler/icons-react';
import type { ShownForecast } from '#domain/records/record.ts';
import type { VitalId } from '#domain/form/vitals.ts';
import { formatList } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';
import { CategoryGlyph } from '#ui/category-glyph.tsx';
import { GLYPH_OF, categoryTitle, categoryShortName } from '../category-names.ts';
import { forecastNote } from './forecast-note.ts';
import { viewForecast } from './forecast-view.ts';
import { percentText } from '../percent-text.ts';
import type { LiveForecast } from './use-forecast.ts';
import { vitalShortName } from './vital-look.ts';

export interface ResultPeekProps {
  readonly forecast: Pick<LiveForecast, 'shown' | 'isStale'>;
  /** Entered, but not used until corrected. */
  readonly leftOut: readonly VitalId[];
  readonly onOpen: () => void;
}

/** The result in one line, on phones; opens the sheet. */
export function ResultPeek({ forecast: { shown, isStale }, leftOut, onOpen }: ResultPeekProps) {
  const { title, detail: said } = linesOf(shown);
  const detail = [...reservationsOf(shown, leftOut), said].join(' · ');
  return (
    <button
      type="button"
      className="v-peek"
      data-stale={isStale}
      onClick={onOpen}
      aria-label={`${m.forecast_open()}: ${title}. ${detail}`}
    >
      {shown.status === 'given' && !shown.abstained ? (
        <CategoryGlyph shape={GLYPH_OF[shown.category]} size={26} />
      ) : (
        <IconForms size={24} stroke={1.9} aria-hidden="true" />
      )}
      <span className="v-peek-text">
        <strong>{title}</strong>
        <span className="v-small v-muted">{detail}</span>
      </span>
      <IconChevronUp size={24} stroke={1.9} aria-hidden="true" />
    </button>
  );
}

/** What makes the line worth less than it looks, before its per cents. */
function reservationsOf(shown: ShownForecast, leftOut: readonly VitalId[]): readonly string[] {
  if (shown.status !== 'given') return [];
  const confidence = { usual: [], 'vitals-only': [m.forecast_peek_low()], 'few-vitals': [m.forecast_peek_very_low()] };
  if (leftOut.length > 0) return [m.forecast_peek_left_out({ values: formatList(leftOut.map(vitalShortName)) })];
  return confidence[shown.confidence];
}

function linesOf(shown: ShownForecast): { readonly title: string; readonly detail: string } {
  if (shown.status !== 'given') {
    const { title, text } = forecastNote(shown);
    return { title, detail: text };
  }
  const { headline, percents } = viewForecast(shown);
  const percent = percentText(percents[shown.category]);
  const runnerUp = categoryShortName(shown.runnerUp);
  const runnerUpPercent = percentText(percents[shown.runnerUp]);
  if (headline === 'inconclusive') {
    const first = categoryShortName(shown.category);
    return {
      title: m.forecast_inconclusive(),
      detail: m.forecast_peek_inconclusive({ first, percent, runnerUp, runnerUpPercent }),
    };
  }
  const detail = m.forecast_peek({ percent, runnerUp, runnerUpPercent });
  return { title: headline === 'terminal' ? m.forecast_terminal_first() : categoryTitle(shown.category), detail };
}
