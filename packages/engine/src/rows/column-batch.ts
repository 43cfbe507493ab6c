import { cellEncodings } from '../format/cell-encodings.ts';
import { cellWriter } from '../format/cell-writer.ts';
import type { FormatOptions } from '../format/format-options.ts';
import type { ColumnBatch } from '../kernel/kernel.ts';
import type { ExternalValues } from '../plan/external-values.ts';
import type { Plan } from '../plan/plan.ts';
import { JavaScriptRows } from './javascript-rows.ts';
import { neededFields } from './needed-fields.ts';
import { NegativeRows } from './negative-rows.ts';
import { outputFields } from './output-fields.ts';

const encoder = new TextEncoder();

/** Makes the JavaScript columns of a plan, batch by batch, encoded for a format. */
export class ColumnMaker {
  /** The most rows of a batch. */
  readonly batchRows: number;
  readonly #source: JavaScriptRows | NegativeRows;
  readonly #columns: readonly { readonly name: string; readonly write: (value: unknown) => string }[];
  #bytes = new Uint8Array(1 << 16);

  constructor(plan: Plan, format: FormatOptions) {
    const fields = outputFields(plan, format);
    const encodings = cellEncodings(
      format,
      fields.map(({ name }) => name),
    );
    this.#columns = fields.flatMap(({ name, program }, index) => {
      const encoding = encodings[index];
      return program.kind === 'column' && encoding !== undefined
        ? [{ name, write: cellWriter(encoding, program.program) }]
        : [];
    });
    this.#source =
      plan.negative === undefined
        ? new JavaScriptRows(plan, neededFields(plan.fields, this.#columns))
        : new NegativeRows(plan, plan.negative);
    this.batchRows = this.#source.batchRows;
  }

  /** Bytes of memory held. */
  get byteSize(): number {
    return this.#source.byteSize + this.#bytes.length;
  }

  /** From now on columns are those of this seed. */
  seed(seed: string): void {
    this.#source.seed(seed);
  }

  /** From now on values of fields that are made outside are these. */
  give(values: ExternalValues): void {
    this.#source.give(values);
  }

  /** The columns of rows [from, to). The result is overwritten by the next call. */
  batch(from: number, to: number): ColumnBatch {
    const made = this.#source.rows(from, to);
    const rows: readonly Record<string, unknown>[] = 'labels' in made ? made.rows : made;
    const entries = new Uint32Array(rows.length * this.#columns.length * 2);
    let top = 0;
    let next = 0;
    let maxRowBytes = 0;
    for (const row of rows) {
      const start = top;
      for (const { name, write } of this.#columns) {
        const text = write(row[name]);
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
