import { Button } from '#ui/button.tsx';
import { IconChecks, IconEyeOff } from '@tabler/icons-react';
import { formatTime } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';
import { CategoryGlyph } from '#ui/category-glyph.tsx';
import { ageText } from '../age-text.ts';
import { categoryName, categoryTextColour, GLYPH_OF } from '../category-names.ts';
import { SyncBadge } from '../sync-badge.tsx';
import styles from './patient-section.module.css';
import type { PatientRow, RowForecast } from './worklist-view.ts';

/** The hour for today's rows, the number of days for the others. */
export function PatientTime({ row }: { readonly row: PatientRow }) {
  const text = row.daysAgo > 0 ? m.patients_days_ago({ days: row.daysAgo }) : formatTime(row.createdAt);
  return (
    <time dateTime={row.createdAt} className={styles['time']}>
      {text}
    </time>
  );
}

export function PatientDescription({ row }: { readonly row: PatientRow }) {
  return row.sex === undefined ? ageText(row.age) : `${ageText(row.age)} · ${row.sex}`;
}

/** What the row says about the forecast. A terminal class is told as a risk, never as a label in a list. */
export function RowForecastText({ forecast }: { readonly forecast: RowForecast }) {
  if (forecast.kind === 'hidden')
    return (
      <span className={`${styles['forecast']} ${styles['quiet']}`}>
        <IconEyeOff size={19} aria-hidden />
        {m.patients_hidden()}
      </span>
    );
  if (forecast.kind !== 'category')
    return (
      <span className={`${styles['forecast']} ${styles['quiet']}`}>
        {forecast.kind === 'inconclusive' ? m.patients_inconclusive() : m.patients_no_forecast()}
      </span>
    );
  const { category } = forecast;
  return (
    <span className={styles['forecast']} data-category={category} style={{ color: categoryTextColour(category) }}>
      <CategoryGlyph shape={GLYPH_OF[category]} size={20} />
      {category === 'terminal' ? m.patients_high_risk() : categoryName(category)}
    </span>
  );
}

/** Where the triage is, and its validation too when that is elsewhere. */
export function RowBadges({ row }: { readonly row: PatientRow }) {
  const other = row.validationDelivery;
  return (
    <span className={styles['badges']}>
      <SyncBadge delivery={row.delivery} />
      {other && other.state !== row.delivery.state && (
        <SyncBadge delivery={other} prefix={m.patients_validation_delivery()} />
      )}
    </span>
  );
}

interface RowActionProps {
  readonly row: PatientRow;
  readonly onValidate: (triageId: string) => void;
}

/** Validate what is pending; look again at what was validated. */
export function RowAction({ row, onValidate }: RowActionProps) {
  if (row.isPending)
    return (
      <Button className={styles['validate']} aria-describedby={codeId(row)} onClick={() => onValidate(row.id)}>
        {m.patients_validate()}
      </Button>
    );
  return (
    <span className={styles['actionCell']}>
      <span className={styles['done']}>
        <IconChecks size={18} aria-hidden />
        {m.patients_validated()}
      </span>
      <Button look="quiet" aria-describedby={codeId(row)} onClick={() => onValidate(row.id)}>
        {m.patients_review()}
      </Button>
    </span>
  );
}

/** Id of the element that shows the row's code, so that its button can be described by it. */
export function codeId(row: PatientRow): string {
  return `code-${row.id}`;
}
