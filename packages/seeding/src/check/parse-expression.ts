import { type SqlToken, tokenizeSql } from '@datamaker/engine/import';
import type { Expression, Operator } from './expression.ts';

/** Words behind the name of a type that are part of it. */
const TYPE_WORDS = new Set(['VARYING', 'PRECISION', 'WITHOUT', 'WITH', 'TIME', 'ZONE', '.']);
/** Operators of several characters, which the tokenizer gives in parts. */
const SYMBOLS = ['!~~*', '!~~', '!~*', '~~*', '!~', '~~', '~*', '~'];
const OPERATORS: Readonly<Record<string, Operator>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '~~': 'like',
  '!~~': 'not like',
  '~~*': 'ilike',
  '!~~*': 'not ilike',
  '~': 'match',
  '!~': 'not match',
  '~*': 'imatch',
  '!~*': 'not imatch',
};
const ENDS = new Set([
  'AND',
  'OR',
  'IS',
  'NOT',
  'IN',
  'BETWEEN',
  'LIKE',
  'ILIKE',
  'THEN',
  'END',
  'CASE',
  'WHEN',
  'ELSE',
]);
/** Functions that are called otherwise elsewhere. */
const SAME_CALLS: Readonly<Record<string, string>> = { lcase: 'lower', ucase: 'upper', ifnull: 'coalesce' };
const MOST_NESTED = 200;

/**
 * Reads the condition of a CHECK constraint, as PostgreSQL, MySQL and MariaDB write it back (and as people write it: BETWEEN, IN, LIKE).
 * Casts are passed over: what a column compares with is of its type.
 * @returns undefined for what is not understood
 */
export function parseExpression(source: string): Expression | undefined {
  try {
    const parser = new Parser([...tokenizeSql(source)]);
    const expression = parser.or();
    return parser.isDone ? expression : undefined;
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

class NotUnderstood extends Error {}

class Parser {
  readonly #tokens: readonly SqlToken[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly SqlToken[]) {
    this.#tokens = tokens;
  }

  get isDone(): boolean {
    return this.#at >= this.#tokens.length;
  }

  or(): Expression {
    if (++this.#depth > MOST_NESTED) throw new NotUnderstood();
    const all = [this.#and()];
    while (this.#takes('OR')) all.push(this.#and());
    this.#depth--;
    return all.length === 1 ? (all[0] as Expression) : { is: 'or', all };
  }

  #and(): Expression {
    const all = [this.#not()];
    while (this.#takes('AND')) all.push(this.#not());
    return all.length === 1 ? (all[0] as Expression) : { is: 'and', all };
  }

  #not(): Expression {
    return this.#takes('NOT') ? { is: 'not', of: this.#not() } : this.#comparison();
  }

  #comparison(): Expression {
    let left = this.#sum();
    for (;;) {
      if (this.#takes('IS')) {
        const isNot = this.#takes('NOT');
        if (this.#takes('NULL')) left = { is: 'null', of: left, isNot };
        else if (this.#takes('TRUE') || this.#takes('FALSE')) {
          const value = this.#tokens[this.#at - 1]?.upper === 'TRUE';
          left = { is: 'compare', operator: isNot ? '<>' : '=', left, right: { is: 'literal', value } };
        } else throw new NotUnderstood();
        continue;
      }
      const isNot = this.#takes('NOT');
      if (this.#takes('IN')) {
        left = {
          is: 'compare',
          operator: isNot ? '<>' : '=',
          left,
          right: this.#list('(', ')'),
          over: isNot ? 'all' : 'any',
        };
      } else if (this.#takes('BETWEEN')) {
        const low = this.#sum();
        this.#expect('AND');
        const between: Expression = {
          is: 'and',
          all: [
            { is: 'compare', operator: '>=', left, right: low },
            { is: 'compare', operator: '<=', left, right: this.#sum() },
          ],
        };
        left = isNot ? { is: 'not', of: between } : between;
      } else if (this.#takes('LIKE'))
        left = { is: 'compare', operator: isNot ? 'not like' : 'like', left, right: this.#sum() };
      else if (this.#takes('ILIKE'))
        left = { is: 'compare', operator: isNot ? 'not ilike' : 'ilike', left, right: this.#sum() };
      else if (this.#takes('REGEXP') || this.#takes('RLIKE'))
        left = { is: 'compare', operator: isNot ? 'not match' : 'match', left, right: this.#sum() };
      else if (isNot) throw new NotUnderstood();
      else {
        const operator = this.#operator();
        if (operator === undefined) return left;
        left = this.#compared(left, operator);
      }
    }
  }

  #compared(left: Expression, operator: Operator): Expression {
    const over = this.#takes('ANY') || this.#takes('SOME') ? 'any' : this.#takes('ALL') ? 'all' : undefined;
    if (over === undefined) return { is: 'compare', operator, left, right: this.#sum() };
    this.#expect('(');
    const right = this.#sum();
    this.#expect(')');
    if (right.is !== 'list') throw new NotUnderstood();
    return { is: 'compare', operator, left, right, over };
  }

  #operator(): Operator | undefined {
    for (const symbol of SYMBOLS) {
      const parts = [...symbol];
      const isHere = parts.every((part, i) => {
        const token = this.#tokens[this.#at + i];
        return token?.upper === part && (i === 0 || token.joined);
      });
      if (!isHere) continue;
      this.#at += parts.length;
      return OPERATORS[symbol];
    }
    const operator = OPERATORS[this.#tokens[this.#at]?.upper ?? ''];
    if (operator !== undefined) this.#at++;
    return operator;
  }

  #sum(): Expression {
    let left = this.#product();
    for (;;) {
      const operator = (['+', '-', '||'] as const).find((one) => this.#takes(one));
      if (operator === undefined) return left;
      left = { is: 'arithmetic', operator, left, right: this.#product() };
    }
  }

  #product(): Expression {
    let left = this.#unary();
    for (;;) {
      const operator = this.#takes('MOD') ? '%' : (['*', '/', '%'] as const).find((one) => this.#takes(one));
      if (operator === undefined) return left;
      left = { is: 'arithmetic', operator, left, right: this.#unary() };
    }
  }

  #unary(): Expression {
    if (this.#takes('!')) return { is: 'not', of: this.#unary() };
    if (!this.#takes('-')) return this.#cast(this.#primary());
    const of = this.#unary();
    if (of.is === 'literal' && typeof of.value === 'number') return { is: 'literal', value: -of.value };
    return { is: 'negative', of };
  }

  #cast(given: Expression): Expression {
    while (this.#takes('::')) {
      this.#at++;
      // A type in a schema, or one of several words.
      while (TYPE_WORDS.has(this.#tokens[this.#at]?.upper ?? '')) this.#at += this.#sees('.') ? 2 : 1;
      if (this.#sees('(')) this.#skipGroup();
      while (TYPE_WORDS.has(this.#tokens[this.#at]?.upper ?? '')) this.#at++;
      // Lists: `text[]`, `int[3]`.
      while (this.#takes('[')) if (!this.#takes(']')) this.#at += 2;
    }
    return given;
  }

  #primary(): Expression {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new NotUnderstood();
    if (this.#takes('(')) {
      const inner = this.or();
      this.#expect(')');
      return inner;
    }
    this.#at++;
    if (token.kind === 'number') return { is: 'literal', value: Number(token.text) };
    if (token.kind === 'string') return { is: 'literal', value: token.text };
    if (token.kind === 'quoted') return { is: 'column', name: token.text };
    if (token.kind !== 'word' || ENDS.has(token.upper)) throw new NotUnderstood();
    switch (token.upper) {
      case 'TRUE':
      case 'FALSE':
        return { is: 'literal', value: token.upper === 'TRUE' };
      case 'NULL':
        return { is: 'literal', value: null };
      case 'ARRAY':
        return this.#list('[', ']');
      case 'CURRENT_DATE':
      case 'CURRENT_TIMESTAMP':
      case 'LOCALTIMESTAMP':
        return { is: 'call', name: 'now', args: [] };
    }
    if (this.#sees('(')) return token.upper === 'CAST' ? this.#castCall() : this.#call(token.text.toLowerCase());
    // `date '2020-01-01'`, `interval '1 day'`.
    if (this.#tokens[this.#at]?.kind === 'string') return this.#primary();
    return { is: 'column', name: token.text };
  }

  /** `cast(x as char(3))`. */
  #castCall(): Expression {
    this.#expect('(');
    const inner = this.or();
    this.#expect('AS');
    while (!this.#sees(')')) {
      if (this.#sees('(')) this.#skipGroup();
      else if (++this.#at >= this.#tokens.length) throw new NotUnderstood();
    }
    this.#expect(')');
    return inner;
  }

  #call(name: string): Expression {
    const args = this.#arguments();
    const [left, right, more] = args;
    if (name === 'regexp_like' && left !== undefined && right !== undefined && more === undefined)
      return { is: 'compare', operator: 'match', left, right };
    return { is: 'call', name: SAME_CALLS[name] ?? name, args };
  }

  #arguments(): readonly Expression[] {
    const { items } = this.#list('(', ')') as Extract<Expression, { is: 'list' }>;
    return items;
  }

  #list(open: string, close: string): Expression {
    this.#expect(open);
    const items: Expression[] = [];
    while (!this.#takes(close)) {
      items.push(this.or());
      if (!this.#takes(',') && !this.#sees(close)) throw new NotUnderstood();
    }
    return { is: 'list', items };
  }

  #skipGroup(): void {
    let depth = 0;
    do {
      const upper = this.#tokens[this.#at++]?.upper;
      if (upper === undefined) throw new NotUnderstood();
      if (upper === '(') depth++;
      else if (upper === ')') depth--;
    } while (depth > 0);
  }

  #sees(word: string): boolean {
    return this.#tokens[this.#at]?.upper === word;
  }

  #takes(word: string): boolean {
    if (!this.#sees(word)) return false;
    this.#at++;
    return true;
  }

  #expect(word: string): void {
    if (!this.#takes(word)) throw new NotUnderstood();
  }
}
