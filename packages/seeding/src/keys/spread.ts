/**
 * A step through n numbers that comes to each before one comes again, and near to none of the last: about n times the golden
 * section, without a common divisor.
 */
export function stepThrough(n: number): number {
  if (n <= 2) return 1;
  let step = Math.max(1, Math.round(n * 0.6180339887498949));
  while (gcd(step, n) !== 1) step++;
  return step;
}

function gcd(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** (a * b) % n without loss, for whole numbers below 2^53. */
export function timesModulo(a: number, b: number, n: number): number {
  const [x, y] = [a % n, b % n];
  const product = x * y;
  return product <= Number.MAX_SAFE_INTEGER ? product % n : Number((BigInt(x) * BigInt(y)) % BigInt(n));
}

/** A number below 2^32 that looks drawn, of a text and a number (FNV-1a and the finisher of MurmurHash3). */
export function mixed(text: string, number: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (number >>> 0), 0x85ebca6b) ^ Math.floor(number / 2 ** 32);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
