import { m } from '#i18n/generated/messages.js';
import type { ReliabilityPoint } from './model-figures.ts';
import styles from './model-screen.module.css';

/** Plot area inside a 236 × 226 drawing. */
const LEFT = 40;
const RIGHT = 220;
const TOP = 10;
const BOTTOM = 190;
const GRID = [0, 0.5, 1] as const;

const x = (share: number): number => LEFT + share * (RIGHT - LEFT);
const y = (share: number): number => BOTTOM - share * (BOTTOM - TOP);
const line = (points: readonly (readonly [number, number])[]): string =>
  points.map(([px, py], index) => `${index === 0 ? 'M' : 'L'}${px.toFixed(1)},${py.toFixed(1)}`).join(' ');

interface ReliabilityChartProps {
  readonly points: readonly ReliabilityPoint[];
  /** What the drawing shows, as a sentence. */
  readonly name: string;
}

/** Observed against predicted, with the 95 % band and the line of perfect agreement. */
export function ReliabilityChart({ points, name }: ReliabilityChartProps) {
  const upper = points.map((p) => [x(p.confidence), y(p.high)] as const);
  const lower = points.map((p) => [x(p.confidence), y(p.low)] as const);
  return (
    <svg viewBox="0 0 236 226" className={styles['chart']} role="img" aria-label={name}>
      {GRID.map((share) => (
        <g key={share}>
          <path d={`M${LEFT},${y(share)}H${RIGHT}`} stroke="var(--v-line)" />
          <text x={LEFT - 6} y={y(share) + 4} textAnchor="end">
            {share * 100}
          </text>
          <text x={x(share)} y={BOTTOM + 16} textAnchor="middle">
            {share * 100}
          </text>
        </g>
      ))}
      <path
        d={line([
          [x(0), y(0)],
          [x(1), y(1)],
        ])}
        stroke="var(--v-line-control)"
        strokeDasharray="4 4"
        fill="none"
      />
      {points.length > 1 && (
        <path d={`${line([...upper, ...lower.toReversed()])} Z`} fill="var(--v-petrol-4)" opacity={0.22} />
      )}
      <path
        d={line(points.map((p) => [x(p.confidence), y(p.accuracy)]))}
        stroke="var(--v-action)"
        strokeWidth={2.4}
        fill="none"
      />
      {points.map((p) => (
        <circle
          key={p.confidence}
          cx={x(p.confidence)}
          cy={y(p.accuracy)}
          r={3.4}
          fill="var(--v-surface)"
          stroke="var(--v-action)"
          strokeWidth={2}
        />
      ))}
      <text x={(LEFT + RIGHT) / 2} y={222} textAnchor="middle">
        {m.model_axis_predicted()}
      </text>
      <text transform="rotate(-90 10 100)" x={10} y={100} textAnchor="middle">
        {m.model_axis_observed()}
      </text>
    </svg>
  );
}
