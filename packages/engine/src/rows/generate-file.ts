import { loadFileEncoder } from '../file/file-encoder.ts';
import type { FormatOptions } from '../format/format-options.ts';
import type { Plan } from '../plan/plan.ts';
import { assertRange } from './assert-range.ts';
import { makeByteGenerator } from './make-byte-generator.ts';
import { PartMaker } from './part-maker.ts';
import { prepareBytes } from './prepare-bytes.ts';
import { stretches } from './stretches.ts';

/**
 * The output of rows [from, to) in any format, on this thread: what a worker of a browser calls. A chunk is valid until the
 * next is asked for.
 * @throws RangeError when the plan's unique fields cannot fill the range
 */
export async function* generateFile(
  plan: Plan,
  format: FormatOptions,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  assertRange(plan, from, to);
  const prepared = prepareBytes(plan, format);
  if (prepared.file === undefined) {
    yield* makeByteGenerator(prepared).bytes({ start: from, end: to, from, to });
    return;
  }
  const maker = await PartMaker.of(prepared);
  const assembler = (await loadFileEncoder(prepared.file)).assembler({ from, to });
  yield assembler.head();
  for (const stretch of stretches(prepared, from, to, () => 1)) {
    const part = maker.make(stretch);
    const { before, after } = assembler.around(stretch, part);
    for (const bytes of [before, part.bytes, after]) if (bytes.length > 0) yield bytes;
  }
  yield assembler.tail();
}
