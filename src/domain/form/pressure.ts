/**
 * Splits a blood pressure written as one, "120/80", into the two texts.
 * The diastolic is empty while only "120/" has been written.
 * @returns `undefined` when the text is not a pair
 */
export function splitPressure(text: string): { readonly systolic: string; readonly diastolic: string } | undefined {
  const [, systolic, diastolic = ''] = /^\s*(\d{2,3})\s*[/\\-]\s*(\d{0,3})\s*(?:mm\s?hg)?\s*$/i.exec(text) ?? [];
  return systolic === undefined ? undefined : { systolic, diastolic };
}
