import type { Stretch } from '../file/file-encoder.ts';
import type { PreparedBytes } from './prepare-bytes.ts';

/**
 * Rows [from, to) in pieces of work. For a file they are its parts, which end where its batches end; else the output does not
 * depend on them.
 * @param rowsOfShard rows of the next piece, where the format does not say
 */
export function* stretches(
  { file, around }: PreparedBytes,
  from: number,
  to: number,
  rowsOfShard: () => number,
): Generator<Stretch> {
  for (let start = from; start < to; ) {
    const batchEnd = file === undefined ? to : start + around.batch.rows - ((start - from) % around.batch.rows);
    const rows = file?.rowsOfPart ?? rowsOfShard();
    const end = Math.min(to, start + rows, batchEnd);
    yield { start, end, from, to };
    start = end;
  }
}
