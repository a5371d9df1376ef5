import { CategoryGlyph } from '#ui/category-glyph.tsx';
import { formatNumber } from '#i18n/format.ts';
import type { ConfusionRow } from './model-figures.ts';
import { categoryShortName, GLYPH_OF } from '../category-names.ts';
import styles from './model-screen.module.css';

const LABEL_WIDTH = 104;
const CELL = 42;
const HEAD = 30;
const GAP = 4;

interface ConfusionChartProps {
  readonly rows: readonly ConfusionRow[];
  /** What the drawing shows, as a sentence. */
  readonly name: string;
}

/** Rows are the true category; each cell says and shades its per cent of the row. */
export function ConfusionChart({ rows, name }: ConfusionChartProps) {
  const width = LABEL_WIDTH + rows.length * CELL;
  const height = HEAD + rows.length * CELL;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className={styles['chart']} role="img" aria-label={name}>
      {rows.map(({ truth, cells }, row) => {
        const top = HEAD + row * CELL;
        return (
          <g key={truth}>
            <Glyph category={truth} x={LABEL_WIDTH + row * CELL + (CELL - GAP) / 2 - 9} y={4} />
            <Glyph category={truth} x={0} y={top + CELL / 2 - 11} />
            <text x={24} y={top + CELL / 2 + 2}>
              {categoryShortName(truth)}
            </text>
            {cells.map((cell, column) => (
              <Cell key={cell.predicted} x={LABEL_WIDTH + column * CELL} y={top} share={cell.share} />
            ))}
          </g>
        );
      })}
    </svg>
  );
}

function Cell({ x, y, share }: { readonly x: number; readonly y: number; readonly share: number }) {
  const size = CELL - GAP;
  // The darkest shade is used from 50 % on, with light ink; between there is none that both inks are hard to read on.
  const isStrong = share >= 0.5;
  const strength = isStrong ? 100 : Math.round(share * 60);
  return (
    <g>
      <rect
        x={x}
        y={y}
        width={size}
        height={size}
        rx={7}
        fill={`color-mix(in srgb, var(--v-action) ${strength}%, var(--v-surface-2))`}
        stroke="var(--v-line)"
      />
      <text
        x={x + size / 2}
        y={y + size / 2 + 4}
        textAnchor="middle"
        style={{ fill: isStrong ? 'var(--v-text-on-fill)' : 'var(--v-text)', fontWeight: isStrong ? 680 : 400 }}
      >
        {formatNumber(share * 100)}
      </text>
    </g>
  );
}

function Glyph({
  category,
  x,
  y,
}: {
  readonly category: ConfusionRow['truth'];
  readonly x: number;
  readonly y: number;
}) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <CategoryGlyph shape={GLYPH_OF[category]} size={18} />
    </g>
  );
}
