import type { Stretch } from '../file/file-encoder.ts';
import { CHUNK_BYTES, type ColumnBatch, Kernel } from '../kernel/kernel.ts';
import type { ExternalValues } from '../plan/external-values.ts';
import { byteLength } from '../text/utf8.ts';
import type { ColumnMaker } from './column-batch.ts';
import type { PreparedBytes } from './prepare-bytes.ts';

export interface GeneratorOptions {
  /** How many output areas the kernel has, given the most bytes of a chunk; default one. */
  readonly areasFor?: ((chunkBytes: number) => number) | undefined;
  /** Bytes after which a chunk ends; default 512 KiB. */
  readonly chunkBytes?: number;
}

/**
 * Produces the bytes of a plan in one format. Concatenating the stretches of any partition of [from, to), in order, gives
 * the same bytes as the whole in one: what stands between rows belongs to the row before it.
 */
export class ByteGenerator {
  readonly #around: PreparedBytes['around'];
  readonly #kernel: Kernel;
  readonly #columns: ColumnMaker | undefined;
  readonly #separatorBytes: number;
  readonly #text = new TextEncoder();

  /**
   * @param columns makes the JavaScript columns, where there are any: `makeByteGenerator` brings it along, threads load it on demand
   */
  constructor(
    { around, kernel, seed }: PreparedBytes,
    columns: ColumnMaker | undefined,
    { areasFor = () => 1, chunkBytes = CHUNK_BYTES }: GeneratorOptions = {},
  ) {
    this.#around = around;
    this.#kernel = new Kernel(kernel, { seed, areas: areasFor(chunkBytes + kernel.maxRowBytes), chunkBytes });
    this.#columns = columns;
    this.#separatorBytes = byteLength(around.rowSeparator);
  }

  /** Chooses the output area that the next chunk is written to. */
  useArea(area: number): void {
    this.#kernel.area = area;
  }

  get areas(): number {
    return this.#kernel.areas;
  }

  /** Bytes of memory held. */
  get byteSize(): number {
    return this.#kernel.byteSize + (this.#columns?.byteSize ?? 0);
  }

  /** From now on rows are those of this seed. What is still being read must not be read on. */
  seed(seed: string): void {
    this.#kernel.seed(seed);
    this.#columns?.seed(seed);
  }

  /** From now on values of fields that are made outside are these. */
  give(values: ExternalValues): void {
    this.#columns?.give(values);
  }

  /** The kernel's memory, which all chunks are views of. */
  get buffer(): ArrayBufferLike {
    return this.#kernel.buffer;
  }

  /**
   * The bytes of a stretch, with head and tail of the output where it begins or ends there.
   * A chunk is valid until the next is asked for.
   */
  *bytes({ start, end, from, to }: Stretch): Generator<Uint8Array> {
    const { head, tail, batch } = this.#around;
    if (start === from && head !== '') yield this.#place(head);
    let row = start;
    while (row < end) {
      const place = (row - from) % batch.rows;
      const batchEnd = Math.min(to, batch.rows === Number.POSITIVE_INFINITY ? to : row - place + batch.rows);
      if (place === 0 && batch.head !== '') yield this.#place(batch.head);
      const stop = Math.min(batchEnd, end);
      for (const { rows, bytes } of this.#rows(row, stop)) {
        row += rows;
        // The last row of a batch has no separator after it.
        yield row === batchEnd ? bytes.subarray(0, bytes.length - this.#separatorBytes) : bytes;
      }
      if (row === batchEnd && batch.tail !== '') yield this.#place(batch.tail);
    }
    if (end === to && tail !== '') yield this.#place(tail);
  }

  #place(text: string): Uint8Array {
    return this.#kernel.place(this.#text.encode(text));
  }

  *#rows(start: number, end: number): Generator<{ rows: number; bytes: Uint8Array }> {
    if (this.#columns === undefined) {
      for (let row = start; row < end; ) {
        const filled = this.#kernel.fill(row, Math.min(end - row, 0x7fffffff));
        row += filled.rows;
        yield filled;
      }
      return;
    }
    const { batchRows } = this.#columns;
    for (let row = start; row < end; row += batchRows) {
      const batch: ColumnBatch = this.#columns.batch(row, Math.min(end, row + batchRows));
      for (let done = 0; done < batch.rows; ) {
        const filled = this.#kernel.fillWithColumns(row + done, batch, done);
        done += filled.rows;
        yield filled;
      }
    }
  }
}
