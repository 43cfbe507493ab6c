import { rangeOf } from '../../kernel/range.ts';
import type { Piece } from '../../plan/program.ts';
import { isMadeOf, type Ranges, textForm } from './text-form.ts';

/** Numbers that pieces may make: a value, where only texts are written, loses its trailing zeros. */
export function numberForm(pieces: readonly Piece[], known: Ranges): (value: unknown) => boolean {
  const exact = single(pieces, new Map(known));
  if (exact !== undefined) return exact;
  const form = textForm(pieces, new Map(known));
  const decimals = mostDecimals(pieces);
  return (value) => {
    if (typeof value !== 'number') return false;
    const shortest = String(value);
    if (isMadeOf(form, shortest)) return true;
    for (let i = 0; i <= decimals; i++) {
      const text = value.toFixed(i);
      if (Number(text) === value && isMadeOf(form, text)) return true;
    }
    return false;
  };
}

/** One number and nothing else, the usual case. */
function single(pieces: readonly Piece[], ranges: Ranges): ((value: unknown) => boolean) | undefined {
  let found: ((value: unknown) => boolean) | undefined;
  for (const piece of pieces) {
    if (piece.p === 'let') {
      ranges.set(piece.name, rangeOf(piece.value, ranges));
      continue;
    }
    if (found !== undefined || (piece.p !== 'integer' && piece.p !== 'fixed')) return undefined;
    const { lo, hi } = rangeOf(piece.value, ranges);
    const unit = piece.p === 'fixed' ? 10 ** piece.decimals : 1;
    found = (value) => {
      if (typeof value !== 'number') return false;
      const scaled = Math.round(value * unit);
      // 1.1 is the nearest double to 11 / 10; what has more decimals is not.
      return (Math.abs(scaled) > 2 ** 53 || scaled / unit === value) && scaled >= Number(lo) && scaled <= Number(hi);
    };
  }
  return found;
}

const mostDecimals = (pieces: readonly Piece[]): number =>
  Math.min(
    20,
    pieces.reduce((sum, piece) => sum + decimalsOf(piece), 0),
  );

function decimalsOf(piece: Piece): number {
  switch (piece.p) {
    case 'fixed':
      return piece.decimals;
    case 'digits':
      return piece.width;
    case 'text':
      return piece.text.length;
    case 'switch':
      return Math.max(...piece.cases.map(mostDecimals));
    default:
      return 0;
  }
}
