import type { Square } from '../../locales/geography/geography.ts';
import { geographyOf } from '../../locales/geography/geography.ts';
import type { LocaleLists } from '../locale-lists.ts';

/** The side of a square, or what one field of its point runs over: whole numbers from `from`, `count` of them. */
export interface Span {
  readonly from: number;
  readonly count: number;
}

/** Squares that do not touch, each with at least `high` latitudes and `wide` longitudes at some number of decimals. */
export interface Tiles {
  readonly south: readonly number[];
  readonly west: readonly number[];
  readonly high: number;
  readonly wide: number;
}

type Side = 'latitude' | 'longitude';

/** The squares of all places, in the order of the places. */
export const squaresOf = (lists: LocaleLists): readonly Square[] =>
  lists.once('squares', () => lists.places.map((place) => geographyOf(place).square));

/**
 * Squares in which every choice of a square and of a step in it gives another point, in units of the last decimal. Small
 * squares are left out where that leaves more points in all.
 * @param unit millionths of a degree in a unit
 * @param sides what must differ: the latitude, the longitude, or the two together
 */
export function tilesOf(squares: readonly Square[], unit: number, sides: readonly Side[]): Tiles {
  const boxes = squares.map((square) => ({
    latitude: span(square.south, square.height, unit),
    longitude: span(square.west, square.width, unit),
  }));
  const rooms = boxes.map(({ latitude, longitude }) => Math.min(latitude.count, longitude.count));
  const sizes = [...new Set(rooms)].sort((a, b) => a - b);
  // A few sizes are enough to try: most squares are of one.
  const tried = sizes.filter((_, i) => i % Math.ceil(sizes.length / 8) === 0);
  let best: { tiles: Tiles; room: number } | undefined;
  for (const size of tried) {
    const kept: (typeof boxes)[number][] = [];
    for (const box of boxes.filter((_, i) => (rooms[i] ?? 0) >= size)) {
      if (kept.every((other) => sides.some((side) => apart(box[side], other[side])))) kept.push(box);
    }
    const high = Math.min(...kept.map(({ latitude }) => latitude.count));
    const wide = Math.min(...kept.map(({ longitude }) => longitude.count));
    const room = kept.length * (sides.includes('latitude') ? high : 1) * (sides.includes('longitude') ? wide : 1);
    if (best === undefined || room > best.room) {
      const tiles = {
        south: kept.map(({ latitude }) => latitude.from),
        west: kept.map(({ longitude }) => longitude.from),
        high,
        wide,
      };
      best = { tiles, room };
    }
  }
  if (best === undefined) throw new Error('a locale has places');
  return best.tiles;
}

/** Whole units in a side; one, the nearest, where the side is shorter than a unit. */
function span(start: number, length: number, unit: number): Span {
  const first = Math.ceil(start / unit);
  const last = Math.floor((start + length) / unit);
  return last < first
    ? { from: Math.round((start + length / 2) / unit), count: 1 }
    : { from: first, count: last - first + 1 };
}

const apart = (a: Span, b: Span): boolean => a.from + a.count <= b.from || b.from + b.count <= a.from;
