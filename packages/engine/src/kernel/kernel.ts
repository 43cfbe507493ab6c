import type { KernelModule } from './build-kernel.ts';
import { ROWS_DONE } from './build-kernel.ts';

const PAGE = 65_536;
/** Output is produced in pieces of about this size: they stay in the second-level cache and cost few calls. */
export const CHUNK_BYTES = 256 * 1024;
/** Stores may spill this far past the text they write. */
const SPILL = 64;

type RowsFunction = (out: number, firstRow: number, count: number, limit: number, columnTable: number) => number;

/** JavaScript columns of a batch of rows: entry (row, column) is text already encoded for the format. */
export interface ColumnBatch {
  readonly rows: number;
  /** Bytes of all entries, one after the other, row by row. */
  readonly bytes: Uint8Array;
  /** Start and length of each entry, row by row, column by column. */
  readonly entries: Uint32Array;
  /** The most bytes that the columns add to any one row. */
  readonly maxRowBytes: number;
}

/** An instance of a compiled row function with its own memory. */
export class Kernel {
  readonly #module: KernelModule;
  readonly #memory: WebAssembly.Memory;
  readonly #rows: RowsFunction;
  readonly #out: number;
  #columnTop: number;

  constructor(module: KernelModule, compiled: WebAssembly.Module = new WebAssembly.Module(module.bytes)) {
    this.#module = module;
    this.#out = Math.ceil(module.data.length / 64) * 64;
    this.#columnTop = this.#out + CHUNK_BYTES + module.maxRowBytes + SPILL;
    this.#memory = new WebAssembly.Memory({ initial: Math.ceil(this.#columnTop / PAGE) });
    new Uint8Array(this.#memory.buffer).set(module.data);
    const instance = new WebAssembly.Instance(compiled, { env: { memory: this.#memory } });
    this.#rows = instance.exports['rows'] as RowsFunction;
  }

  /**
   * Writes rows from `first` on, at most `count`, as many as fit a chunk (at least one).
   * @returns the rows written and their bytes, a view that the next call overwrites
   */
  fill(first: number, count: number): { rows: number; bytes: Uint8Array } {
    return this.#fill(first, count, this.#out + CHUNK_BYTES, 0);
  }

  /** Like `fill`, with JavaScript columns; rows of the batch before `skip` are already written. */
  fillWithColumns(first: number, batch: ColumnBatch, skip: number): { rows: number; bytes: Uint8Array } {
    const table = this.#placeColumns(batch, skip);
    // The limit is early enough for the widest row of this batch to fit behind it.
    const limit = Math.max(this.#out + 1, this.#out + CHUNK_BYTES - batch.maxRowBytes);
    return this.#fill(first, batch.rows - skip, limit, table);
  }

  #fill(first: number, count: number, limit: number, columnTable: number): { rows: number; bytes: Uint8Array } {
    const end = this.#rows(this.#out, first, count, limit, columnTable);
    const buffer = this.#memory.buffer;
    const rows = new DataView(buffer).getUint32(ROWS_DONE, true);
    return { rows, bytes: new Uint8Array(buffer, this.#out, end - this.#out) };
  }

  // Columns lie behind the output area; one row alone may be wider than a chunk, so the area moves up when it must.
  #placeColumns(batch: ColumnBatch, skip: number): number {
    const { columns, maxRowBytes } = this.#module;
    this.#columnTop = Math.max(this.#columnTop, this.#out + CHUNK_BYTES + maxRowBytes + batch.maxRowBytes + SPILL);
    const table = Math.ceil(this.#columnTop / 8) * 8;
    const text = table + batch.entries.length * 4;
    const needed = text + batch.bytes.length + SPILL;
    const missing = needed - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    if (skip === 0 || missing > 0) {
      const entries = new Uint32Array(this.#memory.buffer, table, batch.entries.length);
      for (let i = 0; i < batch.entries.length; i += 2) {
        entries[i] = text + (batch.entries[i] ?? 0);
        entries[i + 1] = batch.entries[i + 1] ?? 0;
      }
      new Uint8Array(this.#memory.buffer, text).set(batch.bytes);
    }
    return table + skip * columns * 8;
  }
}

let simdSupport: boolean | undefined;

/** Whether this engine runs 128-bit vector instructions. */
export function hasSimd(): boolean {
  // The smallest module with a vector in it: (func (result v128) (i32x4.splat (i32.const 0)))
  const probe = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 17, 11];
  simdSupport ??= WebAssembly.validate(new Uint8Array(probe));
  return simdSupport;
}
