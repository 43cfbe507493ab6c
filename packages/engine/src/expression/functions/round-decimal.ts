/**
 * Rounds to `places` decimals (negative: tens, hundreds), halves away from zero, by the decimal that is written for the
 * number: 1.005 to two places is 1.01, although the nearest double lies below 1.005.
 */
export function roundDecimal(number: number, places: number): number {
  if (places < -308) return 0;
  const power = Number(`1e${Math.min(Math.abs(places), 308)}`);
  const size = Math.abs(number);
  const scaled = places >= 0 ? size * power : size / power;
  // From 2^53 units on the number has no more places than are asked for.
  if (scaled >= Number.MAX_SAFE_INTEGER) return number;
  const rest = scaled - Math.floor(scaled);
  // Away from a tie the rounding error of the product cannot change the outcome; near one the decimals decide.
  const clear = scaled < 1e9 && Math.abs(rest - 0.5) > 1e-6;
  const units = clear ? Math.round(scaled) : halfUp(size, places);
  const rounded = places >= 0 ? units / power : units * power;
  return number < 0 ? -rounded : rounded;
}

/** The same on the decimal digits: the point is moved in the text, so nothing is rounded before it should be. */
function halfUp(size: number, places: number): number {
  const [digits = '0', exponent = '0'] = String(size).split('e');
  return Math.round(Number(`${digits}e${Number(exponent) + places}`));
}
