/** 32 hexadecimal digits that nobody guesses. Pages over plain HTTP have no `crypto.randomUUID` (W3C Secure Contexts), but this. */
export const randomText = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
