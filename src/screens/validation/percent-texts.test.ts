import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentTexts, wholePercents } from './percent-texts.ts';

test('whole per cents add up to 100 and stay within one of the exact value', () => {
  const weights = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(weights, (values) => {
      const sum = values.reduce((a, b) => a + b, 0);
      const shares = values.map((value) => value / sum);
      const percents = wholePercents(shares);
      expect(percents.reduce((a, b) => a + b, 0)).toBe(100);
      for (const [index, percent] of percents.entries())
        expect(Math.abs(percent - (shares[index] ?? 0) * 100)).toBeLessThan(1);
    }),
  );
});

test('neither certainty nor impossibility is claimed', () => {
  const texts = percentTexts({ no_enfermo: 0.996, leve: 0.004, aguda: 0, cronica: 0, terminal: 0 });
  expect(texts.no_enfermo).toMatch(/^>99\s%$/);
  expect(texts.terminal).toMatch(/^<1\s%$/);
});
