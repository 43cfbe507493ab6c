import { hexDigit } from './characters.ts';
import type { Report } from './report.ts';

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['{', '{'],
]);

export interface StringRead {
  readonly value: string;
  /** Offset behind the closing quote. */
  readonly end: number;
}

/** Reads the string literal that opens at `start`, in '…' or "…"; undefined, and reported, when it is never closed. */
export function readString(source: string, start: number, report: Report): StringRead | undefined {
  const quote = source[start];
  let value = '';
  let at = start + 1;
  while (at < source.length) {
    const char = source[at] ?? '';
    if (char === quote) {
      if (!value.isWellFormed()) {
        report.add(
          'expression_syntax',
          start,
          at + 1 - start,
          'half a surrogate pair in a text',
          'write the whole character',
        );
      }
      return { value, end: at + 1 };
    }
    if (char !== '\\') {
      value += char;
      at += 1;
      continue;
    }
    const read = readEscape(source, at);
    if (read === undefined) {
      const written = source.slice(at, at + 2);
      report.add(
        'expression_syntax',
        at,
        2,
        `${written} is no escape`,
        'use \\n \\r \\t \\\\ \\\' \\" \\{ \\u00e9 \\u{1f600}',
      );
      at += 2;
    } else {
      value += read.value;
      at = read.end;
    }
  }
  report.add('expression_unbalanced', start, 1, 'this text has no closing quote', `close it with ${quote}`);
  return undefined;
}

function readEscape(source: string, at: number): StringRead | undefined {
  const letter = source[at + 1] ?? '';
  const simple = ESCAPES.get(letter);
  if (simple !== undefined) return { value: simple, end: at + 2 };
  if (letter !== 'u') return undefined;
  const braces = source[at + 2] === '{';
  const first = at + (braces ? 3 : 2);
  const most = braces ? 6 : 4;
  let code = 0;
  let count = 0;
  for (; count < most; count++) {
    const digit = hexDigit(source.charCodeAt(first + count));
    if (digit < 0) break;
    code = code * 16 + digit;
  }
  if (!braces) return count === 4 ? { value: String.fromCharCode(code), end: first + 4 } : undefined;
  if (count === 0 || source[first + count] !== '}' || code > 0x10ffff) return undefined;
  return { value: String.fromCodePoint(code), end: first + count + 1 };
}
