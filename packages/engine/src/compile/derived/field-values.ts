import { Lowering } from '../../kernel/lower.ts';
import { maxBytes } from '../../kernel/max-bytes.ts';
import { rawTexts } from '../../kernel/raw-texts.ts';
import { bind, type Int, less, type Piece, type Program, row } from '../../plan/program.ts';
import type { Bindings } from './bindings.ts';
import { rangeAfter } from './bindings.ts';
import { entry, or } from './bits.ts';
import { type Known, type KnownText, NEVER, NULL, notCertain } from './known.ts';
import { faithful, unitsOf } from './numbers.ts';
import { listed, textOf } from './texts.ts';

/** Where a field's own stream of draws is. */
export interface Place {
  readonly path: string;
  /** The path of its object, where that is not the one of the expression. */
  readonly within?: string;
}

type TextProgram = Extract<Program, { readonly body: readonly Piece[] }>;

/** The value that a field has in the row at hand: the numbers it draws are drawn again, the same ones. */
export class FieldValues {
  readonly #bindings: Bindings;

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  /** @throws {NotCertain} when JavaScript has to be asked */
  valueOf(program: Program, place: Place, before: readonly Piece[] = []): Known {
    switch (program.kind) {
      case 'nullable':
        return withMissing(this.valueOf(program.program, place, before), this.missing(place, program.threshold));
      case 'unique': {
        const image: Int = { op: 'permute', of: row, size: program.size };
        return this.valueOf(program.program, place, [...before, bind('unique', image)]);
      }
      case 'boolean':
        return { type: 'boolean', int: this.#bindings.bindIn(place, before, program.value), missing: NEVER };
      case 'choice':
        return this.#choice(program, place, before);
      case 'integer':
      case 'decimal':
        return this.#number(program, place, before);
      case 'string':
      case 'time':
      case 'uuid':
        return this.#text(program, place, before);
      case 'date':
      case 'datetime':
        return this.#date(program, place, before);
      default:
        return notCertain(`a value of kind ${program.kind}`);
    }
  }

  /** 1 where a field is null: a draw from its null stream is below the threshold. */
  missing({ path }: Place, threshold: number): Int {
    const high: Int = { op: 'draw', below: 2 ** 32 };
    return this.#bindings.bindIn({ path: `${path}\0null` }, [], less(high, threshold));
  }

  #choice({ values, index }: Extract<Program, { kind: 'choice' }>, place: Place, before: readonly Piece[]): Known {
    if (values.length === 1) return tabulated(values, NEVER);
    return tabulated(values, this.#bindings.bindIn(place, before, index));
  }

  #number({ body }: TextProgram, place: Place, before: readonly Piece[]): Known {
    const last = body.at(-1);
    const lets = [...before, ...body.slice(0, -1)];
    if ((last?.p !== 'integer' && last?.p !== 'fixed') || lets.some(({ p }) => p !== 'let'))
      return notCertain('a number in several pieces');
    const decimals = last.p === 'fixed' ? last.decimals : 0;
    const { lo, hi } = rangeAfter(lets, last.value);
    return faithful({ int: this.#bindings.bindIn(place, lets, last.value), decimals, lo, hi });
  }

  #text({ body }: TextProgram, place: Place, before: readonly Piece[]): KnownText {
    const [only] = body;
    if (body.length === 1 && only?.p === 'pick') {
      const index = only.from.length === 1 ? NEVER : this.#bindings.bindIn(place, before, only.index);
      return listed({ from: only.from, index });
    }
    const whole = [...before, ...body];
    return textOf([{ p: 'of', ...place, body: whole }], longest(whole));
  }

  #date(program: TextProgram, place: Place, before: readonly Piece[]): KnownText {
    const { body } = program;
    const text = this.#text(program, place, before);
    const at = body.findIndex(({ p }) => p !== 'let');
    const shown = body[at];
    const after = body.slice(at + 1);
    if (shown?.p !== 'date' || !(after.length === 0 || isTime(after))) return text;
    const lets = [...before, ...body.slice(0, at)];
    const { lo, hi } = rangeAfter(lets, shown.days);
    const days = this.#bindings.bindIn(place, lets, shown.days);
    const hasTime = after.length > 0;
    // The field's own day is drawn all the same: what is drawn after it keeps its place in the stream.
    const write = (other: Int): Piece[] =>
      hasTime
        ? [{ p: 'of', ...place, body: [...lets, bind('\0own', shown.days), { p: 'date', days: other }, ...after] }]
        : [{ p: 'date', days: other }];
    return { ...text, ...(hasTime ? {} : { pieces: write(days) }), date: { days, lo, hi, hasTime, write } };
  }
}

/** One of known values, all of one type, or null. */
export function tabulated(values: readonly unknown[], index: Int): Known {
  const given = values.filter((value) => value !== null);
  if (given.length === 0) return NULL;
  const missing =
    given.length === values.length
      ? NEVER
      : entry(
          values.map((value) => Number(value === null)),
          index,
        );
  if (given.every((value) => typeof value === 'string'))
    return listed(
      { from: given.length === values.length ? given : (values.map((value) => value ?? '') as string[]), index },
      missing,
    );
  if (given.every((value) => typeof value === 'boolean'))
    return { type: 'boolean', int: entry(values.map(Number), index), missing };
  if (!given.every((value) => typeof value === 'number')) return notCertain('values of several types');
  const written = given.map((value) => unitsOf(value) ?? notCertain('a number of too many digits'));
  const decimals = written.reduce((most, number) => Math.max(most, number.decimals), 0);
  const units = written.map((number) => number.units * 10 ** (decimals - number.decimals));
  if (!units.every(Number.isSafeInteger)) notCertain('a number of too many digits');
  let next = 0;
  // Where it is null, the number is one of the others.
  const table = values.map((value) => (value === null ? (units[0] ?? 0) : (units[next++] ?? 0)));
  const [lo, hi] = [units.reduce((a, b) => Math.min(a, b)), units.reduce((a, b) => Math.max(a, b))];
  return faithful({ int: entry(table, index), decimals, lo: BigInt(lo), hi: BigInt(hi) }, missing);
}

/** The value, or null in these rows. */
export function withMissing(value: Known, missing: Int): Known {
  if (value.type === 'null') return value;
  if (value.type === 'either')
    return {
      ...value,
      whenTrue: withMissing(value.whenTrue, missing),
      whenFalse: withMissing(value.whenFalse, missing),
    };
  return { ...value, missing: or(value.missing, missing) };
}

/** Whether it writes Thh:mm:ss, with milliseconds and a Z or without. */
const isTime = (pieces: readonly Piece[]): boolean =>
  /^T 2 : 2 : 2( \. 3)?( Z)?$/.test(
    pieces
      .filter(({ p }) => p !== 'let')
      .map((piece) => (piece.p === 'text' ? piece.text : piece.p === 'digits' ? piece.width : '?'))
      .join(' '),
  );

/** The most bytes of a text, which are no fewer than its UTF-16 code units. */
function longest(body: readonly Piece[]): number {
  const lowering = new Lowering();
  const program: Program = { kind: 'string', body };
  return maxBytes(lowering.field({ name: '', path: '', program }, rawTexts, lowering.scope('')));
}
