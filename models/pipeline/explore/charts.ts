import { CATEGORIES } from '#domain/categories.ts';

/** Charts as inline SVG. Colours come from the page's style sheet, so that light and dark both work. */

const WIDTH = 340;
const HEIGHT = 170;
const MARGIN = { left: 8, right: 8, top: 8, bottom: 22 } as const;

/** Escapes text for HTML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export function percent(share: number, digits = 1): string {
  return Number.isNaN(share) ? '–' : `${(share * 100).toFixed(digits)} %`;
}

/** One line per category: the share of its visits in each of the bins between `low` and `high`. */
export function densityChart(
  title: string,
  edges: readonly [low: number, high: number],
  series: readonly (readonly number[])[],
): string {
  const most = Math.max(...series.flat(), 1e-9);
  const bins = series[0]?.length ?? 1;
  const x = (k: number): number => MARGIN.left + ((k + 0.5) / bins) * (WIDTH - MARGIN.left - MARGIN.right);
  const y = (share: number): number => HEIGHT - MARGIN.bottom - (share / most) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const lines = series.map((shares, c) => {
    const points = shares.map((share, k) => `${x(k).toFixed(1)},${y(share).toFixed(1)}`).join(' ');
    return `<polyline class="line c${c}" points="${points}"/>`;
  });
  const [low, high] = edges;
  const ticks = [low, (low + high) / 2, high].map((value, k) => {
    const anchor = ['start', 'middle', 'end'][k];
    const at = MARGIN.left + (k / 2) * (WIDTH - MARGIN.left - MARGIN.right);
    return `<text x="${at}" y="${HEIGHT - 6}" text-anchor="${anchor}">${Number(value.toPrecision(3))}</text>`;
  });
  return figure(title, WIDTH, HEIGHT, `${axis()}${lines.join('')}${ticks.join('')}`);
}

function axis(): string {
  const y = HEIGHT - MARGIN.bottom;
  return `<line class="axis" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y}" y2="${y}"/>`;
}

/** Bars with their name before and their value behind. */
export function barChart(
  title: string,
  bars: readonly { readonly name: string; readonly value: number; readonly told: string; readonly tone?: number }[],
): string {
  const [row, names, values] = [20, 190, 110];
  const width = 600;
  const most = Math.max(...bars.map(({ value }) => value), 1e-9);
  const lines = bars.map(({ name, value, told, tone = 1 }, i) => {
    const length = (value / most) * (width - names - values);
    const y = i * row;
    return (
      `<text x="${names - 6}" y="${y + 14}" text-anchor="end">${escaped(name)}</text>` +
      `<rect class="fill c${tone}" x="${names}" y="${y + 3}" width="${length.toFixed(1)}" height="${row - 6}" rx="2"/>` +
      `<text x="${(names + length + 5).toFixed(1)}" y="${y + 14}">${escaped(told)}</text>`
    );
  });
  return figure(title, width, bars.length * row + 4, lines.join(''));
}

/** Cells from −1 to 1 (or 0 to 1), with the value in each and in its tooltip. */
export function heatMap(title: string, names: readonly string[], values: readonly (readonly number[])[]): string {
  const [cell, left, top] = [names.length > 14 ? 24 : 44, 150, 120];
  const squares = values.flatMap((row, i) =>
    row.map((value, j) => {
      const [x, y] = [left + j * cell, top + i * cell];
      if (Number.isNaN(value)) return `<rect class="none" x="${x}" y="${y}" width="${cell - 1}" height="${cell - 1}"/>`;
      const told = value.toFixed(2).replace('0.', '.').replace('-.', '−.');
      const label =
        cell > 30 || Math.abs(value) >= 0.1
          ? `<text class="cell" x="${x + cell / 2}" y="${y + cell / 2 + 3}">${told}</text>`
          : '';
      const tip = `<title>${escaped(names[i] ?? '')} × ${escaped(names[j] ?? '')}: ${value.toFixed(3)}</title>`;
      const tone = value < 0 ? 'negative' : 'positive';
      return `<g>${tip}<rect class="${tone}" fill-opacity="${Math.min(1, Math.abs(value)).toFixed(2)}" x="${x}" y="${y}" width="${cell - 1}" height="${cell - 1}"/>${label}</g>`;
    }),
  );
  const sides = names.map((name, i) => {
    const middle = i * cell + cell / 2;
    return (
      `<text x="${left - 6}" y="${top + middle + 4}" text-anchor="end">${escaped(name)}</text>` +
      `<text transform="translate(${left + middle + 4} ${top - 6}) rotate(-55)">${escaped(name)}</text>`
    );
  });
  // Slanted names stand out to the right of the last column.
  return figure(
    title,
    left + names.length * cell + 90,
    top + names.length * cell + 2,
    `${squares.join('')}${sides.join('')}`,
  );
}

/** Where the visits of each category lie on two axes, as densities: single visits are never drawn. */
export function densityMaps(
  title: string,
  points: readonly (readonly [number, number])[],
  labels: ArrayLike<number>,
  names: readonly string[],
  least: number,
): string {
  const [side, cells, gap] = [150, 18, 14];
  const range = (k: 0 | 1): readonly [number, number] => {
    const sorted = points.map((point) => point[k]).sort((a, b) => a - b);
    const at = (q: number): number => sorted[Math.round(q * (sorted.length - 1))] ?? 0;
    return [at(0.005), at(0.995)];
  };
  const [xs, ys] = [range(0), range(1)];
  const cellOf = (value: number, [low, high]: readonly [number, number]): number =>
    Math.min(cells - 1, Math.max(0, Math.floor(((value - low) / (high - low || 1)) * cells)));
  const panels = CATEGORIES.map((_, c) => {
    const counts = new Uint32Array(cells * cells);
    for (const [i, [px, py]] of points.entries())
      if (labels[i] === c) {
        const at = cellOf(py, ys) * cells + cellOf(px, xs);
        counts[at] = (counts[at] ?? 0) + 1;
      }
    const most = Math.max(...counts, 1);
    const size = side / cells;
    const left = c * (side + gap);
    const drawn = Array.from(counts, (count, at) => {
      if (count < least) return '';
      const [x, y] = [left + (at % cells) * size, side - (Math.floor(at / cells) + 1) * size];
      return `<rect class="fill c${c}" fill-opacity="${(0.12 + 0.88 * Math.sqrt(count / most)).toFixed(2)}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${(size - 0.4).toFixed(1)}" height="${(size - 0.4).toFixed(1)}"/>`;
    });
    const own = points.filter((_, i) => labels[i] === c);
    const centre = (k: 0 | 1, [low, high]: readonly [number, number]): number =>
      ((own.reduce((sum, point) => sum + point[k], 0) / own.length - low) / (high - low || 1)) * side;
    const mark = own.length < least ? '' : cross(left + centre(0, xs), side - centre(1, ys));
    return `<rect class="frame" x="${left}" y="0" width="${side}" height="${side}"/>${drawn.join('')}${mark}<text x="${left + side / 2}" y="${side + 16}" text-anchor="middle">${escaped(names[c] ?? '')}</text>`;
  });
  return figure(title, CATEGORIES.length * (side + gap), side + 22, panels.join(''));
}

function cross(x: number, y: number): string {
  return `<path class="mark" d="M${(x - 6).toFixed(1)} ${y.toFixed(1)}h12M${x.toFixed(1)} ${(y - 6).toFixed(1)}v12"/>`;
}

/** Least, quarters and most of a figure over the sites, as a box with whiskers. */
export function boxLine(values: readonly number[]): string {
  const [least = 0, low = 0, middle = 0, high = 0, most = 0] = values;
  const [width, height] = [220, 18];
  const x = (value: number): string => (4 + ((value - least) / (most - least || 1)) * (width - 8)).toFixed(1);
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true"><line class="axis" x1="${x(least)}" x2="${x(most)}" y1="9" y2="9"/><rect class="fill c1" x="${x(low)}" y="3" width="${(Number(x(high)) - Number(x(low))).toFixed(1)}" height="12" rx="2"/><line class="mark" x1="${x(middle)}" x2="${x(middle)}" y1="1" y2="17"/></svg>`;
}

function figure(title: string, width: number, height: number, content: string): string {
  return `<figure><figcaption>${escaped(title)}</figcaption><svg viewBox="0 0 ${width} ${height}" style="max-width:${width}px" role="img" aria-label="${escaped(title)}">${content}</svg></figure>`;
}
