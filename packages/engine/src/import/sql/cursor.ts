import type { SqlToken } from './tokenize.ts';

/** A place in a list of tokens. */
export class Cursor {
  readonly tokens: readonly SqlToken[];
  at = 0;

  constructor(tokens: readonly SqlToken[]) {
    this.tokens = tokens;
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  peek(ahead = 0): SqlToken | undefined {
    return this.tokens[this.at + ahead];
  }

  next(): SqlToken | undefined {
    return this.tokens[this.at++];
  }

  /** Whether the next tokens are these keywords or symbols. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, i) => this.peek(i)?.upper === word);
  }

  /** Takes these keywords or symbols, if they come next. */
  take(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false;
    this.at += words.length;
    return true;
  }

  /** A name, whole or in parts (`schema.table`): the parts; empty when none comes. */
  name(): string[] {
    const parts: string[] = [];
    for (;;) {
      const token = this.peek();
      if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted' && token.kind !== 'string'))
        return parts;
      parts.push(token.text);
      this.at++;
      if (!this.take('.')) return parts;
    }
  }

  /** What stands between the parenthesis that comes next and the one that closes it; undefined when none comes. */
  group(): SqlToken[] | undefined {
    if (!this.take('(')) return undefined;
    const start = this.at;
    let depth = 1;
    for (; this.at < this.tokens.length; this.at++) {
      const upper = this.tokens[this.at]?.upper;
      if (upper === '(') depth++;
      else if (upper === ')' && --depth === 0) return this.tokens.slice(start, this.at++);
    }
    return this.tokens.slice(start);
  }
}

/** The parts of a list between commas; those inside parentheses or brackets do not count. */
export function splitAtCommas(tokens: readonly SqlToken[]): SqlToken[][] {
  const parts: SqlToken[][] = [];
  let part: SqlToken[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.upper === '(') depth++;
    else if (token.upper === ')') depth--;
    if (token.upper === ',' && token.kind === 'symbol' && depth === 0) {
      parts.push(part);
      part = [];
    } else part.push(token);
  }
  return part.length > 0 ? [...parts, part] : parts;
}

/** Tokens as they may have been written, shortened. */
export const showTokens = (tokens: readonly SqlToken[]): string => {
  const shown = tokens.slice(0, 24).map((token) => ({
    ...token,
    text: token.kind === 'string' ? `'${token.text.slice(0, 40)}'` : token.text.slice(0, 60),
  }));
  const text = shown.map(({ text, joined }, i) => (i === 0 || joined ? text : ` ${text}`)).join('');
  return tokens.length > shown.length ? `${text} …` : text;
};
