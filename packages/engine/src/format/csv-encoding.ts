import type { CellEncoding, TextForm } from './cell-encoding.ts';
import { jsonInside } from './json-encoding.ts';
import { guarded, needsGuard, SPREADSHEET_GUARD } from './spreadsheet-guard.ts';

/** What `delimiter` takes, and the character it stands for. */
export const DELIMITERS: ReadonlyMap<string, string> = new Map([
  [',', ','],
  [';', ';'],
  ['|', '|'],
  ['tab', '\t'],
  ['\t', '\t'],
]);

export interface CsvRules {
  /** The character between cells. */
  readonly delimiter: string;
  readonly quoteAll: boolean;
  readonly spreadsheetSafe: boolean;
}

const beginsBlank = (text: string): boolean => /^\s/.test(text);
const endsBlank = (text: string): boolean => /\s$/.test(text);
/** White space outside ASCII. */
const WIDE_BLANK = /[^\S\t\n\v\f\r ]/;

const doubled = (text: string): string => text.replaceAll('"', '""');
const quote = (text: string): string => `"${doubled(text)}"`;

/** CSV cells (RFC 4180, UTF-8). A column whose values might need quotes in some row is quoted in all; null is empty. */
export function csvEncoding({ delimiter, quoteAll, spreadsheetSafe }: CsvRules): CellEncoding {
  const isSpecial = (text: string): boolean => /["\r\n]/.test(text) || text.includes(delimiter);
  const plain: TextForm = quoteAll
    ? { open: '"', close: '"', escape: doubled }
    : { open: '', close: '', escape: (text) => text };
  const quoted: TextForm = { open: '"', close: '"', escape: doubled };
  const cell = (text: string): string => csvText(spreadsheetSafe ? guarded(text) : text, delimiter, quoteAll);
  const token = (text: string): string => (quoteAll ? quote(text) : text);
  return {
    null: '',
    boolean: [token('false'), token('true')],
    text: (kind, facts) => {
      if (kind !== 'string') return plain;
      const guard = spreadsheetSafe && facts.mayBeginWith(needsGuard) ? { guard: SPREADSHEET_GUARD } : {};
      if (quoteAll || facts.some(isSpecial)) return { ...quoted, ...guard };
      return { ...plain, ...guard, ...(facts.mayBeEmpty ? { empty: '""' } : {}) };
    },
    whole: (facts) => {
      const isGuarded = spreadsheetSafe && facts.mayBeginWith(needsGuard);
      const guard = isGuarded ? { guard: SPREADSHEET_GUARD } : {};
      if (quoteAll) return { ...quoted, ...guard };
      const special = facts.some(isSpecial) ? `"\r\n${delimiter}` : '';
      const edged = facts.mayBeginWith(beginsBlank) || facts.mayEndWith(endsBlank);
      const empty = facts.mayBeEmpty ? { empty: '""' } : {};
      if (special === '' && !edged) return { ...plain, ...guard, ...empty };
      // Quotes that depend on the text are looked for in its bytes, where blanks of other scripts are several.
      if (isGuarded || !/^[\0-\x7f]$/.test(delimiter) || facts.some((text) => WIDE_BLANK.test(text))) return undefined;
      return { ...quoted, open: '', close: '', quotes: { special }, ...empty };
    },
    value: (value) => {
      if (value === null || value === undefined) return '';
      if (typeof value === 'string') return cell(value);
      if (typeof value === 'object') return quote(JSON.stringify(value));
      return token(String(value));
    },
    structure: jsonInside('"', '"', doubled),
  };
}

/**
 * A CSV cell or header of known text (RFC 4180). The empty string is quoted, to tell it from null; leading and trailing
 * blanks are quoted as well because many readers trim bare cells.
 */
export function csvText(text: string, delimiter: string, quoteAll: boolean): string {
  const bare = !quoteAll && text !== '' && !/["\r\n]|^\s|\s$/.test(text) && !text.includes(delimiter);
  return bare ? text : quote(text);
}
