import { type Range, rangeOf } from '../../kernel/range.ts';
import { bind, get, type Int, type Piece } from '../../plan/program.ts';

/** Rows for which the numbers of a program are looked at: beyond, 64-bit floats would not hold what is made of them. */
const MOST_ROWS = 2n ** 40n;
/** Names of templates' own programs never begin with it. */
const PREFIX = '\0';
const ROW = `${PREFIX}row`;

/** The numbers a compiled expression has computed so far, each once. */
export class Bindings {
  readonly #lets: Piece[] = [];
  #count = 0;

  /** A number under a name of its own. */
  bind(value: Int): Int {
    if (value.op === 'const' || value.op === 'get') return value;
    const name = this.#name();
    this.#lets.push(bind(name, value));
    return get(name);
  }

  /** A number that is drawn in another stream, after pieces that bind what it needs. */
  bindIn(place: { readonly path: string; readonly within?: string }, before: readonly Piece[], value: Int): Int {
    if (value.op === 'const') return value;
    const name = this.#name();
    this.#lets.push({ p: 'of', ...place, body: [...before, bind(name, value)] });
    return get(name);
  }

  #name(): string {
    return `${PREFIX}${this.#count++}`;
  }

  /** The pieces that bind what these parts of a program refer to. */
  letsFor(...parts: readonly unknown[]): Piece[] {
    const used = new Set<string>();
    for (const part of parts) collectNames(part, used);
    const kept: Piece[] = [];
    for (const piece of this.#lets.toReversed()) {
      const bound = piece.p === 'of' ? piece.body.at(-1) : piece;
      if (bound?.p !== 'let' || !used.has(bound.name)) continue;
      collectNames(piece, used);
      kept.unshift(piece);
    }
    return kept;
  }
}

function collectNames(part: unknown, into: Set<string>): void {
  if (typeof part !== 'object' || part === null) return;
  // Tables and lists of texts name nothing.
  if (Array.isArray(part) && typeof part[0] !== 'object') return;
  if ((part as Int).op === 'get') into.add((part as Extract<Int, { op: 'get' }>).name);
  else for (const inner of Object.values(part)) collectNames(inner, into);
}

/** The range of a number after pieces, in the rows that are looked at. */
export function rangeAfter(before: readonly Piece[], value: Int): Range {
  const variables = new Map<string, Range>([[ROW, { lo: 0n, hi: MOST_ROWS }]]);
  for (const piece of before)
    if (piece.p === 'let') variables.set(piece.name, rangeOf(inFewRows(piece.value), variables));
  return rangeOf(inFewRows(value), variables);
}

function inFewRows(int: Int): Int {
  switch (int.op) {
    case 'row':
      return get(ROW);
    case 'lookup':
      return { ...int, index: inFewRows(int.index) };
    case 'select':
      return { ...int, on: inFewRows(int.on), a: inFewRows(int.a), b: inFewRows(int.b) };
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'mod':
    case 'less':
      return { ...int, a: inFewRows(int.a), b: inFewRows(int.b) };
    default:
      return int;
  }
}
