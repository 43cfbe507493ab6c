/**
 * Elementary functions from + - * / and square root alone, which IEEE 754 rounds exactly. Math.log and Math.exp may differ
 * in the last bit between engines, and a table built from them would then differ between machines; these do not.
 * Accurate to about 1e-15 relative, which is finer than any table here needs.
 */
const LN2 = 0.6931471805599453;
const SQRT_HALF = 0.7071067811865476;

/** Natural logarithm of a positive number, by the series of artanh((m - 1) / (m + 1)) after scaling by powers of two. */
export function ln(value: number): number {
  let m = value;
  let exponent = 0;
  while (m >= SQRT_HALF * 2) {
    m /= 2;
    exponent++;
  }
  while (m < SQRT_HALF) {
    m *= 2;
    exponent--;
  }
  const t = (m - 1) / (m + 1);
  const square = t * t;
  let power = t;
  let sum = 0;
  for (let k = 1; k <= 41; k += 2) {
    sum += power / k;
    power *= square;
  }
  return 2 * sum + exponent * LN2;
}

/** e to a power, by its series after halving the argument into [-ln2/2, ln2/2]. */
export function exp(value: number): number {
  const exponent = Math.floor(value / LN2 + 0.5);
  const rest = value - exponent * LN2;
  let term = 1;
  let sum = 1;
  for (let k = 1; k <= 22; k++) {
    term = (term * rest) / k;
    sum += term;
  }
  let result = sum;
  for (let i = 0; i < Math.abs(exponent); i++) result = exponent > 0 ? result * 2 : result / 2;
  return result;
}

/** base to a power, for positive bases. */
export const pow = (base: number, exponent: number): number => exp(exponent * ln(base));

/** sin(2π · turns), by its series: the same on every machine. */
export function sine(turns: number): number {
  const part = turns - Math.floor(turns);
  // Folded to a quarter turn on either side of zero, where the series is short.
  const folded = part > 0.75 ? part - 1 : part > 0.25 ? 0.5 - part : part;
  const x = folded * 6.283185307179586;
  let term = x;
  let sum = x;
  for (let n = 1; n < 12; n++) {
    term = (-term * x * x) / (2 * n * (2 * n + 1));
    sum += term;
  }
  return sum;
}
