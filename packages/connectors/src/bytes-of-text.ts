const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes that a text has in base64 (RFC 4648, 4), which is how rows as JSON have them. @returns undefined: it has none */
export const bytesOfText = (text: string): Uint8Array | undefined =>
  BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
