import type { ShownForecast } from '#domain/records/record.ts';
import { m } from '#i18n/generated/messages.js';

const UNAVAILABLE = {
  loading: m.forecast_unavailable_loading,
  missing: m.forecast_unavailable_missing,
  malformed: m.forecast_unavailable_malformed,
  'hash-mismatch': m.forecast_unavailable_hash_mismatch,
  'self-test-failed': m.forecast_unavailable_self_test_failed,
  incompatible: m.forecast_unavailable_incompatible,
  failed: m.forecast_unavailable_failed,
};

const SILENT = {
  'too-little': [m.forecast_too_little, m.forecast_too_little_help],
  'under-one-year': [m.forecast_under_one_year, m.forecast_under_one_year_help],
  pregnancy: [m.forecast_pregnancy, m.forecast_pregnancy_help],
} as const;

/** Why there is no forecast: a title and a sentence. */
export function forecastNote(shown: Exclude<ShownForecast, { status: 'given' }>): {
  readonly title: string;
  readonly text: string;
} {
  if (shown.status === 'silent') {
    const [title, text] = SILENT[shown.reason];
    return { title: title(), text: text() };
  }
  if (shown.reason === 'loading') return { title: m.forecast_loading(), text: m.forecast_unavailable_loading() };
  return { title: m.forecast_unavailable(), text: UNAVAILABLE[shown.reason]() };
}
