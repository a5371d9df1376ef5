import { m } from '#i18n/generated/messages.js';

/** "68 %"; never certain: "<1 %" and ">99 %". */
export function percentText(percent: number): string {
  if (percent <= 0) return m.percent_below_one();
  return percent >= 100 ? m.percent_above_99() : m.percent_whole({ value: percent });
}

/** "68 por ciento", for screen readers. */
export function spokenPercent(percent: number): string {
  if (percent <= 0) return m.forecast_spoken_below_one();
  return percent >= 100 ? m.forecast_spoken_above_99() : m.forecast_spoken_percent({ value: percent });
}
