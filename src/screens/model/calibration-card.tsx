import type { SplitEvaluation } from '#domain/model/manifest.ts';
import { formatCount, formatNumber } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';
import { Tag } from '#ui/tag.tsx';
import surface from '../surface.module.css';
import { reliabilityPoints, type ReliabilityPoint } from './model-figures.ts';
import styles from './model-screen.module.css';
import { ReliabilityChart } from './reliability-chart.tsx';

interface CalibrationCardProps {
  readonly bins: SplitEvaluation['reliability'];
  /** Expected calibration error, a share. */
  readonly calibrationError: number;
}

/** Whether "70 %" comes true 70 times in 100. */
export function CalibrationCard({ bins, calibrationError }: CalibrationCardProps) {
  const points = reliabilityPoints(bins);
  const error = formatNumber(calibrationError * 100, 1);
  return (
    <section className="v-card">
      <div className="v-card-head">
        <h2>{m.model_calibration()}</h2>
        <Tag>{m.model_calibration_error({ points: error })}</Tag>
      </div>
      <ReliabilityChart
        points={points}
        name={m.model_calibration_name({ bins: formatCount(points.length), points: error })}
      />
      <p className={styles['caption']}>{m.model_calibration_band()}</p>
      <details className={styles['asTable']}>
        <summary>{m.model_as_table()}</summary>
        <ReliabilityTable points={points} />
      </details>
    </section>
  );
}

function ReliabilityTable({ points }: { readonly points: readonly ReliabilityPoint[] }) {
  const percent = (share: number): string => formatNumber(share * 100, 1);
  return (
    <table className={surface['table']}>
      <thead>
        <tr>
          <th>{m.model_axis_predicted()}</th>
          <th>{m.model_axis_observed()}</th>
          <th>{m.model_col_interval()}</th>
          <th>{m.model_col_rows()}</th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={point.confidence}>
            <th scope="row">{percent(point.confidence)}</th>
            <td>{percent(point.accuracy)}</td>
            <td>
              {percent(point.low)}–{percent(point.high)}
            </td>
            <td>{formatCount(point.rows)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
