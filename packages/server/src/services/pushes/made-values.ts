import { closeSync, openSync, readSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import type { ExternalValues } from '@datamaker/engine';

/** Rows whose values are kept together. */
export const BLOCK_ROWS = 1000;
/** Before each block stands how many bytes it has. */
export const HEAD_BYTES = 4;

/**
 * What programs made for the rows of a push, in a local file: blocks of rows, each behind its length, deflated JSON. Whoever makes rows does so
 * row by row and waits for nothing, so they are read as they are wanted, block by block.
 */
export class MadeValues {
  readonly #file: number;
  readonly #from: number;
  /** Where blocks begin, as far as anybody has asked. */
  readonly #places: number[] = [0];
  #last: { readonly block: number; readonly values: ExternalValues } | undefined;

  /** @param from the row of the first value */
  constructor(path: string, from: number) {
    this.#file = openSync(path, 'r');
    this.#from = from;
  }

  /** The first row after those that are in the block of a row. */
  endOf(row: number): number {
    return this.#from + (this.#blockOf(row) + 1) * BLOCK_ROWS;
  }

  /** The values of the block that a row is in. */
  of(row: number): ExternalValues {
    const block = this.#blockOf(row);
    if (this.#last?.block === block) return this.#last.values;
    while (this.#places.length <= block) this.#places.push(this.#after(this.#places.length - 1));
    const at = this.#places[block] as number;
    const deflated = this.#read(at + HEAD_BYTES, this.#sizeAt(at));
    const values = JSON.parse(inflateSync(deflated).toString()) as ExternalValues;
    this.#last = { block, values };
    return values;
  }

  close(): void {
    closeSync(this.#file);
  }

  #blockOf = (row: number): number => Math.floor((row - this.#from) / BLOCK_ROWS);

  #after(block: number): number {
    const at = this.#places[block] as number;
    return at + HEAD_BYTES + this.#sizeAt(at);
  }

  #sizeAt = (at: number): number => this.#read(at, HEAD_BYTES).readUInt32BE();

  #read(at: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    for (let read = 0; read < length; ) {
      const more = readSync(this.#file, bytes, read, length - read, at + read);
      if (more === 0) throw new Error('the values of the push end before their rows do');
      read += more;
    }
    return bytes;
  }
}
