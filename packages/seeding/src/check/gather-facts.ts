import type { Column } from '@datamaker/connectors';
import type { ColumnFacts } from '../schema-to-template/column-facts.ts';
import type { Atom } from './branches.ts';
import type { Expression, Operator } from './expression.ts';
import { likePattern } from './like-pattern.ts';

type Writable = { -readonly [K in keyof ColumnFacts]?: ColumnFacts[K] };
type Comparison = Extract<Expression, { is: 'compare' }>;
type Literal = string | number | boolean;

/** Two columns of which one is at most the other. */
export interface Order {
  readonly low: string;
  readonly high: string;
  readonly isStrict: boolean;
}

/** Two columns that are never the same. */
export type Pair = readonly [string, string];

export interface Gathered {
  readonly facts: ReadonlyMap<string, ColumnFacts>;
  readonly orders: readonly Order[];
  readonly unlike: readonly Pair[];
}

const FLIPPED: Readonly<Partial<Record<Operator, Operator>>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};
const DAY = 86_400_000;

/** What conditions that all hold say of columns; undefined: they exclude each other, or one is not understood. */
export function gatherFacts(
  atoms: readonly Atom[],
  columns: readonly Column[],
  before?: Gathered,
): Gathered | undefined {
  const gatherer = new Gatherer(columns, before);
  return atoms.every((atom) => gatherer.add(atom)) && gatherer.isPossible() ? gatherer.result() : undefined;
}

class Gatherer {
  readonly #columns: ReadonlyMap<string, Column>;
  readonly #facts = new Map<string, Writable>();
  readonly #orders: Order[];
  readonly #unlike: Pair[];

  constructor(columns: readonly Column[], before: Gathered | undefined) {
    this.#columns = new Map(columns.map((column) => [column.name, column]));
    for (const [name, facts] of before?.facts ?? []) this.#facts.set(name, { ...facts });
    this.#orders = [...(before?.orders ?? [])];
    this.#unlike = [...(before?.unlike ?? [])];
  }

  result(): Gathered {
    return { facts: this.#facts, orders: this.#orders, unlike: this.#unlike };
  }

  add(atom: Atom): boolean {
    if (atom.is === 'literal') return atom.value === true;
    if (atom.is === 'null') {
      if (atom.of.is !== 'column') return false;
      this.#of(atom.of.name)[atom.isNot ? 'notNull' : 'isNull'] = true;
      return true;
    }
    return atom.is === 'compare' && this.#compare(atom);
  }

  isPossible(): boolean {
    for (const [name, facts] of this.#facts) {
      const column = this.#columns.get(name);
      if (column === undefined) return false;
      if (facts.isNull === true && (facts.notNull === true || !column.nullable)) return false;
      const { min = -Infinity, max = Infinity } = facts;
      if (facts.values !== undefined) {
        facts.values = facts.values.filter((value) => typeof value !== 'number' || (value >= min && value <= max));
      }
      if (facts.values?.length === 0) return false;
      if ((facts.min ?? -Infinity) > (facts.max ?? Infinity)) return false;
      if ((facts.minLength ?? 0) > (facts.maxLength ?? column.maxLength ?? Infinity)) return false;
      if (facts.earliest !== undefined && facts.latest !== undefined && facts.earliest > facts.latest) return false;
    }
    return true;
  }

  #of(name: string): Writable {
    const facts = this.#facts.get(name) ?? {};
    this.#facts.set(name, facts);
    return facts;
  }

  #compare({ left, operator, right, over }: Comparison): boolean {
    if (left.is === 'literal' && right.is !== 'literal' && over === undefined) {
      const flipped = FLIPPED[operator];
      return flipped !== undefined && this.#compare({ is: 'compare', left: right, operator: flipped, right: left });
    }
    if (over !== undefined) return this.#list(left, operator, right, over);
    if (left.is === 'column' && right.is === 'column') return this.#order(left.name, operator, right.name);
    if (right.is === 'call' && right.name === 'now' && left.is === 'column')
      return this.#beforeNow(left.name, operator);
    if (left.is === 'column' && right.is === 'call' && this.#isOwnCase(left.name, operator, right)) return true;
    if (left.is === 'call') return this.#call(left, operator, right);
    if (left.is !== 'column' || right.is !== 'literal' || right.value === null) return false;
    return this.#literal(left.name, operator, right.value);
  }

  #list(left: Expression, operator: Operator, right: Expression, over: 'any' | 'all'): boolean {
    if (left.is !== 'column' || right.is !== 'list') return false;
    const values = right.items.flatMap((item) => (item.is === 'literal' && item.value !== null ? [item.value] : []));
    if (values.length !== right.items.length) return false;
    if (operator === '=' && over === 'any') return this.#among(left.name, values);
    if (operator === '<>' && over === 'all') return values.every((value) => this.#isNot(left.name, value));
    const [first] = values;
    const isText = operator === 'like' || operator === 'match';
    return isText && over === 'any' && first !== undefined && this.#literal(left.name, operator, first);
  }

  #among(name: string, values: readonly Literal[]): boolean {
    const facts = this.#of(name);
    const typed = values.map((value) => this.#typed(name, value));
    facts.values = facts.values === undefined ? typed : facts.values.filter((value) => typed.includes(value));
    return true;
  }

  #typed(name: string, value: Literal): Literal {
    const kind = this.#columns.get(name)?.kind;
    // MySQL says 0 and 1.
    if (kind === 'boolean' && typeof value === 'number') return value !== 0;
    const isNumber = kind === 'integer' || kind === 'decimal' || kind === 'float';
    return isNumber && typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  }

  #literal(name: string, operator: Operator, given: Literal): boolean {
    const column = this.#columns.get(name);
    if (column === undefined) return false;
    const value = this.#typed(name, given);
    switch (operator) {
      case '=':
        return this.#among(name, [value]);
      case '<>':
        return this.#isNot(name, value);
      case 'like':
      case 'ilike':
        return this.#pattern(name, likePattern(String(value)));
      case 'match':
      case 'imatch':
        return this.#pattern(name, String(value));
      case '<':
      case '<=':
      case '>':
      case '>=':
        return this.#bound(column, operator, value);
      default:
        // What is made by chance does not match what is excluded by a pattern; the rows that are looked at tell.
        return true;
    }
  }

  #pattern(name: string, pattern: string): boolean {
    const facts = this.#of(name);
    if (facts.pattern !== undefined && facts.pattern !== pattern) return false;
    facts.pattern = pattern;
    return true;
  }

  #isNot(name: string, value: Literal): boolean {
    const column = this.#columns.get(name);
    const facts = this.#of(name);
    if (column?.kind === 'boolean') facts.values = [value !== true];
    else if (facts.values !== undefined) facts.values = facts.values.filter((one) => one !== value);
    else if (column?.values !== null && column !== undefined)
      facts.values = column.values.filter((one) => one !== value);
    else if (value === '') facts.minLength = Math.max(1, facts.minLength ?? 1);
    else if (typeof value === 'number' && (facts.min ?? 0) <= value) facts.min = value + this.#unit(name);
    return true;
  }

  #unit(name: string): number {
    const column = this.#columns.get(name);
    return column?.kind === 'integer' ? 1 : 10 ** -Math.min(column?.scale ?? 2, 6);
  }

  #bound(column: Column, operator: '<' | '<=' | '>' | '>=', value: Literal): boolean {
    const facts = this.#of(column.name);
    const isLow = operator.startsWith('>');
    const isStrict = operator.length === 1;
    if (typeof value === 'number') {
      const inside = isStrict ? value + (isLow ? 1 : -1) * this.#unit(column.name) : value;
      if (isLow) facts.min = Math.max(facts.min ?? inside, inside);
      else facts.max = Math.min(facts.max ?? inside, inside);
      return true;
    }
    if (typeof value !== 'string' || !['date', 'datetime', 'datetime_zoned'].includes(column.kind)) return false;
    const moment = Date.parse(value.length <= 10 ? value : momentText(value));
    if (Number.isNaN(moment)) return false;
    const shift = isStrict ? (isLow ? DAY : -DAY) : 0;
    const text = new Date(moment + shift).toISOString();
    const bound = column.kind === 'date' ? text.slice(0, 10) : text;
    if (isLow) facts.earliest = facts.earliest !== undefined && facts.earliest > bound ? facts.earliest : bound;
    else facts.latest = facts.latest !== undefined && facts.latest < bound ? facts.latest : bound;
    return true;
  }

  #beforeNow(name: string, operator: Operator): boolean {
    const column = this.#columns.get(name);
    if (column === undefined || !['date', 'datetime', 'datetime_zoned'].includes(column.kind)) return false;
    if (operator !== '<' && operator !== '<=') return false;
    return this.#bound(column, '<', new Date().toISOString().slice(0, 10));
  }

  #order(left: string, operator: Operator, right: string): boolean {
    if (operator === '=') return false;
    if (operator === '<>') {
      this.#unlike.push([left, right]);
      return true;
    }
    const isUp = operator.startsWith('<');
    const order = { low: isUp ? left : right, high: isUp ? right : left, isStrict: operator.length === 1 };
    if (!this.#columns.has(left) || !this.#columns.has(right)) return false;
    this.#orders.push(order);
    return true;
  }

  /** `code = upper(code)`. */
  #isOwnCase(name: string, operator: Operator, { name: call, args }: Extract<Expression, { is: 'call' }>): boolean {
    const [of] = args;
    if (operator !== '=' || of?.is !== 'column' || of.name !== name || (call !== 'upper' && call !== 'lower'))
      return false;
    this.#of(name).letters = call;
    return true;
  }

  #call({ name, args }: Extract<Expression, { is: 'call' }>, operator: Operator, right: Expression): boolean {
    const [of] = args;
    if (of?.is === 'call' && ['btrim', 'trim', 'ltrim', 'rtrim'].includes(of.name)) {
      return this.#call({ is: 'call', name, args: of.args }, operator, right);
    }
    if (of?.is !== 'column') return false;
    if (right.is === 'column' && right.name === of.name) {
      return this.#isOwnCase(of.name, operator, { is: 'call', name, args });
    }
    if (right.is !== 'literal' || right.value === null) return false;
    if (['btrim', 'trim', 'ltrim', 'rtrim'].includes(name)) return this.#literal(of.name, operator, right.value);
    if (!['length', 'char_length', 'character_length', 'octet_length'].includes(name)) return false;
    const length = Number(right.value);
    if (!Number.isSafeInteger(length)) return false;
    const facts = this.#of(of.name);
    const atLeast = (least: number): boolean => {
      facts.minLength = Math.max(facts.minLength ?? 0, least);
      return true;
    };
    const atMost = (most: number): boolean => {
      facts.maxLength = Math.min(facts.maxLength ?? most, most);
      return true;
    };
    switch (operator) {
      case '=':
        return atLeast(length) && atMost(length);
      case '>':
        return atLeast(length + 1);
      case '>=':
        return atLeast(length);
      case '<':
        return atMost(length - 1);
      case '<=':
        return atMost(length);
      default:
        return operator === '<>' && length === 0 && atLeast(1);
    }
  }
}

/** A moment without a zone is one in UTC. */
const momentText = (text: string): string =>
  `${text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')}${/(?:Z|[+-]\d\d(?::?\d\d)?)$/i.test(text) ? '' : 'Z'}`;
