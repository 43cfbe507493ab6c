import type { Column, Row, Value } from '@datamaker/connectors';
import { foldText } from './fold-text.ts';

/** The identity of a row as a text that is the same for what was given and for what the database gives back. */
export function identityText(columns: readonly Column[], row: Row): string {
  return columns.map((column) => identityPart(column, row[column.name] ?? null)).join('\0');
}

/** The same of one column. */
export function identityPart({ kind, isPadded, isCaseless }: Column, value: Value): string {
  const text = String(value);
  if (isCaseless === true) return foldText(text);
  switch (kind) {
    case 'decimal':
    case 'float':
      return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
    case 'date':
      return text.slice(0, 10);
    case 'datetime':
    case 'datetime_zoned':
      return text.slice(0, 19);
    case 'uuid':
      return text.toLowerCase();
    default:
      return isPadded ? text.trimEnd() : text;
  }
}

/** 64 bits of a text (FNV-1a), to be added up: the order of rows does not matter. */
export function hashOf(text: string): bigint {
  let [low, high] = [0x84222325, 0xcbf29ce4];
  for (let i = 0; i < text.length; i++) {
    low ^= text.charCodeAt(i);
    // Times 2^40 + 0x1b3, in halves of 32 bits.
    const product = (low >>> 0) * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.floor(product / 2 ** 32) + (low << 8)) | 0;
    low = product | 0;
  }
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
