import { CATEGORIES } from '#domain/categories.ts';
import { LABELS } from '../lib/visit-row.ts';
import { barChart, boxLine, densityChart, densityMaps, escaped, heatMap, percent } from './charts.ts';
import { type Exploration, LEAST_SHOWN } from './explore.ts';
import type { Projection } from './projections.ts';
import { STYLE } from './style.ts';

const CLASS_NAMES = CATEGORIES.map((category) => LABELS[category]);
const DENSITY_BINS = 24;
const MOST_BARS = 30;
const MOST_SYMPTOM_ROWS = 40;
const MOST_LOADINGS = 12;

/** One page without scripts or anything from elsewhere: it can be mailed, archived and read offline. */
export function explorationPage(e: Exploration, source: string): string {
  const sections = [
    ['Categories', balance(e)],
    ['Numbers', distributions(e)],
    ['Gaps', gaps(e)],
    ['Correlations', correlations(e)],
    ['Importance', importance(e)],
    ['Symptoms', symptoms(e)],
    ['Projections', projections(e)],
    ['By site', bySite(e)],
    ['Over time', byYear(e)],
  ] as const;
  const links = sections.map(([title]) => `<a href="#${slug(title)}">${title}</a>`).join(' ');
  const body = sections.map(([title, content]) => `<section id="${slug(title)}"><h2>${title}</h2>${content}</section>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Exploration of ${escaped(source)}</title><style>${STYLE}</style></head>
<body><header><h1>Exploration of ${escaped(source)}</h1>
<p>${e.rows} labelled visits of ${e.bySite.sites} sites. Groups of fewer than ${LEAST_SHOWN} visits are not drawn. Inputs only; nothing here was used to choose a model on the test split.</p>
<nav>${links}</nav>${legend()}</header><main>${body.join('\n')}</main></body></html>
`;
}

function slug(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}

function legend(): string {
  const items = CLASS_NAMES.map(
    (name, c) =>
      `<li><svg width="14" height="14" aria-hidden="true"><rect class="fill c${c}" width="14" height="14" rx="3"/></svg>${name}</li>`,
  );
  return `<ul class="legend">${items.join('')}</ul>`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = header.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('');
  const body = rows.map(
    ([first = '', ...rest]) =>
      `<tr><th scope="row">${escaped(first)}</th>${rest.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function balance({ labels, rows }: Exploration): string {
  const counts = CATEGORIES.map((_, c) => labels.reduce((n, label) => n + (label === c ? 1 : 0), 0));
  return barChart(
    'Visits by category',
    counts.map((value, tone) => ({
      name: CLASS_NAMES[tone] ?? '',
      value,
      tone,
      told: `${value} (${percent(value / rows)})`,
    })),
  );
}

function distributions(e: Exploration): string {
  const charts = e.numbers.map(({ name, column }, k) => {
    const [least = 0, , , , high = 1] = e.summaries[k]?.quantiles ?? [];
    const values = [...column];
    const isWhole = values.every((value) => Number.isInteger(value) || Number.isNaN(value));
    // A quantile may fall between two whole numbers.
    const low = isWhole ? Math.floor(least) : least;
    const bins = isWhole ? wholeBins(low, high) : DENSITY_BINS;
    const end = isWhole ? high + 1 : high;
    const series = CATEGORIES.map((_, c) => {
      const own = values.filter((_value, i) => e.labels[i] === c);
      return shares(own, low, end, bins);
    });
    return densityChart(name, [low, high], series);
  });
  const rows = e.summaries.map(({ name, known, missing, mean, deviation, quantiles, skewness }) => [
    name,
    String(known),
    percent(missing / (known + missing)),
    ...[mean, deviation, ...quantiles, skewness].map((value) => String(Number(value.toPrecision(3)))),
  ]);
  const header = ['number', 'known', 'missing', 'mean', 'deviation', '1 %', '25 %', '50 %', '75 %', '99 %', 'skewness'];
  return `<p>Share of each category's visits from the 1st to the 99th percentile; what lies beyond counts at the ends.</p><div class="grid">${charts.join('')}</div>${table(header, rows)}`;
}

/** Whole numbers fall into bins of whole numbers: other bins would catch now two of them, now three. */
function wholeBins(low: number, high: number): number {
  const range = high - low + 1;
  return Math.max(1, Math.ceil(range / Math.ceil(range / DENSITY_BINS)));
}

function shares(values: readonly number[], low: number, high: number, bins: number): readonly number[] {
  const known = values.filter((value) => !Number.isNaN(value));
  const counts = new Array<number>(bins).fill(0);
  if (known.length < LEAST_SHOWN) return counts;
  for (const value of known) {
    const k = Math.min(bins - 1, Math.max(0, Math.floor(((value - low) / (high - low || 1)) * bins)));
    counts[k] = (counts[k] ?? 0) + 1;
  }
  return counts.map((count) => count / known.length);
}

function gaps({ missing }: Exploration): string {
  const rows = missing.map(({ name, share, byCategory }) => [
    name,
    percent(share),
    ...byCategory.map((value) => percent(value)),
  ]);
  return table(['input', 'not recorded', ...CLASS_NAMES], rows);
}

function correlations(e: Exploration): string {
  const names = e.numbers.map(({ name }) => name);
  return (
    heatMap('Pearson, numbers', names, e.pearson) +
    heatMap('Spearman (ranks), numbers', names, e.spearman) +
    heatMap("Cramér's V, categories and truth values (not recorded is a group of its own)", e.truthNames, e.cramersV)
  );
}

function importance({ importance: found }: Exploration): string {
  const bars = found.slice(0, MOST_BARS).map(({ name, bits }) => ({ name, value: bits, told: bits.toFixed(4) }));
  return `<p>Mutual information with the category, in bits, each input by itself; numbers cut into ten parts, “not recorded” a part of its own, corrected for finite counts.</p>${barChart(`The ${bars.length} that tell most`, bars)}`;
}

function symptoms({ symptoms: found }: Exploration): string {
  const rows = found
    .slice(0, MOST_SYMPTOM_ROWS)
    .map(({ name, rows: n, byCategory }) => [name, String(n), ...byCategory.map((share) => percent(share, 0))]);
  return table(['symptom group', 'visits', ...CLASS_NAMES], rows);
}

function projections({ pca, lda, labels }: Exploration): string {
  const block = (title: string, told: string, projection: Projection): string => {
    const maps = densityMaps(title, projection.points, labels, CLASS_NAMES, LEAST_SHOWN);
    const greatest = projection.loadings
      .toSorted((a, b) => Math.hypot(b[1], b[2]) - Math.hypot(a[1], a[2]))
      .slice(0, MOST_LOADINGS);
    const rows = greatest.map(([name, first, second]) => [name, first.toFixed(2), second.toFixed(2)]);
    const note = `The cross is the mean; cells of fewer than ${LEAST_SHOWN} visits stay empty.`;
    const explained = projection.explained.map((share) => percent(share)).join(' and ');
    return `<h3>${title}</h3><p>${told} Axes hold ${explained}. ${note}</p>${maps}${table(['weight of', 'first axis', 'second axis'], rows)}`;
  };
  return (
    block('Principal components of the numbers', 'Standardised, gaps at the mean; no category was used.', pca) +
    block(
      'Linear discriminants of numbers, sex and symptoms',
      'Directions that separate the categories best; fitted on these very visits, so they flatter.',
      lda,
    )
  );
}

function bySite({ bySite: { sites, counted, spreads } }: Exploration): string {
  const short = (value: number | undefined): string =>
    value === undefined || Number.isNaN(value) ? '–' : String(Number(value.toPrecision(3)));
  const rows = spreads.map(({ name, values }) => [
    name,
    short(values[0]),
    short(values[2]),
    short(values[4]),
    boxLine(values),
  ]);
  return `<p>${sites} sites, ${counted} of them with 30 visits or more, which are compared here.</p>${table(['figure', 'least', 'middle', 'most', 'spread over sites'], rows)}`;
}

function byYear({ byYear: years, numbers }: Exploration): string {
  const rows = years.map(({ year, rows: n, shares: mix, means }) => [
    year,
    String(n),
    ...mix.map((share) => percent(share)),
    ...means.map((mean) => (Number.isNaN(mean) ? '–' : mean.toFixed(1))),
  ]);
  const note = years.length < 2 ? '<p>One year only: nothing can be said about change.</p>' : '';
  return `${note}${table(['year', 'visits', ...CLASS_NAMES, ...numbers.map(({ name }) => `mean ${name}`)], rows)}`;
}
