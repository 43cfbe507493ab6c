import type { CellEncoding, Structure, TextForm } from './cell-encoding.ts';

/** Text inside a JSON string (RFC 8259, section 7), without the quotes. */
export const escapeJson = (text: string): string => JSON.stringify(text).slice(1, -1);

const plain: TextForm = { open: '', close: '', escape: (text) => text };
const quoted: TextForm = { open: '"', close: '"', escape: escapeJson };
const braces = { open: '{', close: '}' };

/** JSON values. */
export const jsonEncoding: CellEncoding = {
  null: 'null',
  boolean: ['false', 'true'],
  text: (kind) => (kind === 'integer' || kind === 'decimal' ? plain : quoted),
  value: (value) => JSON.stringify(value ?? null),
  structure: {
    object: braces,
    list: { open: '[', close: ']', separator: ',', item: braces },
    item: () => jsonEncoding,
    document: { open: '', close: '', encoding: () => jsonEncoding },
    member: (name, index) => ({ before: `${index === 0 ? '' : ','}${JSON.stringify(name)}:`, encoding: jsonEncoding }),
  },
};

/**
 * Objects and lists as JSON inside an enclosure, such as the quotes of a CSV cell or of an SQL literal.
 * @param escapeOnce what the place does to its texts, character by character
 */
export function jsonInside(open: string, close: string, escapeOnce: (text: string) => string): Structure {
  const strings: TextForm = {
    open: escapeOnce('"'),
    close: escapeOnce('"'),
    escape: (text) => escapeOnce(escapeJson(text)),
  };
  const inside = (before: string, after: string): Structure => ({
    object: { open: `${before}{`, close: `}${after}` },
    list: { open: `${before}[`, close: `]${after}`, separator: ',', item: braces },
    item: () => encoding,
    document: { open: before, close: after, encoding: () => encoding },
    member: (name, index) => ({
      before: `${index === 0 ? '' : ','}${escapeOnce(JSON.stringify(name))}:`,
      encoding,
    }),
  });
  const encoding: CellEncoding = {
    null: 'null',
    boolean: ['false', 'true'],
    text: (kind) => (kind === 'integer' || kind === 'decimal' ? plain : strings),
    value: (value) => escapeOnce(JSON.stringify(value ?? null)),
    structure: inside('', ''),
  };
  return inside(open, close);
}
