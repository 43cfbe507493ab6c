import type { FormatOptions } from '../format/format-options.ts';
import type { Plan } from '../plan/plan.ts';
import { assertRange } from './assert-range.ts';
import { ByteGenerator } from './byte-generator.ts';
import { prepareBytes } from './prepare-bytes.ts';

/**
 * The bytes of rows [from, to) in a format, on this thread. A chunk is valid until the next is asked for.
 * @throws RangeError when the plan's unique fields cannot fill the range
 */
export function generateBytes(plan: Plan, format: FormatOptions, from: number, to: number): Iterable<Uint8Array> {
  assertRange(plan, from, to);
  return new ByteGenerator(prepareBytes(plan, format)).bytes({ start: from, end: to, from, to });
}
