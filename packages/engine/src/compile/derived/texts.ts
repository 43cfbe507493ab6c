import { dayNumber, parseIsoDate } from '../../expression/functions/iso-date.ts';
import { constant, type Int, type Piece, pick, text } from '../../plan/program.ts';
import type { Bindings } from './bindings.ts';
import { isConstant, select } from './bits.ts';
import {
  type Finite,
  type Known,
  type KnownDate,
  type KnownNumber,
  type KnownText,
  NEVER,
  notCertain,
} from './known.ts';
import { fits } from './numbers.ts';

/**
 * Longer texts are left to JavaScript, which pays for them from the expression's budget: of this length, no expression has
 * parts enough to use it up.
 */
const MOST_LENGTH = 2000;
/** Lists beyond this are not made longer or copied. */
const MOST_LISTED = 1024;
/** A double below 10^-6 is written with an exponent. */
const MOST_PLAIN_DECIMALS = 6;
const FLAGS = ['false', 'true'];
/** Sign, point, digits of a double and the zeros before them. */
const MOST_NUMBER = 26;

/** A text of pieces. */
export function textOf(pieces: readonly Piece[], length: number, missing: Int = NEVER): KnownText {
  if (length > MOST_LENGTH) notCertain('a text that costs more steps than are counted here');
  return { type: 'text', pieces, length, missing };
}

/** One of a list of texts. */
export function listed({ from, index }: Finite, missing: Int = NEVER): KnownText {
  const [only = ''] = from;
  const length = from.reduce((most, { length }) => Math.max(most, length), 0);
  const pieces = from.length === 1 ? (only === '' ? [] : [text(only)]) : [pick(from, index)];
  const date = from.length === 1 ? dateOf(only) : undefined;
  const finite = { from, index: from.length === 1 ? constant(0) : index };
  return { ...textOf(pieces, length, missing), finite, ...(date === undefined ? {} : { date }) };
}

export const literal = (value: string): KnownText => listed({ from: [value], index: NEVER });

/** A date without a time. */
export function dateText(days: Int, lo: bigint, hi: bigint, missing: Int = NEVER): KnownText {
  const write = (other: Int): Piece[] => [{ p: 'date', days: other }];
  return { ...textOf(write(days), 10, missing), date: { days, lo, hi, hasTime: false, write } };
}

function dateOf(value: string): KnownDate | undefined {
  const date = parseIsoDate(value);
  if (date === undefined) return undefined;
  const day = dayNumber(date.year, date.month, date.day);
  const write = (days: Int): Piece[] => [{ p: 'date', days }, ...(date.tail === '' ? [] : [text(date.tail)])];
  return { days: constant(day), lo: BigInt(day), hi: BigInt(day), hasTime: date.tail !== '', write };
}

/**
 * A number as JavaScript writes it: the shortest decimal of its double, which is its own without zeros at the end where the
 * double is the one nearest to it.
 */
export function numberPiece(number: KnownNumber): Piece {
  const { int, decimals, faithful, lo, hi } = number;
  if (!faithful) return realPiece(number);
  const least = 10n ** BigInt(Math.max(0, decimals - MOST_PLAIN_DECIMALS));
  if (decimals > MOST_PLAIN_DECIMALS && lo < least && hi > -least)
    notCertain('a number may be written with an exponent');
  return decimals === 0 ? { p: 'integer', value: int } : { p: 'fixed', value: int, decimals, trimmed: true };
}

/** Of a double from 10^-6 up to 2^53, and 0: others have an exponent, or digits that are not counted here. */
function realPiece(number: KnownNumber): Piece {
  const { int, lo, hi, decimals, error, real, zero } = number;
  const unit = 10 ** -decimals;
  const largest = Math.max(Math.abs(Number(lo)), Math.abs(Number(hi))) * unit;
  const least = lo > 0n ? Number(lo) * unit : hi < 0n ? -Number(hi) * unit : zero ? unit : 0;
  if (least - error < 1.1e-6 || largest + error > 2 ** 52) notCertain('a number may be written with an exponent');
  return { p: 'real', value: real, ...(fits(number) ? { mostly: { units: int, decimals } } : {}) };
}

/** What a value is in a text: null is nothing. */
export function asText(value: Known): KnownText {
  switch (value.type) {
    case 'null':
      return literal('');
    case 'text':
      return emptied(value);
    case 'boolean':
      return emptied(listed({ from: FLAGS, index: value.int }, value.missing));
    case 'number':
      return emptied(textOf([numberPiece(value)], MOST_NUMBER, value.missing));
    case 'either': {
      const [a, b] = [asText(value.whenTrue), asText(value.whenFalse)];
      return textOf(either(value.on, a.pieces, b.pieces), Math.max(a.length, b.length));
    }
  }
}

/** The text, or nothing where it is null. */
function emptied(value: KnownText): KnownText {
  const { missing, finite, pieces, length } = value;
  if (isConstant(missing, 0n)) return value;
  if (finite !== undefined && finite.from.length <= MOST_LISTED) {
    const from = [...finite.from, ''];
    return listed({ from, index: select(missing, constant(from.length - 1), finite.index) });
  }
  return textOf(either(missing, [], pieces), length);
}

const either = (on: Int, whenTrue: readonly Piece[], whenFalse: readonly Piece[]): Piece[] =>
  isConstant(on, 1n)
    ? [...whenTrue]
    : isConstant(on, 0n)
      ? [...whenFalse]
      : [{ p: 'switch', on, cases: [whenFalse, whenTrue] }];

/** Texts without nulls, one behind the other. */
export function joined(parts: readonly KnownText[]): KnownText {
  const constants = parts.map(({ finite }) => (finite?.from.length === 1 ? finite.from[0] : undefined));
  if (constants.every((part) => part !== undefined)) return literal(constants.join(''));
  const shown = parts.filter(({ pieces }) => pieces.length > 0);
  const [only] = shown;
  if (shown.length === 1 && only !== undefined) return only;
  return textOf(
    shown.flatMap(({ pieces }) => pieces),
    shown.reduce((sum, { length }) => sum + length, 0),
  );
}

/** `a` where `on` is 1, else `b`; neither null. */
export function chosenText(bindings: Bindings, on: Int, a: KnownText, b: KnownText): KnownText {
  if (a.finite !== undefined && b.finite !== undefined && a.finite.from.length + b.finite.from.length <= MOST_LISTED) {
    const shift = a.finite.from.length;
    const other: Int =
      b.finite.index.op === 'const'
        ? constant(Number(b.finite.index.value) + shift)
        : { op: 'add', a: b.finite.index, b: constant(shift) };
    return listed({
      from: [...a.finite.from, ...b.finite.from],
      index: bindings.bind(select(on, a.finite.index, other)),
    });
  }
  if (a.date?.hasTime === false && b.date?.hasTime === false) {
    const days = bindings.bind(select(on, a.date.days, b.date.days));
    return dateText(days, a.date.lo < b.date.lo ? a.date.lo : b.date.lo, a.date.hi > b.date.hi ? a.date.hi : b.date.hi);
  }
  return textOf(either(on, a.pieces, b.pieces), Math.max(a.length, b.length));
}

/** In capital or small letters, piece by piece. */
export function inCase(value: KnownText, to: 'upper' | 'lower'): KnownText {
  const change = (part: string): string => {
    // What a capital sigma becomes depends on what stands around it.
    if (to === 'lower' && part.includes('\u03a3')) notCertain('a sigma in another piece may be the last letter');
    return to === 'upper' ? part.toUpperCase() : part.toLowerCase();
  };
  const changed = (piece: Piece): Piece => {
    switch (piece.p) {
      case 'text':
        return text(change(piece.text));
      case 'pick':
        return pick(piece.from.map(change), piece.index);
      case 'switch':
        return { ...piece, cases: piece.cases.map((body) => body.map(changed)) };
      case 'repeat':
        return { ...piece, body: piece.body.map(changed), separator: piece.separator.map(changed) };
      case 'of':
        return { ...piece, body: piece.body.map(changed) };
      case 'uuid':
        return to === 'lower' ? piece : notCertain('a uuid in capital letters');
      default:
        return piece;
    }
  };
  // A letter becomes three at most.
  return textOf(value.pieces.map(changed), value.length * 3, value.missing);
}
