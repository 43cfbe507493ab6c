import { isDigit, isNamePart, isNameStart, isSpace } from './characters.ts';
import { readString } from './read-string.ts';
import type { Report } from './report.ts';
import { SIGNS, type Sign, type Token } from './token.ts';

export interface Tokens {
  /** The last one is of kind `end`. */
  readonly tokens: readonly Token[];
  /** Where reading stopped: at the end of the source, or at the `}}` that closes a placeholder. */
  readonly end: number;
  /** A placeholder that is not closed. */
  readonly open: boolean;
}

/** Signs of other languages, what they mean here, and what to write. Those of several characters come first. */
const STRANGERS: readonly (readonly [written: string, meant: Sign | undefined, hint: string])[] = [
  ['===', '==', 'write == to compare'],
  ['!==', '!=', 'write != to compare'],
  ['<>', '!=', 'write != to compare'],
  ['=', '==', 'write == to compare'],
  ['&', '+', 'write + to join texts, and for a logical and'],
  ['|', '||', 'write or for a logical or'],
  ['^', '**', 'write ** for powers'],
  ['\\', undefined, 'a backslash only stands inside quotes'],
  [';', undefined, 'an expression is one formula without an end mark'],
  ...['“', '”', '‘', '’'].map((quote) => [quote, undefined, 'use straight quotes'] as const),
];

/** Splits the source from `from` on into tokens; of a placeholder only as far as its own `}}`. */
export function tokenize(source: string, from: number, placeholder: boolean, report: Report): Tokens {
  const tokens: Token[] = [];
  let at = from;
  let braces = 0;
  const finish = (open: boolean): Tokens => {
    tokens.push({ kind: 'end', offset: at, length: 0 });
    return { tokens, end: at, open };
  };
  while (at < source.length) {
    const unit = source.charCodeAt(at);
    const offset = at;
    if (isSpace(unit)) {
      at += 1;
    } else if (placeholder && braces === 0 && source.startsWith('}}', at)) {
      return finish(false);
    } else if (isNameStart(unit)) {
      while (isNamePart(source.charCodeAt(at))) at += 1;
      tokens.push({ kind: 'name', value: source.slice(offset, at), offset, length: at - offset });
    } else if (isDigit(unit) || (unit === 46 && isDigit(source.charCodeAt(at + 1)))) {
      at = numberEnd(source, at);
      const value = Number(source.slice(offset, at));
      if (isNamePart(source.charCodeAt(at)) || !Number.isFinite(value)) {
        const hint = 'numbers look like 12, 0.5 or 1e6; other names go in backticks';
        report.add('expression_syntax', offset, at + 1 - offset, 'this is no number', hint);
        while (isNamePart(source.charCodeAt(at))) at += 1;
      }
      tokens.push({ kind: 'number', value, offset, length: at - offset });
    } else if (unit === 39 || unit === 34) {
      const read = readString(source, at, report);
      at = read?.end ?? skipOpenText(source, at, placeholder);
      tokens.push({ kind: 'string', value: read?.value ?? '', offset, length: at - offset });
    } else if (unit === 96) {
      const close = source.indexOf('`', at + 1);
      if (close < 0) {
        report.add('expression_unbalanced', at, 1, 'this name has no closing backtick', 'close it with `');
      }
      at = close < 0 ? skipOpenText(source, at, placeholder) : close + 1;
      const value = source.slice(offset + 1, close < 0 ? at : close);
      tokens.push({ kind: 'quoted', value, offset, length: at - offset });
    } else {
      const stranger = STRANGERS.find(([written]) => source.startsWith(written, at));
      const known = SIGNS.find((candidate) => source.startsWith(candidate, at));
      if (known === undefined || (stranger?.[0].length ?? 0) > known.length) {
        at += reportStranger(source, at, stranger, report);
        if (stranger?.[1] !== undefined) {
          tokens.push({ kind: 'sign', value: stranger[1], offset, length: at - offset });
        }
        continue;
      }
      at += known.length;
      if (known === '{') braces += 1;
      if (known === '}') braces = Math.max(0, braces - 1);
      tokens.push({ kind: 'sign', value: known, offset, length: known.length });
    }
  }
  return finish(placeholder);
}

function numberEnd(source: string, start: number): number {
  let at = start;
  const digits = () => {
    while (isDigit(source.charCodeAt(at))) at += 1;
  };
  digits();
  if (source[at] === '.' && isDigit(source.charCodeAt(at + 1))) {
    at += 1;
    digits();
  }
  if (source[at] === 'e' || source[at] === 'E') {
    const signed = source[at + 1] === '+' || source[at + 1] === '-' ? 2 : 1;
    if (isDigit(source.charCodeAt(at + signed))) {
      at += signed;
      digits();
    }
  }
  return at;
}

/** Reports a sign nobody knows here and gives its length. */
function reportStranger(
  source: string,
  at: number,
  stranger: (typeof STRANGERS)[number] | undefined,
  report: Report,
): number {
  const written = stranger?.[0] ?? String.fromCodePoint(source.codePointAt(at) ?? 0);
  const hint = stranger?.[2] ?? 'names that are not plain words go in backticks, texts in quotes';
  const shown = written.isWellFormed() && written > ' ' ? written : 'this character';
  report.add('expression_syntax', at, written.length, `${shown} is not part of the language`, hint);
  return written.length;
}

/** Where to go on behind a quote that is never closed: in a placeholder its end is still believed. */
function skipOpenText(source: string, start: number, placeholder: boolean): number {
  const close = placeholder ? source.indexOf('}}', start) : -1;
  return close < 0 ? source.length : close;
}
