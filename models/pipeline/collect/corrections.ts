import type { VitalId } from '#domain/form/vitals.ts';

type Vitals = Readonly<Partial<Record<VitalId, number>>>;

export interface Correction {
  readonly reason: 'fahrenheit-temperature' | 'swapped-pressures';
  readonly detail: string;
}

export interface Corrected {
  readonly vitals: Vitals;
  readonly corrections: readonly Correction[];
}

/** 86–113 °F are 30–45 °C: what a living body can have. No °C of a living body lies there. */
const FAHRENHEIT = [86, 113] as const;
/** 34–42 °C: what one sees. */
const USUAL_FAHRENHEIT = [93.2, 107.6] as const;
const SWAPPED_SYSTOLIC = [60, 260] as const;
const SWAPPED_DIASTOLIC = [30, 140] as const;
const PULSE_PRESSURES = [10, 130] as const;

const isIn = (value: number, [low, high]: readonly [number, number]): boolean => value >= low && value <= high;

/** Whether a column of temperatures is in °F: most of what is known of it. */
export function isFahrenheitColumn(temperatures: readonly number[]): boolean {
  const inFahrenheit = temperatures.filter((t) => isIn(t, FAHRENHEIT)).length;
  return inFahrenheit * 2 > temperatures.length;
}

/**
 * Puts right what can only have been one slip. A temperature in °F: by the column's majority; in a column of °C only a
 * usual one with a decimal that is not the saturation of that line, because 98 may as well be a saturation in the wrong
 * cell. Pressures the wrong way round: when the other way round both are usual. The rest is left to be refused.
 */
export function correctVitals(vitals: Vitals, isFahrenheit: boolean): Corrected {
  const corrections: Correction[] = [];
  const fixed: Partial<Record<VitalId, number>> = { ...vitals };
  const { temp_c: t, sbp_mmhg: sbp, dbp_mmhg: dbp } = vitals;
  if (t !== undefined && isSlip(t, vitals.spo2_pct, isFahrenheit)) {
    fixed.temp_c = Math.round(((t - 32) / 1.8) * 10) / 10;
    corrections.push({ reason: 'fahrenheit-temperature', detail: `temp_c: ${t} °F is ${fixed.temp_c} °C` });
  }
  if (sbp !== undefined && dbp !== undefined && areSwapped(sbp, dbp)) {
    [fixed.sbp_mmhg, fixed.dbp_mmhg] = [dbp, sbp];
    corrections.push({ reason: 'swapped-pressures', detail: `${sbp}/${dbp} is ${dbp}/${sbp}` });
  }
  return { vitals: fixed, corrections };
}

function isSlip(t: number, saturation: number | undefined, isFahrenheit: boolean): boolean {
  if (isFahrenheit) return isIn(t, FAHRENHEIT);
  return isIn(t, USUAL_FAHRENHEIT) && !Number.isInteger(t) && t !== saturation;
}

function areSwapped(sbp: number, dbp: number): boolean {
  return isIn(dbp, SWAPPED_SYSTOLIC) && isIn(sbp, SWAPPED_DIASTOLIC) && isIn(dbp - sbp, PULSE_PRESSURES);
}
