/** Doubles hold the digits of shorter numbers so well that a multiplication does not lose any. */
const SAFE_DIGITS = 15;

/** A decimal as a whole number of its last digit. */
export function toUnscaled(
  value: number,
  { precision, scale }: { readonly precision: number; readonly scale: number },
): bigint {
  if (precision <= SAFE_DIGITS) return BigInt(Math.round(value * 10 ** scale));
  const [whole = '0', fraction = ''] = value.toFixed(scale).split('.');
  return BigInt(whole + fraction);
}
