import { rangeOf } from '../../kernel/range.ts';
import type { Int, Piece, Program } from '../../plan/program.ts';
import type { Quantile } from '../../random/distributions.ts';
import type { Expected } from '../expected-distribution.ts';
import { shapeOf } from '../expected-distribution.ts';
import { discrete, intQuantile } from './int-quantile.ts';
import type { Ranges } from './text-form.ts';

const DAY = 86_400_000;

/**
 * Bounds of the numbers, or of the dates (in milliseconds since the epoch), that a program makes, and their distribution where
 * it is that of one draw or of a closed list.
 */
export function programMeasure(
  program: Program,
  shares: ReadonlyMap<string, number> | undefined,
  ranges: Ranges = new Map(),
): Expected | undefined {
  switch (program.kind) {
    case 'column':
    case 'nullable':
      return programMeasure(program.program, shares, ranges);
    case 'unique':
      return programMeasure(program.program, undefined, new Map([['unique', { lo: 0n, hi: program.size - 1n }]]));
    case 'integer':
    case 'decimal':
      return numbers(program.body, shares, ranges);
    case 'date':
    case 'datetime':
      return dates(program.body, program.kind === 'date', ranges);
    default:
      return undefined;
  }
}

function numbers(
  pieces: readonly Piece[],
  shares: ReadonlyMap<string, number> | undefined,
  ranges: Ranges,
): Expected | undefined {
  if (shares !== undefined) {
    const listed = Array.from(shares, ([json, share]) => ({ value: Number(json), share }));
    const values = listed.map(({ value }) => value).sort((a, b) => a - b);
    const unit = values.slice(1).reduce((least, value, i) => Math.min(least, value - (values[i] ?? 0)), 1);
    const [min, max] = [values[0] ?? 0, values.at(-1) ?? 0];
    return made(min, max, unit > 0 ? unit / 2 : 1, discrete(listed), 0);
  }
  const found = onlyPiece(pieces, ranges);
  if (found === undefined || (found.piece.p !== 'integer' && found.piece.p !== 'fixed')) return undefined;
  const unit = found.piece.p === 'fixed' ? 10 ** -found.piece.decimals : 1;
  const { lo, hi } = rangeOf(found.piece.value, found.ranges);
  const quantile = intQuantile(found.piece.value, found.bound);
  return made(Number(lo) * unit, Number(hi) * unit, unit, quantile && ((p) => quantile(p) * unit), 0);
}

function dates(pieces: readonly Piece[], isDate: boolean, ranges: Ranges): Expected | undefined {
  const found = onlyPiece(
    pieces.filter(({ p }) => p === 'date' || p === 'let'),
    ranges,
  );
  if (found?.piece.p !== 'date' || (isDate && pieces.some(({ p }) => p !== 'date' && p !== 'let'))) return undefined;
  const { lo, hi } = rangeOf(found.piece.days, found.ranges);
  if (isDate) {
    const quantile = intQuantile(found.piece.days, found.bound);
    return made(Number(lo) * DAY, Number(hi) * DAY, DAY, quantile && ((p) => quantile(p) * DAY), 0);
  }
  return made(Number(lo) * DAY, (Number(hi) + 1) * DAY - 1, 1, undefined, 0);
}

function made(min: number, max: number, unit: number, quantile: Quantile | undefined, slack: number): Expected {
  const shape = quantile === undefined ? undefined : shapeOf(quantile, min, max, unit);
  return { min, max, unit, name: 'as drawn', shape, slack };
}

interface Only {
  readonly piece: Piece;
  readonly ranges: Ranges;
  readonly bound: ReadonlyMap<string, Int>;
}

/** The one piece that is written, and what was bound before it. */
function onlyPiece(pieces: readonly Piece[], known: Ranges): Only | undefined {
  const ranges: Ranges = new Map(known);
  const bound = new Map<string, Int>();
  const written: Piece[] = [];
  for (const piece of pieces) {
    if (piece.p !== 'let') written.push(piece);
    else {
      ranges.set(piece.name, rangeOf(piece.value, ranges));
      bound.set(piece.name, piece.value);
    }
  }
  const [piece] = written;
  return piece === undefined || written.length > 1 ? undefined : { piece, ranges, bound };
}
