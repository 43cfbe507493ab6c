import { add, div, type Int, mul, type Piece } from '../plan/program.ts';
import { type Range, rangeOf } from './range.ts';

/** The serial number of 1970-01-01 where 1900-01-01 is 1. */
const EPOCH = 25_569;
/** 1900-03-01. Before it, Excel counts a 29 February 1900 that never was. */
const FIRST_TRUE_DAY = 61n;
/** Digits of a day's fraction: 10 tell milliseconds apart and leave a double exact enough. */
const FRACTION_DIGITS = 10;

/**
 * The pieces of a date, a time of day or a moment as those of its serial number in a spreadsheet: days since the end of 1899,
 * with the time of day as a fraction.
 * @param outer ranges of names bound outside
 * @returns undefined when the pieces are of another form, or some day might lie before March 1900
 */
export function serialDate(body: readonly Piece[], outer: ReadonlyMap<string, Range>): readonly Piece[] | undefined {
  const lets = body.filter((piece) => piece.p === 'let');
  const shown = body.filter((piece) => piece.p !== 'let');
  // What is drawn must be drawn in the order of the pieces, which a sum of them would not keep.
  if (shown.length > 1 && shown.some((piece) => !isSettled(piece))) return undefined;
  const variables = new Map(outer);
  for (const piece of lets) variables.set(piece.name, rangeOf(piece.value, variables));
  const [first, ...after] = shown;
  if (first?.p !== 'date') {
    const fraction = fractionOfDay(shown);
    return fraction && [...lets, { p: 'fixed', value: fraction, decimals: FRACTION_DIGITS }];
  }
  const days = add(first.days, EPOCH);
  if (rangeOf(days, variables).lo < FIRST_TRUE_DAY) return undefined;
  if (after.length === 0) return [...lets, { p: 'integer', value: days }];
  const [separator, ...clock] = after;
  const fraction = separator?.p === 'text' && separator.text === 'T' ? fractionOfDay(clock) : undefined;
  if (fraction === undefined) return undefined;
  return [...lets, { p: 'fixed', value: add(mul(days, 10 ** FRACTION_DIGITS), fraction), decimals: FRACTION_DIGITS }];
}

const isSettled = (piece: Piece): boolean =>
  piece.p === 'text' || (piece.p === 'date' && !draws(piece.days)) || (piece.p === 'digits' && !draws(piece.value));

function draws(int: Int): boolean {
  if (int.op === 'draw' || int.op === 'weighted' || int.op === 'quantile') return true;
  if (int.op === 'lookup') return draws(int.index);
  if (int.op === 'permute') return draws(int.of);
  if (int.op === 'below') return true;
  return 'a' in int && (draws(int.a) || draws(int.b));
}

/** hh:mm:ss, hh:mm:ss.sss and the same with a Z, in units of the fraction's last digit. */
function fractionOfDay(pieces: readonly Piece[]): Int | undefined {
  const form = pieces
    .map((piece) => (piece.p === 'text' ? piece.text : piece.p === 'digits' ? piece.width : '?'))
    .join(' ');
  if (!/^2 : 2 : 2( \. 3)?( Z)?$/.test(form)) return undefined;
  const [hours, minutes, seconds, millis] = pieces.flatMap((piece) => (piece.p === 'digits' ? [piece.value] : []));
  if (hours === undefined || minutes === undefined || seconds === undefined) return undefined;
  const wholeSeconds = add(mul(add(mul(hours, 60), minutes), 60), seconds);
  const ofDay = millis === undefined ? mul(wholeSeconds, 1000) : add(mul(wholeSeconds, 1000), millis);
  // 10^10 units make 86,400,000 milliseconds; half of what is divided by rounds.
  return div(add(mul(ofDay, 100_000), 432), 864);
}
