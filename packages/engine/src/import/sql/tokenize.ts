/** A token of SQL. `quoted` is a name in quotes, whose case counts and which is never a keyword. */
export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol';
  /** Without its quotes. */
  readonly text: string;
  /** In upper case for words; empty for what is quoted, so that no keyword is taken for it. */
  readonly upper: string;
  readonly line: number;
  /** Whether it is the first of its line. */
  readonly first: boolean;
  /** Whether nothing stands between it and the token before. */
  readonly joined: boolean;
}

const WORD_START = /[\p{L}_@#]/u;
const WORD = /[\p{L}\p{N}_$#@]*/uy;
const AFTER_WORD = /[\p{L}\p{N}_\])]/u;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const TAG = /\$(?:[A-Za-z_]\w{0,60})?\$/y;
const BLANKS = /[^\S\n]+/y;
const QUOTES: Readonly<Record<string, string>> = { '"': '"', '`': '`', '[': ']' };

/**
 * The tokens of a script in any dialect, one after the other: names in double quotes, backticks or brackets, texts with doubled
 * quotes, backslashes (MySQL), dollar quotes (PostgreSQL), prefixes (N'', E''); comments are passed over. What is opened and
 * never closed ends with the script. Each character is looked at a bounded number of times.
 */
export function* tokenizeSql(source: string): Generator<SqlToken, void> {
  const backslashes = /`|\bENGINE\s?=/i.test(source);
  let at = 0;
  let line = 1;
  let first = true;
  let joined = false;
  let word = '';
  const countLines = (from: number, to: number): void => {
    for (let i = from; i < to; i++) if (source.charCodeAt(i) === 0x0a) line++;
  };
  const match = (form: RegExp): string => {
    form.lastIndex = at;
    return form.exec(source)?.[0] ?? '';
  };
  const endOf = (mark: string, from: number): number => {
    const found = source.indexOf(mark, from);
    return found === -1 ? source.length : found;
  };

  while (at < source.length) {
    const character = source[at] ?? '';
    if (character === '\n') {
      at++;
      line++;
      first = true;
      joined = false;
      continue;
    }
    const blanks = match(BLANKS).length;
    if (blanks > 0) {
      at += blanks;
      joined = false;
      continue;
    }
    const next = source[at + 1] ?? '';
    if ((character === '-' && next === '-') || (character === '#' && (first || next === ' '))) {
      at = endOf('\n', at);
      joined = false;
      continue;
    }
    if (character === '/' && next === '*') {
      const end = Math.min(source.length, endOf('*/', at + 2) + 2);
      countLines(at, end);
      at = end;
      joined = false;
      continue;
    }
    const start = { line, first, joined };
    first = false;
    joined = true;
    if (character === "'") {
      const { text, end } = readQuoted(source, at, "'", backslashes);
      countLines(at, end);
      at = end;
      yield { kind: 'string', text, upper: '', ...start };
      continue;
    }
    if (character === '$') {
      const tag = match(TAG);
      if (tag !== '') {
        const end = endOf(tag, at + tag.length);
        const text = source.slice(at + tag.length, end);
        countLines(at, end);
        at = Math.min(source.length, end + tag.length);
        yield { kind: 'string', text, upper: '', ...start };
        continue;
      }
    }
    // `[x]` is a name; `text[]`, `int[3]` and `ARRAY['x']` are not.
    const isIndex =
      character === '[' && ((start.joined && AFTER_WORD.test(source[at - 1] ?? '')) || !WORD_START.test(next));
    const close = isIndex ? undefined : QUOTES[character];
    if (close !== undefined) {
      const { text, end } = readQuoted(source, at, close, false);
      countLines(at, end);
      at = end;
      yield { kind: 'quoted', text, upper: '', ...start };
      continue;
    }
    const number = match(NUMBER);
    if (number !== '') {
      at += number.length;
      yield { kind: 'number', text: number, upper: number, ...start };
      continue;
    }
    if (WORD_START.test(character)) {
      word = match(WORD);
      // N'text', E'text', _utf8'text': the prefix is part of the text.
      if (/^(?:[NEXB]|_\w{1,20})$/i.test(word) && source[at + word.length] === "'") {
        const { text, end } = readQuoted(source, at + word.length, "'", backslashes || /^e$/i.test(word));
        countLines(at, end);
        at = end;
        yield { kind: 'string', text, upper: '', ...start };
        continue;
      }
      at += Math.max(1, word.length);
      yield { kind: 'word', text: word, upper: word.toUpperCase(), ...start };
      continue;
    }
    const two = source.slice(at, at + 2);
    const symbol = ['::', '<=', '>=', '<>', '!=', '||'].includes(two) ? two : character;
    at += symbol.length;
    if (symbol === ';' && word.toUpperCase() === 'STDIN') {
      // COPY … FROM stdin of PostgreSQL: rows follow, up to a line of `\.`.
      const end = endOf('\n\\.', at);
      countLines(at, end);
      at = Math.min(source.length, end + 3);
      word = '';
    }
    yield { kind: 'symbol', text: symbol, upper: symbol, ...start };
  }
}

/** Text from an opening quote to its end; a doubled closing quote stands for one. */
function readQuoted(source: string, open: number, close: string, backslashes: boolean): { text: string; end: number } {
  const parts: string[] = [];
  let from = open + 1;
  for (let at = from; at < source.length; at++) {
    const character = source[at];
    if (backslashes && character === '\\') {
      parts.push(source.slice(from, at));
      from = at + 1;
      at++;
    } else if (character === close) {
      if (source[at + 1] !== close) {
        parts.push(source.slice(from, at));
        return { text: parts.join(''), end: at + 1 };
      }
      parts.push(source.slice(from, at + 1));
      from = at + 2;
      at++;
    }
  }
  return { text: parts.join('') + source.slice(from), end: source.length };
}
