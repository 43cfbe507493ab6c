import type { Value } from '@datamaker/connectors';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Bytes as one text, whether they are bytes or stand in a text in base64 already; another text is its own bytes. */
export function bytesText(value: Value): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  const text = String(value);
  // With bits that do not count the same bytes have several texts.
  return Buffer.from(text, BASE64.test(text) ? 'base64' : 'utf8').toString('base64');
}
