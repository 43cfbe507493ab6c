import { bind, digits, div, get, mod, type Piece, pick, text } from '../../plan/program.ts';

/** Characters that a piece of fixed width writes; 0 for those that write none. */
function widthOf(piece: Piece): number {
  if (piece.p === 'text') return piece.text.length;
  if (piece.p === 'digits') return piece.width;
  if (piece.p === 'pick') return piece.from[0]?.length ?? 0;
  if (piece.p === 'let') return 0;
  throw new Error(`${piece.p} has no fixed width`);
}

/** The first `at` characters of a piece and the others. The number is bound to a name, so that it is drawn once. */
function cut(piece: Piece, at: number, name: string): Piece[] {
  switch (piece.p) {
    case 'text':
      return [text(piece.text.slice(0, at)), text(piece.text.slice(at))];
    case 'digits': {
      const behind = piece.width - at;
      return [
        bind(name, piece.value),
        digits(div(get(name), 10 ** behind), at),
        digits(mod(get(name), 10 ** behind), behind),
      ];
    }
    case 'pick': {
      const part = (from: number, to?: number): Piece =>
        pick(
          piece.from.map((entry) => entry.slice(from, to)),
          get(name),
        );
      return [bind(name, piece.index), part(0, at), part(at)];
    }
    default:
      throw new Error(`${piece.p} cannot be cut`);
  }
}

/**
 * Pieces of fixed width with a separator between groups of characters. The last size stands for all groups that follow:
 * [4] makes groups of four, [4, 6, 5] is how an American Express number is embossed.
 */
export function grouped(pieces: readonly Piece[], sizes: readonly number[], separator = ' '): Piece[] {
  const total = pieces.reduce((sum, piece) => sum + widthOf(piece), 0);
  const ends: number[] = [];
  for (let end = 0, i = 0; end < total; i++) {
    end += sizes[Math.min(i, sizes.length - 1)] ?? total;
    ends.push(end);
  }
  const done: Piece[] = [];
  const rest = [...pieces];
  let at = 0;
  for (let piece = rest.shift(); piece !== undefined; piece = rest.shift()) {
    const width = widthOf(piece);
    const start = at;
    const end = ends.find((one) => one > start) ?? total;
    if (start + width > end) {
      rest.unshift(...cut(piece, end - start, `cut${end}`));
      continue;
    }
    done.push(piece);
    at += width;
    if (at === end && width > 0 && at < total) done.push(text(separator));
  }
  return done;
}
