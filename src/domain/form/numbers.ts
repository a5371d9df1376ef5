/**
 * Reads a number typed with a decimal comma or point. No thousands separators: no field needs them, and "1.200"
 * would be ambiguous.
 * @returns the number, or `undefined` when the text is not one.
 */
export function parseTypedNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/.test(trimmed)) return undefined;
  return Number(trimmed.replace(',', '.'));
}

export function fahrenheitToCelsius(fahrenheit: number): number {
  return ((fahrenheit - 32) * 5) / 9;
}

export function celsiusToFahrenheit(celsius: number): number {
  return (celsius * 9) / 5 + 32;
}

/** Rounds half away from zero on the decimal value, so 38.25 °C is 38.3 whatever its binary neighbour. */
export function roundTo(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return (Math.sign(value) * Math.round(Math.abs(value) * factor * (1 + Number.EPSILON))) / factor;
}
