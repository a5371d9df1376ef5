import { CATEGORIES, type Category, type PerCategory } from '#domain/categories.ts';
import type { GivenForecast } from '#domain/decision/decide.ts';
import { wholePercents } from '#domain/decision/percents.ts';

export interface ForecastBar {
  readonly category: Category;
  /** 0 to 100; the five add up to 100. */
  readonly percent: number;
  /** The likeliest and the runner-up stand out. */
  readonly isLeading: boolean;
}

export interface ForecastView {
  /** `terminal`: said as a risk to life, never as a verdict. */
  readonly headline: 'category' | 'inconclusive' | 'terminal';
  readonly percents: PerCategory;
  /** Likeliest first, then runner-up, then by per cent. Terminal only when it is one of the first two. */
  readonly bars: readonly ForecastBar[];
  /** Terminal stands beside the classes while it is not one of the first two. */
  readonly terminalRow: { readonly percent: number; readonly isRaised: boolean } | undefined;
}

/** How a forecast is laid out. Pure. */
export function viewForecast(forecast: GivenForecast): ForecastView {
  const percents = wholePercents(forecast.probabilities);
  const leading = [forecast.category, forecast.runnerUp];
  const rest = CATEGORIES.filter((category) => !leading.includes(category) && category !== 'terminal').toSorted(
    (a, b) => percents[b] - percents[a] || forecast.probabilities[b] - forecast.probabilities[a],
  );
  return {
    headline: headlineOf(forecast),
    percents,
    bars: [...leading, ...rest].map((category, rank) => ({
      category,
      percent: percents[category],
      isLeading: rank < 2,
    })),
    terminalRow: leading.includes('terminal')
      ? undefined
      : { percent: percents.terminal, isRaised: forecast.terminalRaised },
  };
}

function headlineOf(forecast: GivenForecast): ForecastView['headline'] {
  if (forecast.abstained) return 'inconclusive';
  return forecast.category === 'terminal' ? 'terminal' : 'category';
}
