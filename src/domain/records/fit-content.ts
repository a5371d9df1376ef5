import { MAX_AUTHOR_LENGTH, type RecordContent } from './record.ts';

/**
 * The content as it can travel and be sealed. Half a character (a lone surrogate, as a keyboard or a cut text may leave)
 * has no UTF-8 and so no hash: it becomes U+FFFD. Names of site and user are cut to what a record carries: an entry in
 * the settings must never keep a patient from being recorded.
 */
export function fitContent(content: RecordContent): RecordContent {
  const fit: RecordContent = JSON.parse(JSON.stringify(content), (_key, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  );
  return { ...fit, siteId: fitAuthor(fit.siteId), userId: fitAuthor(fit.userId) };
}

function fitAuthor(name: string): string {
  return name.slice(0, MAX_AUTHOR_LENGTH).toWellFormed();
}
