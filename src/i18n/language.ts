import { getLocale, locales, overwriteGetLocale } from './generated/runtime.js';

export type Language = (typeof locales)[number];

let current: Language = 'es';
overwriteGetLocale(() => current);

/** Sets the language of every message and format from now on. Called while rendering, above everything with text. */
export function setLanguage(language: Language): void {
  current = language;
}

/** BCP 47 tag for `Intl`: Spanish as written in Colombia (decimal comma), English with day before month. */
export function formatLocale(): string {
  return getLocale() === 'es' ? 'es-CO' : 'en-GB';
}
