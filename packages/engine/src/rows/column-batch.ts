import type { CellEncoding } from '../format/cell-encoding.ts';
import { cellEncodings } from '../format/cell-encodings.ts';
import type { FormatOptions } from '../format/format-options.ts';
import type { ColumnBatch } from '../kernel/kernel.ts';
import type { Plan } from '../plan/plan.ts';
import { DerivedRows } from './derived-rows.ts';

const encoder = new TextEncoder();

/** Makes the JavaScript columns of a plan, batch by batch, encoded for a format. */
export class ColumnMaker {
  readonly #rows: DerivedRows;
  readonly #columns: readonly { readonly name: string; readonly encoding: CellEncoding }[];
  #bytes = new Uint8Array(1 << 16);

  constructor(plan: Plan, format: FormatOptions) {
    this.#rows = new DerivedRows(plan);
    const names = plan.fields.map((field) => field.name);
    const encodings = cellEncodings(format, names);
    this.#columns = plan.fields.flatMap(({ name, program }, index) => {
      const encoding = encodings[index];
      return program.kind === 'column' && encoding !== undefined ? [{ name, encoding }] : [];
    });
  }

  /** The columns of rows [from, to). The result is overwritten by the next call. */
  batch(from: number, to: number): ColumnBatch {
    const rows = this.#rows.rows(from, to);
    const entries = new Uint32Array(rows.length * this.#columns.length * 2);
    let top = 0;
    let next = 0;
    let maxRowBytes = 0;
    for (const row of rows) {
      const start = top;
      for (const { name, encoding } of this.#columns) {
        const text = encoding.value(row[name]);
        // UTF-8 takes at most three bytes for each UTF-16 unit.
        this.#ensure(top + text.length * 3);
        const { written } = encoder.encodeInto(text, this.#bytes.subarray(top));
        entries[next++] = top;
        entries[next++] = written;
        top += written;
      }
      maxRowBytes = Math.max(maxRowBytes, top - start);
    }
    return { rows: rows.length, bytes: this.#bytes.subarray(0, top), entries, maxRowBytes };
  }

  #ensure(size: number): void {
    if (size <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(size, this.#bytes.length * 2));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
