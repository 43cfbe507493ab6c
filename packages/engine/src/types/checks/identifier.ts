import {
  add,
  bind,
  constant,
  digits,
  get,
  type Int,
  lookup,
  mod,
  mul,
  type Piece,
  pick,
  text,
} from '../../plan/program.ts';
import type { BuildContext } from '../field-type.ts';

/** What a character at a position (from 0, check digits counted) adds to a checksum; not negative. */
export type Weigh = (char: string, position: number) => number;

/** A run of characters, which is one of `size` texts; `placed` ones wait for a value that depends on what follows. */
interface Part {
  readonly value: Int;
  readonly at: number;
  readonly texts: readonly string[];
}

/** Digits drawn at once: a checksum is one lookup for each such run, in a table of a thousand entries. */
const RUN = 3;
const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

const numbersOf = (width: number): readonly string[] =>
  Array.from({ length: 10 ** width }, (_, value) => String(value).padStart(width, '0'));
const NUMBERS = [[], numbersOf(1), numbersOf(2), numbersOf(3)] as const;

const classes = new Map<string, readonly string[]>();

/** The characters of a class such as `A-CX0-9`; the same list for the same class, so that kernels share tables. */
function membersOf(source: string): readonly string[] {
  let members = classes.get(source);
  if (members === undefined) {
    const between = (_: string, first: string, last: string): string =>
      CHARACTERS.slice(CHARACTERS.indexOf(first), CHARACTERS.indexOf(last) + 1);
    members = [...source.replaceAll(/(.)-(.)/g, between)];
    classes.set(source, members);
  }
  return members;
}

/**
 * Builds the pieces of an identifier character by character and computes checksums over what is there so far. Additive
 * checksums (`sum`) and state machines (`fold`) both become table lookups in the kernel. Methods that add characters
 * return the identifier, so that calls can be chained.
 */
export class Identifier {
  readonly #context: BuildContext;
  readonly #separators: boolean;
  readonly #parts: Part[] = [];
  readonly #bindings: Piece[] = [];
  readonly #output: Piece[] = [];
  #length = 0;

  /** @param separators whether separators are written */
  constructor(context: BuildContext, separators = true) {
    this.#context = context;
    this.#separators = separators;
  }

  /** Characters so far, separators left out. */
  get length(): number {
    return this.#length;
  }

  get pieces(): Piece[] {
    return [...this.#bindings, ...this.#output];
  }

  /** Text that no checksum counts, such as a separator. */
  separator(value: string): this {
    if (this.#separators) this.#output.push(text(value));
    return this;
  }

  /** Text that no checksum counts and that is always written, such as the prefix of a country. */
  literal(value: string): this {
    this.#output.push(text(value));
    return this;
  }

  /** The text of an index, which no checksum counts and which is always written, such as a sign for the century. */
  uncounted(index: Int, texts: readonly string[]): this {
    this.#output.push(pick(texts, index));
    return this;
  }

  /** Names a value, so that it is computed once however often it is used. */
  bind(name: string, value: Int): Int {
    this.#bindings.push(bind(name, value));
    return get(name);
  }

  /** Characters that are always the same. */
  fixed(chars: string): this {
    this.#add(constant(0), [chars]);
    this.#output.push(text(chars));
    return this;
  }

  /** Drawn digits. */
  digits(count: number): this {
    for (let rest = count; rest > 0; rest -= RUN) {
      const width = Math.min(rest, RUN);
      this.number(this.#context.choose(10 ** width), width);
    }
    return this;
  }

  /** A drawn number in [min, max], zero-padded to `width` digits, at most 3. */
  between(min: number, max: number, width: number): this {
    return this.number(add(this.#context.choose(max - min + 1), min), width);
  }

  /** Drawn letters of an alphabet, A to Z unless given. */
  letters(count: number, alphabet: readonly string[] = LETTERS): this {
    for (let i = 0; i < count; i++) this.char(this.#context.choose(alphabet.length), alphabet);
    return this;
  }

  /** One of some texts of one length: drawn, or by an index. */
  oneOf(texts: readonly string[], index: Int = this.#context.choose(texts.length)): this {
    return this.char(index, texts);
  }

  /** The text of an index. All texts have the same length. */
  char(index: Int, texts: readonly string[]): this {
    this.#output.push(pick(texts, this.#add(index, texts)));
    return this;
  }

  /** A computed number of at most 3 digits, zero-padded. */
  number(value: Int, width: number): this {
    const texts = NUMBERS[width];
    if (texts === undefined || width === 0) throw new Error('a number of an identifier has 1 to 3 digits');
    this.#output.push(digits(this.#add(value, texts), width));
    return this;
  }

  /**
   * Drawn characters by a pattern of `\d`, classes such as `[A-Z]` and `[A-Z0-9]`, and characters that stand for
   * themselves, each with a count in braces or without; blanks, hyphens, dots and slashes are separators.
   */
  pattern(source: string): this {
    for (const [, what = '', times = '1'] of source.matchAll(/(\\d|\[[^\]]+\]|.)(?:\{(\d+)\})?/g)) {
      const count = Number(times);
      if (what === '\\d') this.digits(count);
      else if (what.length > 1) this.letters(count, membersOf(what.slice(1, -1)));
      else if (' -./'.includes(what)) this.separator(what);
      else this.fixed(what.repeat(count));
    }
    return this;
  }

  /**
   * A drawn digit that keeps a checksum off forbidden values: with the sum so far and the digit's own weight, the
   * remainder by `modulus` is one that `allowed` accepts. Different draws give different digits.
   */
  steer(modulus: number, weigh: Weigh, allowed: (remainder: number) => boolean): this {
    return this.number(this.steered(modulus, weigh, this.#length, allowed), 1);
  }

  /** The digit of `steer` for a place that was left open. */
  steered(modulus: number, weigh: Weigh, position: number, allowed: (remainder: number) => boolean): Int {
    const good = (sum: number, digit: number): boolean => allowed((sum + weigh(String(digit), position)) % modulus);
    return this.among(1, modulus, mod(this.sum(weigh), modulus), good);
  }

  /**
   * A drawn number of `width` digits that is good for a state in [0, states). Every state offers as many numbers as the
   * poorest one has, so that different draws give different numbers.
   */
  among(width: 1 | 2, states: number, state: Int, good: (state: number, value: number, text: string) => boolean): Int {
    const lists = Array.from({ length: states }, (_, of) =>
      NUMBERS[width].flatMap((digits, value) => (good(of, value, digits) ? [value] : [])),
    );
    const choices = Math.min(...lists.map((list) => list.length));
    if (choices === 0) throw new Error('there is a state for which no number is good');
    const table = lists.flatMap((list) => list.slice(0, choices));
    return lookup(table, add(mul(state, choices), this.#context.choose(choices)));
  }

  /**
   * Leaves room for what depends on the characters that follow: a number of so many digits, or one of some texts by its
   * index. The returned function puts it there, once.
   */
  later(of: 1 | 2 | 3 | readonly string[]): (value: Int) => void {
    const at = this.#length;
    const place = this.#output.length;
    const texts = typeof of === 'number' ? (NUMBERS[of] ?? []) : of;
    this.#length += texts[0]?.length ?? 0;
    this.#output.push(text(''));
    return (value) => {
      const bound = this.#addAt(at, value, texts);
      this.#output[place] = typeof of === 'number' ? digits(bound, of) : pick(texts, bound);
    };
  }

  /** The sum of what the characters so far weigh. */
  sum(weigh: Weigh): Int {
    let fixed = 0;
    const terms: Int[] = [];
    for (const { value, at, texts } of this.#parts) {
      const table = sumsOf(texts, at, weigh);
      if (table.length === 1) fixed += table[0] ?? 0;
      else if (table.some((weight) => weight !== table[0])) terms.push(lookup(table, value));
      else fixed += table[0] ?? 0;
    }
    return terms.reduce<Int>((sum, term) => add(sum, term), constant(fixed));
  }

  /** The state that a machine with `states` states, starting in 0, is in after the characters so far, in order. */
  fold(states: number, step: (state: number, char: string, position: number) => number): Int {
    const after = (state: number, chars: string, at: number): number =>
      [...chars].reduce((now, char, i) => step(now, char, at + i), state);
    let state: Int = constant(0);
    let known: number | undefined = 0;
    this.#parts
      .toSorted((a, b) => a.at - b.at)
      .forEach(({ value, at, texts }, i) => {
        if (known !== undefined && texts.length === 1) {
          known = after(known, texts[0] ?? '', at);
          return;
        }
        const starts = known === undefined ? Array.from({ length: states }, (_, s) => s) : [known];
        const table = starts.flatMap((start) => texts.map((chars) => after(start, chars, at)));
        const index = known === undefined ? add(mul(state, texts.length), value) : value;
        const name = `state${i}at${this.#length}`;
        this.#bindings.push(bind(name, lookup(table, index)));
        state = get(name);
        known = undefined;
      });
    return known === undefined ? state : constant(known);
  }

  #add(value: Int, texts: readonly string[]): Int {
    const at = this.#length;
    this.#length += texts[0]?.length ?? 0;
    return this.#addAt(at, value, texts);
  }

  #addAt(at: number, value: Int, texts: readonly string[]): Int {
    if (texts.length === 1) {
      this.#parts.push({ value, at, texts });
      return value;
    }
    const name = `at${at}`;
    this.#bindings.push(bind(name, value));
    this.#parts.push({ value: get(name), at, texts });
    return get(name);
  }
}

const tables = new WeakMap<Weigh, WeakMap<readonly string[], number[][]>>();

/** What each of the texts weighs, beginning at a position; the same table for the same texts and weights, which are not made anew at each compile. */
function sumsOf(texts: readonly string[], at: number, weigh: Weigh): readonly number[] {
  const ofWeigh = tables.get(weigh) ?? new WeakMap<readonly string[], number[][]>();
  tables.set(weigh, ofWeigh);
  const ofTexts = ofWeigh.get(texts) ?? [];
  ofWeigh.set(texts, ofTexts);
  const table = ofTexts[at] ?? weighAll(texts, at, weigh);
  ofTexts[at] = table;
  return table;
}

/** There are many texts of few characters: each is weighed once a place. */
function weighAll(texts: readonly string[], at: number, weigh: Weigh): number[] {
  const known: Map<string, number>[] = [];
  return texts.map((chars) => {
    let sum = 0;
    let i = 0;
    for (const char of chars) {
      known[i] ??= new Map();
      const ofPlace = known[i] as Map<string, number>;
      let weight = ofPlace.get(char);
      if (weight === undefined) {
        weight = weigh(char, at + i);
        ofPlace.set(char, weight);
      }
      sum += weight;
      i++;
    }
    return sum;
  });
}
