import type { CellEncoding, TextForm } from './cell-encoding.ts';
import { nestedJson } from './json-encoding.ts';

const doubled = (text: string): string => text.replaceAll('"', '""');
// RFC 4180 asks for quotes around separators, quotes and line breaks; leading and trailing blanks are quoted as well
// because many readers trim bare cells.
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;
const needsQuotes = (text: string): boolean => NEEDS_QUOTES.test(text);
const quote = (text: string): string => `"${doubled(text)}"`;

const bare: TextForm = { open: '', close: '', escape: (text) => text };
const bareOrEmpty: TextForm = { ...bare, empty: '""' };
const quoted: TextForm = { open: '"', close: '"', escape: doubled };

/** A CSV cell or header of known text (RFC 4180). The empty string is quoted, to tell it from null. */
export const csvText = (text: string): string => (text === '' || needsQuotes(text) ? quote(text) : text);

const HAS_SPECIAL = /[",\r\n]/;

/** CSV cells (RFC 4180, UTF-8). A column whose values might need quotes in some row is quoted in all; null is empty. */
export const csvEncoding: CellEncoding = {
  null: '',
  boolean: ['false', 'true'],
  text: (kind, facts) => {
    if (kind !== 'string') return bare;
    if (facts.some((text) => HAS_SPECIAL.test(text))) return quoted;
    return facts.mayBeEmpty ? bareOrEmpty : bare;
  },
  value: (value) => {
    if (value === null || value === undefined) return '';
    if (typeof value === 'string') return csvText(value);
    if (typeof value === 'object') return quote(JSON.stringify(value));
    return String(value);
  },
  structure: { open: '"', close: '"', inner: nestedJson(doubled) },
};
