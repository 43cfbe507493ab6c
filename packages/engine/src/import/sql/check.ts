import type { SqlColumn } from './table.ts';
import type { SqlToken } from './tokenize.ts';

/** What a condition says of one column. */
export interface CheckFacts {
  readonly column: string;
  readonly facts: Partial<Pick<SqlColumn, 'values' | 'min' | 'max'>>;
}

const OPERATORS = new Set(['=', '<', '>', '<=', '>=']);
const FLIPPED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=', '=': '=' };

/**
 * Reads the condition of a CHECK: `c IN (…)`, `c = ANY (ARRAY[…])` (so pg_dump writes it), `c BETWEEN a AND b`,
 * comparisons with a number, several of them joined by AND, and `c = 'a' OR c = 'b'`.
 * @returns undefined when there is anything else in it
 */
export function readCheck(tokens: readonly SqlToken[]): CheckFacts[] | undefined {
  const flat = withoutCasts(tokens);
  const all: CheckFacts[] = [];
  const reader = new Reader(flat);
  do {
    const facts = reader.condition();
    if (facts === undefined) return undefined;
    all.push(facts);
  } while (reader.takes('AND'));
  return reader.done ? all : undefined;
}

/** Parentheses, casts and array brackets say nothing to what is read here; a bare type behind `::` has one or two words. */
function withoutCasts(tokens: readonly SqlToken[]): SqlToken[] {
  const flat: SqlToken[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    if (token.upper === '::') {
      i++;
      while (['VARYING', 'PRECISION', '[', ']', '.'].includes(tokens[i + 1]?.upper ?? '')) i++;
    } else if (!['(', ')', '[', ']'].includes(token.upper)) flat.push(token);
  }
  return flat;
}

class Reader {
  readonly #tokens: readonly SqlToken[];
  #at = 0;

  constructor(tokens: readonly SqlToken[]) {
    this.#tokens = tokens;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  takes(...words: string[]): boolean {
    if (!words.every((word, i) => this.#tokens[this.#at + i]?.upper === word)) return false;
    this.#at += words.length;
    return true;
  }

  condition(): CheckFacts | undefined {
    const first = this.#literal();
    if (typeof first === 'number') return this.#flipped(first);
    const column = this.#name();
    if (column === undefined) return undefined;
    if (this.takes('IN')) return this.#among(column);
    if (this.takes('=', 'ANY', 'ARRAY')) return this.#among(column);
    if (this.takes('BETWEEN')) return this.#between(column);
    if (this.takes('IS', 'NULL', 'OR')) return this.condition();
    const operator = this.#operator();
    const value = this.#literal();
    if (operator === undefined || value === undefined) return undefined;
    if (operator === '=') return this.#alternatives(column, value);
    return typeof value === 'number' ? bound(column, operator, value) : undefined;
  }

  #name(): string | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word' && token?.kind !== 'quoted') return undefined;
    this.#at++;
    return token.text;
  }

  #operator(): string | undefined {
    const operator = this.#tokens[this.#at]?.upper ?? '';
    if (!OPERATORS.has(operator)) return undefined;
    this.#at++;
    return operator;
  }

  #literal(): string | number | undefined {
    const negative = this.#tokens[this.#at]?.upper === '-';
    const token = this.#tokens[this.#at + (negative ? 1 : 0)];
    if (token?.kind === 'number') {
      this.#at += negative ? 2 : 1;
      return negative ? -Number(token.text) : Number(token.text);
    }
    if (token?.kind !== 'string' || negative) return undefined;
    this.#at++;
    return token.text;
  }

  #among(column: string): CheckFacts | undefined {
    const values: (string | number)[] = [];
    do {
      const value = this.#literal();
      if (value === undefined) return undefined;
      values.push(value);
    } while (this.takes(','));
    return { column, facts: { values } };
  }

  #between(column: string): CheckFacts | undefined {
    const min = this.#literal();
    const max = this.takes('AND') ? this.#literal() : undefined;
    return typeof min === 'number' && typeof max === 'number' ? { column, facts: { min, max } } : undefined;
  }

  #alternatives(column: string, value: string | number): CheckFacts | undefined {
    const values = [value];
    while (this.takes('OR')) {
      const name = this.#name();
      if (name !== column || !this.takes('=')) return undefined;
      const next = this.#literal();
      if (next === undefined) return undefined;
      values.push(next);
    }
    return { column, facts: { values } };
  }

  #flipped(value: number): CheckFacts | undefined {
    const operator = this.#operator();
    const column = this.#name();
    return operator === undefined || column === undefined ? undefined : bound(column, FLIPPED[operator] ?? '=', value);
  }
}

/** Open bounds are read as closed ones a hundredth inside: columns of whole numbers round inwards. */
function bound(column: string, operator: string, value: number): CheckFacts {
  const inside = operator === '>' ? value + 0.01 : operator === '<' ? value - 0.01 : value;
  if (operator === '=') return { column, facts: { values: [value] } };
  return { column, facts: operator.startsWith('>') ? { min: inside } : { max: inside } };
}
