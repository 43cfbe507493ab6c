import { UNBOUNDED_REPEATS } from './limits.ts';
import type { Reader } from './reader.ts';

export interface Quantifier {
  readonly min: number;
  readonly max: number;
  readonly offset: number;
}

const DIGITS = '0123456789';

/**
 * Reads `* + ? {n} {n,} {n,m}` and the `?` that makes them lazy, or gives undefined and stays when there is none: a `{`
 * that starts no quantifier is a literal, as in ECMAScript and RE2.
 */
export function parseQuantifier(reader: Reader): Quantifier | undefined {
  const offset = reader.offset;
  const bounds = readBounds(reader);
  if (bounds === undefined) return undefined;
  reader.eat('?');
  if (reader.at('+')) {
    reader.report('unsupported_pattern', offset, 'possessive quantifiers are not supported', 'leave the + out');
    reader.eat('+');
  }
  const [min, max] = bounds;
  if (min <= max) return { min, max, offset };
  const text = reader.source.slice(offset, reader.offset);
  reader.report('invalid_pattern', offset, `the quantifier ${text} is reversed`, 'write the lower number first');
  return { min: max, max: min, offset };
}

/** Whether a quantifier stands here, which is then read. */
export function skipQuantifier(reader: Reader): boolean {
  return readBounds(reader) !== undefined;
}

function readBounds(reader: Reader): readonly [number, number] | undefined {
  if (reader.eat('*')) return [0, UNBOUNDED_REPEATS];
  if (reader.eat('+')) return [1, UNBOUNDED_REPEATS];
  if (reader.eat('?')) return [0, 1];
  if (!reader.at('{')) return undefined;
  const start = reader.offset;
  reader.eat('{');
  const min = readNumber(reader);
  const comma = reader.eat(',');
  const max = comma ? readNumber(reader) : undefined;
  if (reader.eat('}')) {
    if (min !== undefined) return [min, max ?? (comma ? min + UNBOUNDED_REPEATS : min)];
    if (max !== undefined) {
      const text = reader.source.slice(start, reader.offset);
      const hint = `write {0,${max}} to repeat, or \\${text} for literal braces`;
      reader.report('invalid_pattern', start, `${text} is a quantifier for some engines, a text for others`, hint);
      return [0, max];
    }
  }
  reader.offset = start;
  return undefined;
}

/** Saturates far above any limit, so that later arithmetic stays exact. */
function readNumber(reader: Reader): number | undefined {
  const digits = reader.takeWhile(DIGITS, reader.source.length);
  return digits === '' ? undefined : Math.min(Number(digits), 1e9);
}
