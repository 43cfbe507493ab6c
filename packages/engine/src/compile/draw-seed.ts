/** A seed nobody has to think of: 16 letters and digits, 80 random bits. */
export function drawSeed(): string {
  // Crockford's base 32: no I, L, O, U.
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => alphabet[byte & 31]).join('');
}
