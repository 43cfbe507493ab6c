import type { BinaryNode, CallNode, Node } from '../../expression/index.ts';
import { constant, type Int } from '../../plan/program.ts';
import type { Bindings } from './bindings.ts';
import { and, entry, isConstant, isLess, not, or, same, select } from './bits.ts';
import { Dates } from './dates.ts';
import { withMissing } from './field-values.ts';
import {
  type Known,
  type KnownBoolean,
  type KnownDate,
  type KnownNumber,
  type KnownText,
  NEVER,
  NotCertain,
  NULL,
  notCertain,
} from './known.ts';
import { faithful, Numbers, numberOf } from './numbers.ts';
import { Tabulation } from './tabulation.ts';
import { asText, chosenText, inCase, joined, literal } from './texts.ts';

/** What an expression's fields are, by name and by the names of what is in them. */
export interface Fields {
  valueOf(path: readonly string[]): Known;
}

/**
 * The value of an expression as numbers and pieces of the kernel. Each rule here is one of ../../expression, and holds for every
 * row: what might be an error in some row, or another digit, is left to JavaScript.
 */
export class ExpressionValues {
  readonly #fields: Fields;
  readonly #bindings: Bindings;
  readonly #numbers: Numbers;
  readonly #dates: Dates;
  readonly #tabulation: Tabulation;

  constructor(fields: Fields, bindings: Bindings, source: string) {
    this.#fields = fields;
    this.#bindings = bindings;
    this.#numbers = new Numbers(bindings);
    this.#dates = new Dates(bindings);
    this.#tabulation = new Tabulation(fields, bindings, source);
  }

  /** @throws {NotCertain} when JavaScript has to be asked */
  valueOf(node: Node): Known {
    try {
      return this.#settled(this.#direct(node));
    } catch (error) {
      if (!(error instanceof NotCertain)) throw error;
      // What depends on one field of few values is looked up.
      return this.#settled(this.#tabulation.of(node));
    }
  }

  /** The same value, of numbers that are computed once. */
  #settled(value: Known): Known {
    if (value.type === 'null' || value.type === 'either') return value;
    const missing = this.#bindings.bind(value.missing);
    if (value.type === 'boolean') return { ...value, int: this.#bindings.bind(value.int), missing };
    if (value.type === 'number') {
      const int = this.#bindings.bind(value.int);
      return value.faithful ? faithful({ ...value, int }, missing) : { ...value, int, missing };
    }
    if (value.finite === undefined) return { ...value, missing };
    // The pieces of a listed text are its index, which has to be the bound one.
    const index = this.#bindings.bind(value.finite.index);
    const pieces = value.pieces.map((piece) => (piece.p === 'pick' ? { ...piece, index } : piece));
    return { ...value, pieces, finite: { ...value.finite, index }, missing };
  }

  #direct(node: Node): Known {
    switch (node.kind) {
      case 'literal': {
        const { value } = node;
        if (value === null) return NULL;
        if (typeof value === 'string') return literal(value);
        if (typeof value === 'number') return numberOf(value);
        return { type: 'boolean', int: constant(value ? 1 : 0), missing: NEVER };
      }
      case 'field':
      case 'member':
        return this.#fields.valueOf(pathOf(node));
      case 'unary':
        if (node.operator === 'not') return flag(not(this.#condition(node.operand)));
        return this.#ofNumbers([this.valueOf(node.operand)], (a) => this.#numbers.negate(a));
      case 'binary':
        return this.#binary(node);
      case 'conditional':
        return this.#chosen(this.#condition(node.condition), this.valueOf(node.then), this.valueOf(node.otherwise));
      case 'call':
        return this.#call(node);
      case 'text':
        return joined(node.parts.map((part) => asText(this.valueOf(part))));
      default:
        return notCertain(`${node.kind} is a matter of JavaScript`);
    }
  }

  #binary({ operator, left, right }: BinaryNode): Known {
    if (operator === 'and') return flag(and(this.#condition(left), this.#condition(right)));
    if (operator === 'or') return flag(or(this.#condition(left), this.#condition(right)));
    const [a, b] = [this.valueOf(left), this.valueOf(right)];
    switch (operator) {
      case '??':
        return this.#orElse(a, b);
      case '==':
        return flag(this.#equal(a, b));
      case '!=':
        return flag(not(this.#equal(a, b)));
      case '<':
        return this.#ordered(a, b, false);
      case '>':
        return this.#ordered(b, a, false);
      case '<=':
        return this.#ordered(b, a, true);
      case '>=':
        return this.#ordered(a, b, true);
      case '+':
        return this.#plus(a, b);
      case '-':
        return this.#ofNumbers([a, b], (x, y) => this.#numbers.subtract(x, y));
      case '*':
        return this.#ofNumbers([a, b], (x, y) => this.#numbers.multiply(x, y));
      case '/':
        return this.#ofNumbers([a, b], (x, y) => this.#numbers.divide(x, y) ?? NULL);
      case '%':
        return this.#ofNumbers([a, b], (x, y) => this.#numbers.remainder(x, y, 'left'));
      default:
        return notCertain('powers are a matter of JavaScript');
    }
  }

  #plus(a: Known, b: Known): Known {
    if (a.type === 'null' || b.type === 'null') return isTextual(a) && isTextual(b) ? NULL : notCertain('an error');
    if (a.type === 'number' && b.type === 'number') return this.#ofNumbers([a, b], (x, y) => this.#numbers.add(x, y));
    if (a.type === 'either' || b.type === 'either' || (a.type !== 'text' && b.type !== 'text'))
      return notCertain('neither two numbers nor a text');
    return withMissing(joined([present(a), present(b)].map(asText)), or(a.missing, b.missing));
  }

  #ofNumbers(values: readonly Known[], compute: (a: KnownNumber, b: KnownNumber) => Known): Known {
    if (values.some(({ type }) => type !== 'number' && type !== 'null')) return notCertain('other than a number');
    const missing = values.reduce((any, value) => or(any, missingOf(value)), NEVER);
    if (isConstant(missing, 1n)) return NULL;
    const [a, b = a] = values.map(present) as [KnownNumber, KnownNumber?];
    return withMissing(compute(a, b), missing);
  }

  /** A condition: null counts as false. */
  #condition(node: Node): Int {
    const value = this.valueOf(node);
    if (value.type === 'null') return NEVER;
    if (value.type !== 'boolean') return notCertain('other than a boolean in a condition');
    return this.#bindings.bind(and(not(value.missing), value.int));
  }

  #equal(a: Known, b: Known): Int {
    const [aMissing, bMissing] = [missingOf(a), missingOf(b)];
    const bothMissing = this.#bindings.bind(and(aMissing, bMissing));
    if (a.type === 'null' || b.type === 'null') return bothMissing;
    const [x, y] = [present(a), present(b)];
    return select(or(aMissing, bMissing), bothMissing, this.#bindings.bind(this.#equalWithoutNull(x, y)));
  }

  #equalWithoutNull(a: Known, b: Known): Int {
    if (a.type === 'either' || b.type === 'either') return notCertain('a value of one of two types');
    if (a.type === 'number' && b.type === 'number') {
      return this.#numbers.isSame(a, b);
    }
    if (a.type === 'boolean' && b.type === 'boolean') return same(a.int, b.int);
    if (a.type === 'text' && b.type === 'text') {
      if (a.date !== undefined && b.date !== undefined) return this.#dates.isSame(a.date, b.date);
      const [x, y] = ranks(a, b);
      return same(x, y);
    }
    return NEVER;
  }

  /** a < b, or not; null when either is. */
  #ordered(a: Known, b: Known, opposite: boolean): Known {
    if (a.type === 'null' || b.type === 'null') {
      const other = a.type === 'null' ? b : a;
      return other.type === 'null' || other.type === 'number' || other.type === 'text' ? NULL : notCertain('an error');
    }
    const missing = or(missingOf(a), missingOf(b));
    const less = this.#less(present(a), present(b));
    return { type: 'boolean', int: opposite ? not(less) : less, missing };
  }

  #less(a: Known, b: Known): Int {
    if (a.type === 'number' && b.type === 'number') {
      return this.#numbers.isLess(a, b);
    }
    if (a.type !== 'text' || b.type !== 'text') return notCertain('neither two numbers nor two texts');
    if (a.date !== undefined && b.date !== undefined) return this.#dates.isBefore(a.date, b.date);
    const [x, y] = ranks(a, b);
    return isLess(x, y);
  }

  /** `a` where the condition is true, else `b`. */
  #chosen(on: Int, a: Known, b: Known): Known {
    if (isConstant(on, 1n)) return a;
    if (isConstant(on, 0n)) return b;
    if (a.type === 'null') return withMissing(b, on);
    if (b.type === 'null') return withMissing(a, not(on));
    if (a.type === 'either' || b.type === 'either' || a.type !== b.type)
      return { type: 'either', on: this.#bindings.bind(on), whenTrue: a, whenFalse: b };
    const missing = select(on, a.missing, b.missing);
    return withMissing(this.#oneOf(on, present(a), present(b)), missing);
  }

  #oneOf(on: Int, a: Known, b: Known): Known {
    if (a.type === 'number' && b.type === 'number') return this.#numbers.select(on, a, b);
    if (a.type === 'boolean' && b.type === 'boolean') return flag(select(on, a.int, b.int));
    if (a.type === 'text' && b.type === 'text') return chosenText(this.#bindings, on, a, b);
    return notCertain('values of two types');
  }

  #orElse(a: Known, b: Known): Known {
    if (a.type === 'null') return b;
    if (a.type === 'either') return notCertain('a value of one of two types');
    return this.#chosen(this.#bindings.bind(not(a.missing)), present(a), b);
  }

  #call(node: CallNode): Known {
    const [first, second, third] = node.args;
    if (node.name === 'if' && first && second && third)
      return this.#chosen(this.#condition(first), this.valueOf(second), this.valueOf(third));
    const values = node.args.map((arg) => this.valueOf(arg));
    const [a = NULL, b = NULL] = values;
    switch (node.name) {
      case 'coalesce':
        return values.reduceRight((rest, value) => this.#orElse(value, rest));
      case 'concat':
        return joined(values.map(asText));
      case 'string':
        return a.type === 'either' ? notCertain('a value of one of two types') : this.#asString(a);
      case 'upper':
      case 'lower': {
        const text = this.#asString(a);
        // Lists of texts are changed as a whole, which knows no boundaries of pieces.
        if (text.type !== 'text' || text.finite !== undefined) return notCertain('better looked up');
        return inCase(text, node.name);
      }
      case 'number':
        return a.type === 'number' || a.type === 'null'
          ? a
          : a.type === 'boolean'
            ? this.#asNumber(a)
            : notCertain('a text');
      case 'integer':
        return a.type === 'boolean' ? this.#asNumber(a) : this.#ofNumbers([a], (x) => this.#numbers.truncate(x));
      case 'round':
        if (values.length === 1) return this.#ofNumbers([a], (x) => this.#numbers.round(x, 0));
        return this.#ofNumbers([a, b], (x, y) => this.#numbers.round(x, constantOf(y)));
      case 'floor':
        return this.#ofNumbers([a], (x) => this.#numbers.floor(x));
      case 'ceil':
        return this.#ofNumbers([a], (x) => this.#numbers.negate(this.#numbers.floor(this.#numbers.negate(x))));
      case 'abs':
        return this.#ofNumbers([a], (x) => this.#numbers.abs(x));
      case 'mod':
        return this.#ofNumbers([a, b], (x, y) => this.#numbers.remainder(x, y, 'divisor'));
      case 'min':
      case 'max':
        return values.length > 1 ? this.#extreme(values, node.name) : notCertain('of a list');
      case 'year':
        return this.#ofDates([a], (x) => this.#dates.year(x));
      case 'month':
        return this.#ofDates([a], (x) => this.#dates.month(x));
      case 'day':
        return this.#ofDates([a], (x) => this.#dates.day(x));
      case 'days_between':
        return this.#ofDates([a, b], (x, y) => this.#dates.daysBetween(x, y));
      case 'age':
        return this.#ofDates([a, b], (x, y) => this.#dates.age(x, y));
      case 'add_days': {
        if (b.type === 'null') return this.#ofDates([a], () => NULL);
        if (b.type !== 'number') return notCertain('other than a number of days');
        const days = this.#numbers.truncate({ ...b, missing: NEVER });
        return withMissing(
          this.#ofDates([a], (x) => this.#dates.addDays(x, days)),
          b.missing,
        );
      }
      case 'in':
        return this.#in(node, a);
      default:
        return notCertain(`${node.name}() is a matter of JavaScript`);
    }
  }

  #asString(a: Known): Known {
    if (a.type === 'null') return NULL;
    if (a.type === 'either') return notCertain('a value of one of two types');
    return withMissing(asText(present(a)), a.missing);
  }

  #asNumber({ int, missing }: KnownBoolean): Known {
    return faithful({ int, decimals: 0, lo: 0n, hi: 1n }, missing);
  }

  #ofDates(values: readonly Known[], compute: (a: KnownDate, b: KnownDate) => Known): Known {
    const dates = values.map((value) => {
      if (value.type === 'null') return undefined;
      // A text that is no date is an error.
      return value.type === 'text' && value.date !== undefined ? value.date : notCertain('what may be no date');
    });
    const missing = values.reduce((any, value) => or(any, missingOf(value)), NEVER);
    if (isConstant(missing, 1n) || dates.includes(undefined)) return NULL;
    const [a, b = a] = dates as [KnownDate, KnownDate?];
    return withMissing(compute(a, b), missing);
  }

  /** Of numbers; nulls are skipped. */
  #extreme(values: readonly Known[], which: 'min' | 'max'): Known {
    const numbers = values.filter((value) => value.type !== 'null');
    if (!numbers.every((value) => value.type === 'number')) return notCertain('other than numbers');
    const [first, ...rest] = numbers;
    if (first === undefined) return NULL;
    return rest.reduce((best: KnownNumber, next: KnownNumber): KnownNumber => {
      const better = which === 'min' ? this.#numbers.isLess(next, best) : this.#numbers.isLess(best, next);
      const taken = this.#bindings.bind(or(best.missing, and(not(next.missing), better)));
      const missing = this.#bindings.bind(and(best.missing, next.missing));
      return { ...this.#numbers.select(taken, present(next), present(best)), missing };
    }, first);
  }

  #in({ args: [, list] }: CallNode, value: Known): Known {
    if (list?.kind !== 'list') return notCertain('a list that is no literal');
    const found = list.items.map((item) => this.#equal(value, this.valueOf(item)));
    return flag(this.#bindings.bind(found.reduce(or, NEVER)));
  }
}

const flag = (int: Int): KnownBoolean => ({ type: 'boolean', int, missing: NEVER });

/** The value, taken not to be null. */
function present<Of extends Known>(value: Of): Of {
  return value.type === 'null' || value.type === 'either' ? value : { ...value, missing: NEVER };
}

function missingOf(value: Known): Int {
  if (value.type === 'null') return constant(1);
  return value.type === 'either' ? notCertain('a value of one of two types') : value.missing;
}

const isTextual = (value: Known): boolean => value.type !== 'either';

function constantOf({ lo, hi, decimals }: KnownNumber): number {
  if (lo !== hi) return notCertain('a number of places that is no constant');
  return Math.trunc(Number(lo) / 10 ** decimals);
}

/** Places of two listed texts in the order of all. */
function ranks(a: KnownText, b: KnownText): [Int, Int] {
  if (a.finite === undefined || b.finite === undefined) return notCertain('texts that are not listed');
  // By UTF-16 code units, as sort() does without a function.
  const order = new Map(
    [...new Set([...a.finite.from, ...b.finite.from])].toSorted().map((text, rank) => [text, rank]),
  );
  const rankOf = ({ from, index }: NonNullable<KnownText['finite']>): Int =>
    entry(
      from.map((text) => order.get(text) ?? 0),
      index,
    );
  return [rankOf(a.finite), rankOf(b.finite)];
}

/** The names of a field and of what is in it. */
function pathOf(node: Node): string[] {
  if (node.kind === 'field') return [node.name];
  return node.kind === 'member' ? [...pathOf(node.object), node.name] : notCertain('a part of what is no field');
}
