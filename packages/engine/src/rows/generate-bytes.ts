import type { FormatOptions } from '../format/format-options.ts';
import type { Plan } from '../plan/plan.ts';
import { assertRange } from './assert-range.ts';
import { makeByteGenerator } from './make-byte-generator.ts';
import { prepareBytes } from './prepare-bytes.ts';

/**
 * The bytes of rows [from, to) in a format of text, on this thread. A chunk is valid until the next is asked for.
 * @throws TypeError for formats that are files (`generateFile` makes all)
 * @throws RangeError when the plan's unique fields cannot fill the range
 */
export function generateBytes(plan: Plan, format: FormatOptions, from: number, to: number): Iterable<Uint8Array> {
  assertRange(plan, from, to);
  const prepared = prepareBytes(plan, format);
  if (prepared.file !== undefined) throw new TypeError(`${format.format} is made by generateFile`);
  return makeByteGenerator(prepared).bytes({ start: from, end: to, from, to });
}
