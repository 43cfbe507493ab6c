import type { ExternalValues, ValuesOf } from '@datamaker/engine';
import type { RowRange } from '../row-range.ts';
import { OutputTooLarge } from '../runs/make-output.ts';
import { BLOCK_ROWS } from './made-values.ts';

/** Of a block: whoever reads rows holds one. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The values of rows in blocks of `BLOCK_ROWS`, each as JSON of `ExternalValues`. They are taken row by row, since nobody knows before what one weighs.
 * @throws OutputTooLarge, what `values` throws
 */
export async function* valueBlocks(values: ValuesOf, { from, to }: RowRange): AsyncGenerator<string> {
  for (let first = from; first < to; first += BLOCK_ROWS) {
    const block: Record<string, { indices: number[]; values: unknown[] }> = {};
    const end = Math.min(to, first + BLOCK_ROWS);
    for (let row = first, bytes = 0; row < end; row++) {
      const made = await values(row, row + 1);
      bytes += Buffer.byteLength(JSON.stringify(made));
      if (bytes > MOST_BYTES) throw tooHeavy();
      append(block, made);
    }
    yield JSON.stringify(block);
  }
}

function append(block: Record<string, { indices: number[]; values: unknown[] }>, made: ExternalValues): void {
  for (const [path, { indices, values }] of Object.entries(made)) {
    block[path] ??= { indices: [], values: [] };
    for (const index of indices) block[path].indices.push(index);
    for (const value of values) block[path].values.push(value);
  }
}

const tooHeavy = (): OutputTooLarge =>
  new OutputTooLarge(
    `what programs make for ${BLOCK_ROWS} rows has more than ${MOST_BYTES} bytes: return less for each row`,
  );
