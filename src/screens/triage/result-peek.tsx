import { IconChevronUp, IconForms } from '@tabler/icons-react';
import type { ShownForecast } from '#domain/records/record.ts';
import { m } from '#i18n/generated/messages.js';
import { CategoryGlyph } from '#ui/category-glyph.tsx';
import { GLYPH_OF, categoryTitle, categoryShortName } from '../category-names.ts';
import { forecastNote } from './forecast-note.ts';
import { viewForecast } from './forecast-view.ts';
import { percentText } from './percent-text.ts';

/** The result in one line, on phones; opens the sheet. */
export function ResultPeek({ shown, onOpen }: { readonly shown: ShownForecast; readonly onOpen: () => void }) {
  const { title, detail } = linesOf(shown);
  return (
    <button type="button" className="v-peek" onClick={onOpen} aria-label={`${m.forecast_open()}: ${title}. ${detail}`}>
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
