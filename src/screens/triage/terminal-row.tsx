import { m } from '#i18n/generated/messages.js';
import { CategoryGlyph } from '#ui/category-glyph.tsx';
import { percentText } from '../percent-text.ts';

/** Terminal as a risk beside the classes: grey, never red. */
export function TerminalRow({ percent, isRaised }: { readonly percent: number; readonly isRaised: boolean }) {
  const value = { percent: percentText(percent) };
  return (
    <p className="v-terminal-row">
      <CategoryGlyph shape="flag" size={18} />
      <span>{m.forecast_terminal_row()}</span>
      <strong className="v-num">{isRaised ? m.forecast_terminal_high(value) : m.forecast_terminal_low(value)}</strong>
    </p>
  );
}
