import { sizeOfRow } from './size-of-row.ts';
import type { RawRows } from './sql-connection.ts';

/** Bytes of rows that are handed on together, about. */
export const READ_BYTES = 1024 * 1024;
const FIRST_ROWS = 16;
const MOST_GROWTH = 4;

/** How many rows to ask a system for at a time: few at first, then as many as those that came let expect to be `READ_BYTES`. */
export class ReadSize {
  readonly #most: number;
  #rows: number;

  /** @param most rows */
  constructor(most: number) {
    this.#most = most;
    this.#rows = Math.min(FIRST_ROWS, most);
  }

  /** For the next batch. */
  get rows(): number {
    return this.#rows;
  }

  /** Tells of what came. */
  see(rows: RawRows): void {
    this.seeBytes(
      rows.length,
      rows.reduce((sum, row) => sum + sizeOfRow(row), 0),
    );
  }

  seeBytes(rows: number, bytes: number): void {
    if (rows === 0) return;
    const fits = Math.floor((READ_BYTES * rows) / Math.max(bytes, 1));
    this.#rows = Math.max(1, Math.min(fits, this.#rows * MOST_GROWTH, this.#most));
  }
}
