import { ImportRefused, tooLarge } from '../import-refused.ts';
import type { Notices } from '../notices.ts';

/** `model`, `enum`, `type` and `view` with what stands between their braces. */
export interface PrismaBlock {
  readonly keyword: string;
  readonly name: string;
  readonly line: number;
  readonly fields: readonly PrismaField[];
  /** Those with `@@`. */
  readonly attributes: readonly PrismaAttribute[];
}

export interface PrismaField {
  readonly name: string;
  /** Empty for the values of an enum. */
  readonly type: string;
  readonly optional: boolean;
  readonly list: boolean;
  readonly line: number;
  readonly attributes: readonly PrismaAttribute[];
}

export interface PrismaAttribute {
  /** Without `@`: `id`, `db.VarChar`. */
  readonly name: string;
  readonly line: number;
  readonly arguments: readonly { readonly name?: string; readonly value: unknown }[];
}

interface Token {
  /** `string` without its quotes. */
  readonly kind: 'word' | 'string' | 'number' | 'symbol' | 'line';
  readonly text: string;
  readonly line: number;
}

/** The schema language is one of lines: a token is a word, a text, a number, a mark, or the end of a line. */
const TOKEN =
  /[^\S\n]+|\/\/[^\n]*|(\n)|("(?:[^"\\\n]|\\.)*"?)|([A-Za-z_][\w.]*)|(-?\d[\d.]*)|(@@?[A-Za-z_][\w.]*)|([\s\S])/gy;
const MAX_TOKENS = 1_000_000;
const MAX_DEPTH = 20;
const KEYWORDS = new Set(['model', 'enum', 'type', 'view']);
const SETTINGS = new Set(['datasource', 'generator']);

/** The blocks of a Prisma schema. What is no block, and lines that are no field, are told. @throws ImportRefused when a block is not closed */
export function readBlocks(text: string, notices: Notices): PrismaBlock[] {
  return new BlockReader(tokens(text), notices).blocks();
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  let line = 1;
  for (const [, end, string, word, number, attribute, other] of text.matchAll(TOKEN)) {
    if (end !== undefined) found.push({ kind: 'line', text: '', line: line++ });
    else if (string !== undefined)
      found.push({
        kind: 'string',
        text: string.slice(1, string.endsWith('"') && string.length > 1 ? -1 : undefined).replaceAll(/\\(.)/g, '$1'),
        line,
      });
    else if (word !== undefined) found.push({ kind: 'word', text: word, line });
    else if (number !== undefined) found.push({ kind: 'number', text: number, line });
    else if (attribute !== undefined || other !== undefined)
      found.push({ kind: 'symbol', text: attribute ?? other ?? '', line });
    if (found.length > MAX_TOKENS) throw tooLarge(`the schema has more than ${MAX_TOKENS} words`);
  }
  return found;
}

class BlockReader {
  readonly #tokens: readonly Token[];
  readonly #notices: Notices;
  #at = 0;

  constructor(all: readonly Token[], notices: Notices) {
    this.#tokens = all;
    this.#notices = notices;
  }

  blocks(): PrismaBlock[] {
    const blocks: PrismaBlock[] = [];
    while (this.#at < this.#tokens.length) {
      const [keyword, name, brace] = this.#tokens.slice(this.#at, this.#at + 3);
      if (keyword?.kind === 'line') this.#at++;
      else if (keyword?.kind === 'word' && name?.kind === 'word' && brace?.text === '{') {
        this.#at += 3;
        if (KEYWORDS.has(keyword.text)) blocks.push(this.#block(keyword, name.text));
        else {
          if (!SETTINGS.has(keyword.text))
            this.#notices.add(
              'skipped_statement',
              { line: keyword.line },
              `the block ${keyword.text.slice(0, 60)} is not known and is passed over`,
            );
          this.#toBrace(keyword);
        }
      } else {
        this.#notices.add(
          'skipped_statement',
          { line: keyword?.line ?? 1 },
          `${JSON.stringify(keyword?.text.slice(0, 40) ?? '')} begins no block: the line is passed over`,
        );
        this.#toLineEnd();
      }
    }
    return blocks;
  }

  #block(keyword: Token, name: string): PrismaBlock {
    const fields: PrismaField[] = [];
    const attributes: PrismaAttribute[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token === undefined)
        throw new ImportRefused(
          'invalid_source',
          `the ${keyword.text} ${name.slice(0, 60)} from line ${keyword.line} on is not closed`,
          'close it with }',
        );
      if (token.text === '}' && token.kind === 'symbol') {
        this.#at++;
        return { keyword: keyword.text, name, line: keyword.line, fields, attributes };
      }
      if (token.kind === 'line') this.#at++;
      else if (token.text.startsWith('@@') && token.kind === 'symbol') attributes.push(this.#attribute(token));
      else if (token.kind === 'word') fields.push(this.#field(token, keyword.text === 'enum'));
      else {
        this.#notices.add(
          'skipped_statement',
          { line: token.line },
          `${JSON.stringify(token.text.slice(0, 40))} begins no field: the line is passed over`,
          name.slice(0, 60),
        );
        this.#toLineEnd();
      }
    }
  }

  #field(name: Token, isEnum: boolean): PrismaField {
    this.#at++;
    let type = '';
    if (!isEnum && this.#tokens[this.#at]?.kind === 'word') {
      type = this.#tokens[this.#at++]?.text ?? '';
      // Unsupported("circle")
      if (this.#tokens[this.#at]?.text === '(')
        type += `(${this.#arguments()
          .map(({ value }) => String(value))
          .join(', ')})`;
    }
    let optional = false;
    let list = false;
    const attributes: PrismaAttribute[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token === undefined || token.kind === 'line' || (token.text === '}' && token.kind === 'symbol')) break;
      if (token.kind === 'symbol' && token.text.startsWith('@') && token.text.length > 1)
        attributes.push(this.#attribute(token));
      else {
        if (token.text === '?') optional = true;
        else if (token.text === '[') list = true;
        else if (token.text !== ']')
          this.#notices.add(
            'unknown_clause',
            { line: token.line },
            `${JSON.stringify(token.text.slice(0, 40))} is not known and is passed over`,
            name.text.slice(0, 60),
          );
        this.#at++;
      }
    }
    return { name: name.text, type, optional, list, line: name.line, attributes };
  }

  #attribute(token: Token): PrismaAttribute {
    this.#at++;
    const name = token.text.replace(/^@@?/, '');
    return { name, line: token.line, arguments: this.#tokens[this.#at]?.text === '(' ? this.#arguments() : [] };
  }

  /** `(fields: [a, b], map: "x")`: texts, numbers, words, lists and calls. */
  #arguments(depth = 0): { name?: string; value: unknown }[] {
    if (depth > MAX_DEPTH) throw tooLarge(`arguments are nested more than ${MAX_DEPTH} levels deep`);
    this.#at++;
    const found: { name?: string; value: unknown }[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token === undefined) return found;
      if (token.text === ')' || token.text === ']') {
        this.#at++;
        return found;
      }
      if (token.text === ',' || token.kind === 'line') {
        this.#at++;
        continue;
      }
      if (token.kind === 'word' && this.#tokens[this.#at + 1]?.text === ':') {
        this.#at += 2;
        found.push({ name: token.text, value: this.#value(depth) });
      } else found.push({ value: this.#value(depth) });
    }
  }

  #value(depth: number): unknown {
    const token = this.#tokens[this.#at];
    if (token === undefined) return undefined;
    if (token.text === '[' && token.kind === 'symbol') return this.#arguments(depth + 1).map(({ value }) => value);
    this.#at++;
    if (token.kind === 'number') return Number(token.text);
    if (token.kind === 'word' && this.#tokens[this.#at]?.text === '(') {
      const given = this.#arguments(depth + 1);
      // An index may say more of a field: name(sort: Desc).
      return given.some(({ name }) => name !== undefined) ? token.text : { call: token.text };
    }
    return token.text;
  }

  #toLineEnd(): void {
    while (this.#at < this.#tokens.length && this.#tokens[this.#at]?.kind !== 'line') this.#at++;
  }

  #toBrace(from: Token): void {
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at];
      if (token?.text === '}' && token.kind === 'symbol') {
        this.#at++;
        return;
      }
    }
    throw new ImportRefused(
      'invalid_source',
      `the ${from.text.slice(0, 40)} from line ${from.line} on is not closed`,
      'close it with }',
    );
  }
}
