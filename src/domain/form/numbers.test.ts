import fc from 'fast-check';
import { expect, test } from 'vitest';
import { celsiusToFahrenheit, fahrenheitToCelsius, parseTypedNumber, roundTo } from './numbers.ts';

test.each([
  ['38,4', 38.4],
  ['38.4', 38.4],
  [' 72 ', 72],
  ['+5', 5],
  ['-3', -3],
  [',5', 0.5],
  ['38,', 38],
])('%s is read as %d', (text, number) => {
  expect(parseTypedNumber(text)).toBe(number);
});

test.each(['', ' ', ',', '.', '-', '1.200,5', '1,2,3', '1e3', '0x1f', 'Infinity', 'NaN', '12a', '１２', '1 2'])(
  '"%s" is not a number',
  (text) => {
    expect(parseTypedNumber(text)).toBeUndefined();
  },
);

test('comma and point read alike', () => {
  fc.assert(
    fc.property(fc.integer({ min: -9999, max: 9999 }), fc.nat(99), (whole, part) => {
      expect(parseTypedNumber(`${whole},${part}`)).toBe(parseTypedNumber(`${whole}.${part}`));
    }),
  );
});

test.each([
  [38.25, 1, 38.3],
  [-38.25, 1, -38.3],
  [1.005, 2, 1.01],
  [36.65, 1, 36.7],
  [0.5, 0, 1],
  [37, 1, 37],
  [0, 1, 0],
])('%d with %d decimals is %d', (value, decimals, expected) => {
  expect(roundTo(value, decimals)).toBe(expected);
});

test('rounding is never further than half a step and settles at once', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1000, max: 1000, noNaN: true }),
      fc.integer({ min: 0, max: 3 }),
      (value, decimals) => {
        const rounded = roundTo(value, decimals);
        expect(Math.abs(rounded - value)).toBeLessThanOrEqual(0.5 / 10 ** decimals + 1e-9);
        expect(roundTo(rounded, decimals)).toBe(rounded);
      },
    ),
  );
});

test('Fahrenheit and Celsius are each other’s way back, to the tenth', () => {
  expect(fahrenheitToCelsius(212)).toBe(100);
  expect(celsiusToFahrenheit(37)).toBeCloseTo(98.6, 10);
  fc.assert(
    fc.property(fc.integer({ min: 250, max: 450 }), (tenths) => {
      const celsius = tenths / 10;
      expect(roundTo(fahrenheitToCelsius(celsiusToFahrenheit(celsius)), 1)).toBe(celsius);
    }),
  );
});
