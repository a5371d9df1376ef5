import type { GivenForecast } from '#domain/decision/decide.ts';
import { m } from '#i18n/generated/messages.js';
import { CategoryGlyph } from '#ui/category-glyph.tsx';
import { GLYPH_OF, categoryTitle } from '../category-names.ts';
import type { ForecastView } from './forecast-view.ts';

/** The likeliest class and its per cent, or that the data do not decide. */
export function LevelHeadline({ forecast, view }: { readonly forecast: GivenForecast; readonly view: ForecastView }) {
  if (view.headline === 'inconclusive')
    return (
      <div className="v-level">
        <p className="v-small v-muted">{m.forecast_result()}</p>
        <h3 className="v-level-name">{m.forecast_inconclusive()}</h3>
        {forecast.outsideModelRange.length === 0 && <p className="v-muted">{m.forecast_inconclusive_help()}</p>}
      </div>
    );
  const percent = view.percents[forecast.category];
  return (
    <div className="v-level">
      <p className="v-small v-muted">{m.forecast_likeliest()}</p>
      <div className="v-level-row">
        <CategoryGlyph shape={GLYPH_OF[forecast.category]} size={28} />
        <h3 className="v-level-name">
          {view.headline === 'terminal' ? m.forecast_terminal_first() : categoryTitle(forecast.category)}
        </h3>
        <p className="v-level-percent v-num">
          {bigNumber(percent)}
          <small>%</small>
        </p>
      </div>
      {view.headline === 'terminal' && (
        <p>
          {categoryTitle('terminal')}. {m.forecast_terminal_help()}
        </p>
      )}
      <p className="v-small v-muted">{ofHundred(forecast, percent)}</p>
    </div>
  );
}

function bigNumber(percent: number): string {
  if (percent <= 0) return '<1';
  return percent >= 100 ? '>99' : String(percent);
}

function ofHundred({ category }: GivenForecast, percent: number): string {
  const count = percent >= 100 ? m.forecast_of_100_above() : String(percent);
  return category === 'no_enfermo' ? m.forecast_of_100_none({ count }) : m.forecast_of_100({ count });
}
