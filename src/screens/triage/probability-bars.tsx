import { m } from '#i18n/generated/messages.js';
import { CategoryGlyph } from '#ui/category-glyph.tsx';
import { GLYPH_OF, categoryTitle } from '../category-names.ts';
import type { ForecastBar } from './forecast-view.ts';
import { percentText } from '../percent-text.ts';

/** The probabilities as a list with text; the drawing repeats it for the eye. */
export function ProbabilityBars({
  bars,
  isDashed,
}: {
  readonly bars: readonly ForecastBar[];
  readonly isDashed: boolean;
}) {
  return (
    <ul className="v-bars" data-dashed={isDashed} aria-label={m.forecast_bars()}>
      {bars.map(({ category, percent, isLeading }) => (
        <li key={category} className={`v-bar v-shape-${GLYPH_OF[category]}`} data-leading={isLeading}>
          <CategoryGlyph shape={GLYPH_OF[category]} />
          <span className="v-bar-name">{categoryTitle(category)}</span>
          <span className="v-bar-value v-num">{percentText(percent)}</span>
          <span className="v-bar-track" aria-hidden="true">
            <span style={{ width: `${percent}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}
