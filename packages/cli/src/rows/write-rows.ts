import { stringify } from 'csv-stringify/sync';
import type { Output } from '../output/output.ts';
import { writeRow } from './parse-row.ts';
import type { RowFormat } from './row-source.ts';

/** Writes batches of rows in a format. */
export class RowWriter {
  readonly #output: Output;
  readonly #format: RowFormat;
  readonly #delimiter: string;
  #written = 0;
  #headed = false;

  constructor(output: Output, format: RowFormat, delimiter: string) {
    this.#output = output;
    this.#format = format;
    this.#delimiter = delimiter;
  }

  /** @param columns of a CSV, in their order */
  async write(rows: readonly Readonly<Record<string, unknown>>[], columns: readonly string[] = []): Promise<void> {
    await this.#put(this.#format === 'csv' ? this.#csv(rows, columns) : this.#json(rows));
    this.#written += rows.length;
  }

  /** Writes what stands behind the last row. */
  async end(): Promise<void> {
    if (this.#format === 'json') await this.#put(this.#written === 0 ? '[]\n' : '\n]\n');
  }

  #csv(rows: readonly Readonly<Record<string, unknown>>[], columns: readonly string[]): string {
    const records = rows.map((row) => columns.map((column) => row[column]));
    const cells = this.#headed ? records : [columns, ...records];
    this.#headed = true;
    return stringify(cells, { delimiter: this.#delimiter, cast: { boolean: String, bigint: String } });
  }

  #json(rows: readonly Readonly<Record<string, unknown>>[]): string {
    if (this.#format === 'ndjson') return rows.map((row) => `${writeRow(row)}\n`).join('');
    return rows.map((row, i) => `${this.#written + i === 0 ? '[\n' : ',\n'}${writeRow(row)}`).join('');
  }

  async #put(text: string): Promise<void> {
    if (text !== '') await this.#output.write(Buffer.from(text));
  }
}
