/**
 * Probability of a chi-square at least this large by chance: the upper incomplete gamma function Q(df / 2, x / 2), by its
 * series below and its continued fraction above the bend (Numerical Recipes, 6.2).
 */
export function chiSquareTail(x: number, degrees: number): number {
  if (degrees <= 0 || x <= 0) return 1;
  const [a, t] = [degrees / 2, x / 2];
  const scale = Math.exp(-t + a * Math.log(t) - logGamma(a));
  return t < a + 1 ? 1 - scale * series(a, t) : scale * fraction(a, t);
}

function series(a: number, t: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < 500 && term > sum * 1e-14; n += 1) {
    term *= t / (a + n);
    sum += term;
  }
  return sum;
}

function fraction(a: number, t: number): number {
  let b = t + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 500; n += 1) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b || 1e-300);
    c = b + an / c || 1e-300;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return h;
}

/** Stirling's series far from zero, brought there by the recurrence; good to twelve digits. */
function logGamma(x: number): number {
  let [far, steps] = [x, 0];
  for (; far < 10; far += 1) steps += Math.log(far);
  const tail = 1 / (12 * far) - 1 / (360 * far ** 3) + 1 / (1260 * far ** 5);
  return (far - 0.5) * Math.log(far) - far + Math.log(2 * Math.PI) / 2 + tail - steps;
}

/** Probability of a standard normal at least this far above zero. */
export function normalTail(z: number): number {
  const half = chiSquareTail(z * z, 1) / 2;
  return z >= 0 ? half : 1 - half;
}

/** Two-sided, of the difference between two shares. */
export function shareDifferenceTail(a: number, rowsA: number, b: number, rowsB: number): number {
  const pooled = (a * rowsA + b * rowsB) / (rowsA + rowsB);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / rowsA + 1 / rowsB));
  return error > 0 ? 2 * normalTail(Math.abs(a - b) / error) : 1;
}

/** Probability of a Kolmogorov–Smirnov distance at least this large, for two samples (asymptotic). */
export function kolmogorovTail(distance: number, rowsA: number, rowsB: number): number {
  const root = Math.sqrt((rowsA * rowsB) / (rowsA + rowsB));
  const lambda = (root + 0.12 + 0.11 / root) * distance;
  if (lambda < 0.3) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k += 1) sum += 2 * (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * lambda * lambda);
  return Math.min(1, Math.max(0, sum));
}
