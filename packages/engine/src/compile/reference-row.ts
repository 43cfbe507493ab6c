import { add, constant, div, type Int, less, lookup, mod, mul, row, sub } from '../plan/program.ts';
import type { Options } from '../types/field-type.ts';
import { countOf } from '../types/text/running-text.ts';
import type { CountingContext } from './field-context.ts';

/**
 * The row of the other template that a row refers to. With `per_parent` rows are dealt out in turn: k rows each, or, for
 * { min, max }, two neighbours together min + max rows, of which the first takes between min and max. Any row is found
 * without those before it, and how many rows refer to a row is the same for every seed.
 */
export function referencedRow(options: Options, context: CountingContext): Int {
  const rows = options['rows'] as number | undefined;
  if (options['per_parent'] === undefined) {
    const target = `reference ${String(options['template_id'] ?? '')}` as const;
    return context.unique ? context.choose(rows ?? 1) : context.shared(target, 0, rows ?? 1);
  }
  const { min, max } = countOf(options['per_parent']);
  const dealt = min === max ? div(row, min) : pairwise(min, max);
  return rows === undefined ? dealt : mod(dealt, rows);
}

/** Pairs beyond this many repeat the shares of the first. */
const SHARES = 4096;

function pairwise(min: number, max: number): Int {
  const both = min + max;
  // Shares of the first of a pair, in an order that looks drawn (multiplicative hashing, Knuth, TAOCP 3, 6.4).
  const shares = Array.from(
    { length: SHARES },
    (_, i) => min + (Math.floor((((i + 1) * 2_654_435_761) % 2 ** 32) / 65_536) % (max - min + 1)),
  );
  const pair = div(row, both);
  const isSecond = sub(constant(1), less(mod(row, both), lookup(shares, mod(pair, SHARES))));
  return add(mul(pair, 2), isSecond);
}
