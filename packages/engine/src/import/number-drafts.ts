import type { ImportedColumn } from './imported-column.ts';
import type { Draft } from './measure-field.ts';
import type { NamedType } from './types-of-name.ts';

/** Bounds of the types `number` and `float`. */
const LIMIT = 1e15;
/** Numbers are whole multiples of their last decimal inside, and those have 53 bits. */
const EXACT = 2 ** 52;
/** A range of decimals narrower than this is filled with decimals, a wider one with whole numbers. */
const FEW = 10;
const USUAL_INTEGER = 1000;
const USUAL_DECIMAL = 1000;

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** The bounds that the source gives, by itself or through digits; undefined where it gives none. */
function givenBounds({ min, max, precision, scale }: ImportedColumn): Partial<Bounds> {
  const decimals = scale ?? 0;
  const digits = precision === undefined ? undefined : precision - decimals;
  // numeric(p, s) holds less than 10^(p - s) (ISO/IEC 9075-2, 6.1).
  const room = digits === undefined || digits > 15 ? undefined : 10 ** digits - 10 ** -Math.min(decimals, 12);
  const least = Math.max(min ?? Number.NEGATIVE_INFINITY, room === undefined ? Number.NEGATIVE_INFINITY : -room);
  const most = Math.min(max ?? Number.POSITIVE_INFINITY, room ?? Number.POSITIVE_INFINITY);
  return {
    ...(min === undefined ? {} : { min: Math.min(LIMIT, Math.max(-LIMIT, least)) }),
    ...(most === Number.POSITIVE_INFINITY ? {} : { max: Math.min(LIMIT, Math.max(-LIMIT, most)) }),
  };
}

/** Plausible bounds within the given ones: from 0 up, where that is allowed, and not the whole width of a type. */
function plausible(column: ImportedColumn, usual: Bounds): Bounds {
  const given = givenBounds(column);
  // A bound that the source states is kept; the width of a type (32767) is only not passed.
  const stated = column.max !== undefined && Math.abs(column.max) < LIMIT;
  const max =
    given.max === undefined
      ? Math.max(usual.max, (given.min ?? 0) + usual.max)
      : stated
        ? given.max
        : Math.min(given.max, usual.max);
  const min = given.min ?? (max >= usual.min ? Math.min(usual.min, max) : max - usual.max);
  return min <= max ? { min, max } : { min: max, max };
}

/** What gives whole numbers of a column, the best first; the last one always works. */
export function integerDrafts(column: ImportedColumn, named: readonly NamedType[]): Draft[] {
  const drafts = named.map((type) => withBounds(type, column));
  const wide = column.unique === true || column.primaryKey === true ? 1_000_000_000 : USUAL_INTEGER;
  const { min, max } = plausible(column, { min: 0, max: wide });
  return [
    ...drafts.flat(),
    { type: 'number', options: { min: Math.ceil(min), max: Math.max(Math.ceil(min), Math.floor(max)) } },
  ];
}

/** What gives decimal numbers of a column, the best first; the last one always works. */
export function decimalDrafts(column: ImportedColumn, named: readonly NamedType[]): Draft[] {
  if (column.scale === 0) return integerDrafts(column, named);
  const drafts = named.flatMap((type) => withBounds(type, column));
  const { min, max } = plausible(column, { min: 0, max: USUAL_DECIMAL });
  const wanted = Math.min(Math.max(column.scale ?? 2, 0), 12);
  const widest = Math.max(Math.abs(min), Math.abs(max), 1);
  const decimals = Math.max(0, Math.min(wanted, Math.floor(Math.log10(EXACT / widest))));
  const float = { type: 'float', options: { min, max, decimals } };
  return [...drafts, float, { type: 'constant', options: { value: min } }];
}

/** Bounds that leave room for the values of a type that has none of its own; coordinates stay within 180. */
const hasRoom = (type: string, { min = 0, max = LIMIT }: Partial<Bounds>): boolean =>
  type === 'latitude' || type === 'longitude' ? max >= 180 : min <= 0 && max >= ROOM;
const ROOM = 9999;

/** A type that the name suggests, kept within what the source allows; none when nothing is left. */
function withBounds({ type, options }: NamedType, column: ImportedColumn): Draft[] {
  const given = givenBounds(column);
  if (typeof options['min'] !== 'number' || typeof options['max'] !== 'number')
    return hasRoom(type, given) ? [{ type, options }] : [];
  // Two stated bounds are what the source means; one alone (unsigned, > 0) only narrows what the name suggests.
  const stated = column.min !== undefined && column.max !== undefined && Math.abs(column.max) < 1e6;
  const min = stated ? (column.min ?? 0) : Math.max(options['min'], given.min ?? options['min']);
  const max = stated ? (column.max ?? 0) : Math.min(options['max'], given.max ?? options['max']);
  if (min > max) return [];
  const scale = column.scale === undefined ? {} : { decimals: Math.min(column.scale, 12) };
  if (type === 'number' && column.kind === 'decimal' && max - min < FEW)
    return [{ type: 'float', options: { min, max, decimals: 2, ...scale } }];
  if (type === 'number') return [{ type, options: { min: Math.ceil(min), max: Math.floor(max) } }];
  if (column.kind === 'integer') return [{ type: 'number', options: { min: Math.ceil(min), max: Math.floor(max) } }];
  return [{ type, options: { ...options, min, max, ...scale } }];
}
