import { seedWord } from '../random/field-key.ts';
import type { KernelModule } from './build-kernel.ts';
import { ROWS_DONE, SEED_WORD, SHARED_PAGES } from './memory-layout.ts';
import { type WebAssemblyMemory, webAssembly } from './wasm/web-assembly.ts';

const PAGE = 65_536;
/** Output is produced in pieces of about this size: they stay in the second-level cache and handing them over costs little. */
export const CHUNK_BYTES = 512 * 1024;
/** Stores may spill this far past the text they write. */
const SPILL = 64;

/** Machine code and what the runtime keeps with it is so many times as large as a module, about (measured with V8). */
const MACHINE_CODE = 32;

export interface KernelSettings {
  /** Of the rows until `seed` is called. */
  readonly seed: string;
  /** Output areas; default one. */
  readonly areas?: number;
  /** Bytes of output after which a call ends; default 512 KiB. Kernels with JavaScript columns keep to the default. */
  readonly chunkBytes?: number;
}

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

/**
 * An instance of a compiled row function with its own memory: constant tables, then one or more output areas of a chunk
 * each, then JavaScript columns. With several output areas a reader can work on one while the next is filled.
 */
export class Kernel {
  readonly #columns: number;
  readonly #codeBytes: number;
  readonly #chunkBytes: number;
  readonly #memory: WebAssemblyMemory;
  readonly #rows: RowsFunction;
  readonly #seed: () => void;
  readonly #out: number;
  readonly #areaBytes: number;
  readonly areas: number;
  #columnTop: number;
  /** The output area that the next call fills. */
  area = 0;

  constructor(module: KernelModule, { seed, areas = 1, chunkBytes = CHUNK_BYTES }: KernelSettings) {
    this.#columns = module.columns;
    this.#codeBytes = module.codeBytes;
    // The columns of a row may be as wide as a chunk of the usual size.
    this.#chunkBytes = module.columns === 0 ? chunkBytes : CHUNK_BYTES;
    this.areas = areas;
    this.#out = Math.ceil(module.data.length / 64) * 64;
    this.#areaBytes = Math.ceil((this.#chunkBytes + module.maxRowBytes + SPILL) / 64) * 64;
    this.#columnTop = this.#out + areas * this.#areaBytes;
    const initial = Math.ceil(this.#columnTop / PAGE);
    this.#memory = new webAssembly.Memory(
      module.shared ? { initial, maximum: SHARED_PAGES, shared: true } : { initial },
    );
    new Uint8Array(this.#memory.buffer).set(module.data);
    const instance = new webAssembly.Instance(module.compiled, { env: { memory: this.#memory } });
    this.#rows = instance.exports['rows'] as RowsFunction;
    this.#seed = instance.exports['seed'] as () => void;
    this.seed(seed);
  }

  /** Bytes of memory held: tables, output areas, columns, and about what the machine code takes. */
  get byteSize(): number {
    return this.#memory.buffer.byteLength + this.#codeBytes * MACHINE_CODE;
  }

  /** From now on rows are those of this seed. */
  seed(seed: string): void {
    new DataView(this.#memory.buffer).setBigUint64(SEED_WORD, seedWord(seed), true);
    this.#seed();
  }

  /** The memory that results are views of; it is replaced when the memory grows. */
  get buffer(): ArrayBufferLike {
    return this.#memory.buffer;
  }

  /**
   * Writes rows from `first` on, at most `count`, as many as fit a chunk (at least one).
   * @returns the rows written and their bytes, a view that the next call with the same area overwrites
   */
  fill(first: number, count: number): { rows: number; bytes: Uint8Array } {
    return this.#fill(first, count, this.#chunkBytes, 0);
  }

  /** Like `fill`, with JavaScript columns; rows of the batch before `skip` are already written. */
  fillWithColumns(first: number, batch: ColumnBatch, skip: number): { rows: number; bytes: Uint8Array } {
    const table = this.#placeColumns(batch, skip);
    // A chunk ends early enough for the widest row of this batch to fit behind it.
    return this.#fill(first, batch.rows - skip, Math.max(1, this.#chunkBytes - batch.maxRowBytes), table);
  }

  /** Puts bytes from elsewhere (heads and tails of the output) into the current output area. */
  place(bytes: Uint8Array): Uint8Array {
    const view = new Uint8Array(this.#memory.buffer, this.#out + this.area * this.#areaBytes, bytes.length);
    view.set(bytes);
    return view;
  }

  #fill(first: number, count: number, limit: number, columnTable: number): { rows: number; bytes: Uint8Array } {
    const out = this.#out + this.area * this.#areaBytes;
    const end = this.#rows(out, first, count, out + limit, columnTable);
    const buffer = this.#memory.buffer;
    const rows = new DataView(buffer).getUint32(ROWS_DONE, true);
    return { rows, bytes: new Uint8Array(buffer, out, end - out) };
  }

  #placeColumns(batch: ColumnBatch, skip: number): number {
    if (batch.maxRowBytes > this.#chunkBytes) throw new RangeError('a JavaScript column is wider than a chunk');
    const table = Math.ceil(this.#columnTop / 8) * 8;
    if (skip === 0) {
      const text = table + batch.entries.length * 4;
      const missing = text + batch.bytes.length + SPILL - this.#memory.buffer.byteLength;
      if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
      const entries = new Uint32Array(this.#memory.buffer, table, batch.entries.length);
      for (let i = 0; i < batch.entries.length; i += 2) {
        entries[i] = text + (batch.entries[i] ?? 0);
        entries[i + 1] = batch.entries[i + 1] ?? 0;
      }
      new Uint8Array(this.#memory.buffer, text).set(batch.bytes);
    }
    return table + skip * this.#columns * 8;
  }
}

let simdSupport: boolean | undefined;

/** Whether this engine runs 128-bit vector instructions. */
export function hasSimd(): boolean {
  // The smallest module with a vector in it: (func (result v128) (i32x4.splat (i32.const 0)))
  const probe = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 17, 11];
  simdSupport ??= webAssembly.validate(new Uint8Array(probe));
  return simdSupport;
}
