import { printableWithout, type Range, SHORTHANDS } from './code-points.ts';
import type { Reader } from './reader.ts';

/** `refused`: reported already. `anchor` only outside a class. */
export type Escape =
  | { readonly kind: 'char'; readonly code: number }
  | { readonly kind: 'shorthand'; readonly ranges: readonly Range[] }
  | { readonly kind: 'anchor'; readonly edge: 'start' | 'end' }
  | { readonly kind: 'refused' };

const REFUSED: Escape = { kind: 'refused' };
const DIGITS = '0123456789';
const HEX = '0123456789abcdefABCDEF';
const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
]);

/** Escapes that other engines have and a generator cannot honour, or that no two engines read alike: what, and what to do. */
const UNSUPPORTED: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['b', ['the word boundary \\b', 'leave it out, or write the characters that surround the word']],
  ['B', ['the non-boundary \\B', 'leave it out']],
  ['Z', ['the anchor \\Z', 'write $ or \\z']],
  ['G', ['the anchor \\G', 'write ^ or \\A']],
  ['k', ['a named back-reference', 'repeat the group itself, or derive the second field from the first']],
  ['p', ['a Unicode property', 'list the characters, such as [a-zà-ÿ]']],
  ['P', ['a Unicode property', 'list the characters, such as [a-zà-ÿ]']],
  ['c', ['a control escape', 'write its code, such as \\x0a']],
  ['Q', ['quoting with \\Q…\\E', 'escape each punctuation character with \\']],
  ['E', ['quoting with \\Q…\\E', 'escape each punctuation character with \\']],
  ['a', ['the escape \\a', 'write \\x07']],
  ['e', ['the escape \\e', 'write \\x1b']],
  ['N', ['the escape \\N', 'write .']],
  ['R', ['the escape \\R', 'write \\n or (\\r\\n|\\n)']],
  ['X', ['the escape \\X', 'write .']],
  ['K', ['the escape \\K', 'leave it out']],
  ['h', ['the escape \\h', 'write a space or \\t']],
  ['H', ['the escape \\H', 'write \\S']],
  ['C', ['the escape \\C', 'write .']],
]);

/** Reads an escape, the reader standing on its backslash. */
export function parseEscape(reader: Reader, inClass: boolean): Escape {
  const start = reader.offset;
  reader.take();
  const char = reader.take();
  const refuse = (code: 'invalid_pattern' | 'unsupported_pattern', message: string, hint: string): Escape => {
    reader.report(code, start, message, hint);
    return REFUSED;
  };
  if (char === '')
    return refuse('invalid_pattern', 'the pattern ends with a lone backslash', 'write \\\\ for a backslash');
  const control = CONTROLS.get(char);
  if (control !== undefined) return { kind: 'char', code: control };
  if (char === 'x' || char === 'u') return hexEscape(reader, start, char);
  if (DIGITS.includes(char)) {
    const digits = char + reader.takeWhile(DIGITS, 2);
    if (digits === '0') return { kind: 'char', code: 0 };
    if (char === '0' || inClass)
      return refuse('unsupported_pattern', `octal escape \\${digits}`, 'write \\xhh with two hexadecimal digits');
    return refuse(
      'unsupported_pattern',
      `back-reference \\${digits}`,
      'repeat the group itself, or derive the second field from the first',
    );
  }
  const shorthand = SHORTHANDS.get(char.toLowerCase());
  if (shorthand !== undefined)
    return {
      kind: 'shorthand',
      ranges: char === char.toLowerCase() ? shorthand : printableWithout(shorthand),
    };
  if (char === 'A' || char === 'z') {
    if (!inClass) return { kind: 'anchor', edge: char === 'A' ? 'start' : 'end' };
    return refuse('invalid_pattern', `\\${char} inside a class`, `write ${char} for the letter`);
  }
  if (inClass && char === 'b') return refuse('unsupported_pattern', 'the backspace [\\b]', 'write \\x08');
  const known = UNSUPPORTED.get(char);
  if (known !== undefined) {
    skipArgument(reader, char);
    return refuse('unsupported_pattern', `${known[0]} is not supported`, known[1]);
  }
  const code = char.codePointAt(0) as number;
  if (code < 0x80 && !/^[A-Za-z]$/.test(char)) return { kind: 'char', code };
  return refuse('invalid_pattern', `unknown escape \\${char}`, `write ${char} without the backslash`);
}

/** `\xhh`, `\uhhhh` (two of them for a surrogate pair), and `\x{…}` or `\u{…}` with 1 to 6 digits. */
function hexEscape(reader: Reader, start: number, letter: 'x' | 'u'): Escape {
  let code = Number.NaN;
  if (reader.eat('{')) {
    const digits = reader.takeWhile(HEX, 6);
    if (digits !== '' && reader.eat('}')) code = Number.parseInt(digits, 16);
  } else {
    code = fixedHex(reader, letter === 'x' ? 2 : 4);
    if (isHighSurrogate(code) && reader.at('\\u')) {
      const back = reader.offset;
      reader.eat('\\u');
      const low = fixedHex(reader, 4);
      if (low >= 0xdc00 && low <= 0xdfff) code = (code - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000;
      else reader.offset = back;
    }
  }
  if (code >= 0xd800 && code <= 0xdfff) {
    reader.report(
      'invalid_pattern',
      start,
      'half of a surrogate pair',
      'write the whole character, such as \\u{1f600}',
    );
    return REFUSED;
  }
  if (code <= 0x10ffff) return { kind: 'char', code };
  const form = letter === 'x' ? '\\xhh or \\x{h…}' : '\\uhhhh or \\u{h…}';
  reader.report(
    'invalid_pattern',
    start,
    `malformed \\${letter} escape`,
    `write ${form}, at most 10ffff in hexadecimal`,
  );
  return REFUSED;
}

function fixedHex(reader: Reader, length: number): number {
  const digits = reader.takeWhile(HEX, length);
  return digits.length === length ? Number.parseInt(digits, 16) : Number.NaN;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** Leaves the {…} of \p or the <…> of \k behind, so that it is not reported a second time. */
function skipArgument(reader: Reader, letter: string): void {
  const [open, close] = letter === 'k' ? ['<', '>'] : ['{', '}'];
  if (!['k', 'p', 'P'].includes(letter) || !reader.at(open as string)) return;
  const end = reader.source.indexOf(close as string, reader.offset);
  if (end >= 0) reader.offset = end + 1;
}
