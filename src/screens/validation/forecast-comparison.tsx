import { IconCircleCheck, IconEyeOff, IconInfoCircle } from '@tabler/icons-react';
import { CATEGORIES, type Category, type PerCategory } from '#domain/categories.ts';
import { wholePercents } from '#domain/decision/percents.ts';
import type { ValidationInputs } from '#domain/form/validation-form.ts';
import type { TriageRecord } from '#domain/records/record.ts';
import { m } from '#i18n/generated/messages.js';
import { CategoryGlyph } from '#ui/category-glyph.tsx';
import { Notice } from '#ui/notice.tsx';
import { categoryTitle, categoryColour, GLYPH_OF } from '../category-names.ts';
import { percentText } from '../percent-text.ts';
import { type Agreement, compareWithForecast } from './agreement.ts';
import styles from './validation.module.css';

const AGREEMENTS = {
  agrees: { tone: 'ok', Icon: IconCircleCheck, text: m.validation_agrees },
  differs: { tone: 'info', Icon: IconInfoCircle, text: m.validation_differs },
  inconclusive: { tone: 'info', Icon: IconInfoCircle, text: m.validation_inconclusive },
  'no-forecast': { tone: 'info', Icon: IconInfoCircle, text: m.validation_no_forecast },
  'not-known': { tone: 'info', Icon: IconInfoCircle, text: m.validation_not_known },
} as const satisfies Record<Agreement, unknown>;

interface ForecastComparisonProps {
  readonly triage: TriageRecord;
  readonly truth: ValidationInputs['trueCategory'] | undefined;
}

/** What the model said at triage. Hidden until an answer is chosen: otherwise labels would copy the model. */
export function ForecastComparison({ triage, truth }: ForecastComparisonProps) {
  const { shown, model } = triage.body;
  const agreement = truth === undefined ? undefined : AGREEMENTS[compareWithForecast(truth, shown)];
  return (
    <section>
      <div role="status" className={styles['agreement']}>
        {agreement && (
          <Notice tone={agreement.tone} icon={<agreement.Icon size={22} />} title={`${agreement.text()}.`}>
            {m.validation_shown_now()}
          </Notice>
        )}
      </div>
      <h2>{m.validation_forecast()}</h2>
      {truth === undefined ? (
        <p className={styles['hiddenForecast']}>
          <IconEyeOff size={19} aria-hidden />
          {m.validation_forecast_hidden()}
        </p>
      ) : shown.status === 'given' ? (
        <Bars probabilities={shown.probabilities} />
      ) : (
        <p className="v-small v-muted">{m.patients_no_forecast()}</p>
      )}
      {truth !== undefined && model && (
        <p className="v-small v-muted">{m.forecast_model_version({ version: model.version })}</p>
      )}
    </section>
  );
}

function Bars({ probabilities }: { readonly probabilities: PerCategory }) {
  const percents = wholePercents(probabilities);
  const ordered = CATEGORIES.toSorted((a, b) => probabilities[b] - probabilities[a]);
  return (
    <ul className={styles['bars']}>
      {ordered.map((category: Category, index) => (
        <li key={category} className={styles['bar']} data-leading={index < 2}>
          <CategoryGlyph shape={GLYPH_OF[category]} size={20} />
          <span>{categoryTitle(category)}</span>
          <span>{percentText(percents[category])}</span>
          <span className={styles['track']} aria-hidden>
            <div style={{ width: `${probabilities[category] * 100}%`, background: categoryColour(category) }} />
          </span>
        </li>
      ))}
    </ul>
  );
}
