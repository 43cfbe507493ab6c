import type { BinaryOperator, Node } from './ast.ts';
import { MAX_DEPTH, MAX_NODES } from './limits.ts';
import { PathReader } from './parse-path.ts';
import { parsePrimary } from './parse-primary.ts';
import type { Report } from './report.ts';
import type { Sign, Token } from './token.ts';

/** Binds tighter the higher the number; `not` stands between `and` and the comparisons, the prefix signs below `**`. */
const PRECEDENCE: ReadonlyMap<string, { readonly level: number; readonly operator: BinaryOperator }> = new Map([
  ...level(1, '??'),
  ...level(2, 'or'),
  ...level(3, 'and'),
  ...level(4, '==', '!='),
  ...level(5, '<', '<=', '>', '>='),
  ...level(6, '+', '-'),
  ...level(7, '*', '/', '%'),
  ...level(8, '**'),
  ['||', { level: 2, operator: 'or' }],
  ['&&', { level: 3, operator: 'and' }],
]);
const COMPARISON = 4;
const POWER = 8;

function level(number: number, ...operators: BinaryOperator[]) {
  return operators.map((operator) => [operator, { level: number, operator }] as const);
}

/**
 * Recursive descent over the tokens of one expression. It never gives up early: where something cannot stand it reports,
 * skips to the end of the bracket or argument and puts null there, so that one pass finds as much as it can. Only the
 * limits end it at once.
 */
export class Parser {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  readonly #report: Report;
  #at = 0;
  #depth = 0;
  #nodes: { count: number };
  #stopped = false;

  /** `nodes` counts over all placeholders of one source. */
  constructor(source: string, tokens: readonly Token[], nodes: { count: number }, report: Report) {
    this.#source = source;
    this.#tokens = tokens;
    this.#nodes = nodes;
    this.#report = report;
  }

  /** The whole of the tokens as one expression. */
  parse(): Node {
    const node = this.expression();
    const token = this.token;
    if (token.kind !== 'end') {
      if (token.kind === 'sign' && (token.value === ')' || token.value === ']' || token.value === '}')) {
        this.report('expression_unbalanced', token, `${token.value} closes nothing`, 'remove it, or open it before');
      } else this.unexpected('an operator or the end');
    }
    return node;
  }

  /** The token that is next; the last one is `end` and stays. */
  get token(): Token {
    return this.#tokens[this.#at] as Token;
  }

  get nextToken(): Token | undefined {
    return this.#tokens[this.#at + 1];
  }

  advance(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  isSign(sign: Sign): boolean {
    const token = this.token;
    return token.kind === 'sign' && token.value === sign;
  }

  /** Takes the sign when it is next. */
  accept(sign: Sign): boolean {
    const found = this.isSign(sign);
    if (found) this.#at += 1;
    return found;
  }

  /** Takes a comma. What stands between it and the end of an item is reported and skipped. */
  more(): boolean {
    if (!this.isSign(',') && !this.isCloser() && this.token.kind !== 'end') this.unexpected('a comma or an operator');
    return this.accept(',');
  }

  /** Takes the bracket that closes `open`; whatever stands before it is reported and skipped. */
  close(open: Token, sign: ')' | ']' | '}'): void {
    if (this.accept(sign)) return;
    if (this.token.kind !== 'end' && !this.isCloser()) this.unexpected(`an operator, a comma or ${sign}`);
    if (this.accept(sign)) return;
    const written = this.#source.slice(open.offset, open.offset + open.length);
    this.report('expression_unbalanced', open, `${written} is never closed`, `close it with ${sign}`);
  }

  expression(): Node {
    return this.#deeper(() => {
      const condition = this.#binary(1);
      if (!this.accept('?')) return condition;
      const then = this.expression();
      if (!this.accept(':')) {
        this.report(
          'expression_syntax',
          this.token,
          'a ? has no : of its own',
          'write condition ? value : other value',
        );
        return condition;
      }
      const otherwise = this.expression();
      return this.node(condition.offset, { kind: 'conditional', condition, then, otherwise });
    });
  }

  #binary(least: number): Node {
    let left = this.#prefix();
    for (;;) {
      const token = this.token;
      const found = token.kind === 'sign' || token.kind === 'name' ? PRECEDENCE.get(token.value) : undefined;
      if (found === undefined || found.level < least) return left;
      this.advance();
      // Only ** groups from the right.
      const right = found.level === POWER ? this.#deeper(() => this.#binary(POWER)) : this.#binary(found.level + 1);
      left = this.node(left.offset, { kind: 'binary', operator: found.operator, left, right });
    }
  }

  #prefix(): Node {
    const token = this.token;
    const word = token.kind === 'name' && token.value === 'not';
    if (!word && !this.isSign('-') && !this.isSign('!')) return this.#postfix();
    this.advance();
    const operand = this.#deeper(() => this.#binary(word ? COMPARISON : POWER));
    const operator = token.kind === 'sign' && token.value === '-' ? '-' : 'not';
    return this.node(token.offset, { kind: 'unary', operator, operand });
  }

  #postfix(): Node {
    return new PathReader(this).follow(parsePrimary(this));
  }

  /** Reports the next token as out of place and skips to the end of the bracket or argument it stands in. */
  unexpected(wanted: string): Node {
    const token = this.token;
    const written = this.#source.slice(token.offset, token.offset + Math.min(token.length, 20));
    const what = token.kind === 'end' ? 'the expression ends too early' : `${written} cannot stand here`;
    this.report('expression_syntax', token, what, this.#remedy(token) ?? `expected ${wanted}`);
    let depth = 0;
    while (this.token.kind !== 'end' && (depth > 0 || !(this.isCloser() || this.isSign(',')))) {
      if (this.isSign('(') || this.isSign('[') || this.isSign('{')) depth += 1;
      else if (this.isCloser()) depth -= 1;
      this.advance();
    }
    return { kind: 'literal', value: null, offset: token.offset, length: token.length };
  }

  #remedy(token: Token): string | undefined {
    if (token.kind !== 'name') return undefined;
    const word = token.value.toLowerCase();
    if (word !== token.value && (word === 'and' || word === 'or' || word === 'not')) return `write ${word}`;
    const before = this.#tokens[this.#at - 1];
    if (before?.kind !== 'name') return undefined;
    return `a name of several words goes in backticks: \`${before.value} ${token.value}\``;
  }

  isCloser(): boolean {
    return this.isSign(')') || this.isSign(']') || this.isSign('}');
  }

  report(code: Parameters<Report['add']>[0], at: Token, message: string, hint: string): void {
    if (!this.#stopped) this.#report.add(code, at.offset, Math.max(1, at.length), message, hint);
  }

  /** Completes a node that starts at `offset` and ends with the last token taken. */
  node<Part extends Unplaced>(offset: number, part: Part): Part & { offset: number; length: number } {
    this.#nodes.count += 1;
    if (this.#nodes.count > MAX_NODES) {
      const hint = 'divide it over several derived fields';
      this.#stop('expression_too_large', `the expression has more than ${MAX_NODES} parts`, hint);
    }
    const last = this.#tokens[this.#at - 1] ?? this.token;
    return { ...part, offset, length: last.offset + last.length - offset };
  }

  #deeper(parse: () => Node): Node {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      const hint = 'use fewer brackets, or divide it over several derived fields';
      this.#stop('expression_too_deep', `the expression is nested more than ${MAX_DEPTH} deep`, hint);
    }
    const node = parse();
    this.#depth -= 1;
    return node;
  }

  /** Goes to the end; what the callers then miss is not reported. */
  #stop(code: 'expression_too_large' | 'expression_too_deep', message: string, hint: string): void {
    this.report(code, this.token, message, hint);
    this.#stopped = true;
    this.#at = this.#tokens.length - 1;
  }
}

type Unplaced = Node extends infer Kind ? (Kind extends Node ? Omit<Kind, 'offset' | 'length'> : never) : never;
