import { IconUserQuestion } from '@tabler/icons-react';
import { type CSSProperties, type ReactNode, type Ref, useId } from 'react';
import { CATEGORIES } from '#domain/categories.ts';
import type { ValidationInputs } from '#domain/form/validation-form.ts';
import { m } from '#i18n/generated/messages.js';
import { CategoryGlyph } from '#ui/category-glyph.tsx';
import { categoryTitle, categoryColour, categoryTint, GLYPH_OF } from '../category-names.ts';
import styles from './validation.module.css';

type TrueCategory = ValidationInputs['trueCategory'];

interface CategoryChoiceProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly value: TrueCategory | undefined;
  /** Saving was tried without an answer. */
  readonly isMissing: boolean;
  readonly onChange: (category: TrueCategory) => void;
}

/** The five categories and "could not be known", as one group of large radio buttons; none is chosen beforehand. */
export function CategoryChoice({ ref, value, isMissing, onChange }: CategoryChoiceProps) {
  const id = useId();
  const showsError = isMissing && value === undefined;
  const option = (category: TrueCategory, mark: ReactNode, name: string, style: CSSProperties) => (
    <label key={category} className={styles['choice']} style={style} data-unknown={category === 'unknown' || undefined}>
      <input
        type="radio"
        className={styles['input']}
        name={`${id}-category`}
        value={category}
        checked={value === category}
        aria-describedby={showsError ? `${id}-error` : undefined}
        onChange={() => onChange(category)}
      />
      {mark}
      <span>{name}</span>
      <span className={styles['dot']} style={{ flex: 'none' }} aria-hidden />
    </label>
  );
  return (
    <section className="v-card">
      <div className="v-card-head">
        <h2 id={`${id}-title`}>{m.validation_category()}</h2>
        <span className="v-small v-muted">{m.validation_category_help()}</span>
      </div>
      <div
        ref={ref}
        role="radiogroup"
        aria-labelledby={`${id}-title`}
        aria-required
        aria-invalid={showsError}
        aria-describedby={showsError ? `${id}-error` : undefined}
        className={`${styles['choices']} ${showsError ? styles['missing'] : ''}`}
      >
        {CATEGORIES.map((category) =>
          option(category, <CategoryGlyph shape={GLYPH_OF[category]} size={24} />, categoryTitle(category), {
            '--mark': categoryColour(category),
            '--tint': categoryTint(category),
          } as CSSProperties),
        )}
        {option('unknown', <IconUserQuestion size={24} aria-hidden />, m.validation_unknown(), {})}
      </div>
      {showsError && (
        <p id={`${id}-error`} className={styles['error']} role="alert">
          {m.validation_category_missing()}
        </p>
      )}
    </section>
  );
}
