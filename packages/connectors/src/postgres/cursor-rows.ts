import type { Readable } from 'node:stream';
import type pg from 'pg';
import type Cursor from 'pg-cursor';
import { READ_BYTES, ReadSize } from '../sql/read-size.ts';
import { sizeOfRow } from '../sql/size-of-row.ts';
import type { RawRows } from '../sql/sql-connection.ts';

/**
 * Rows of a cursor, in parts of about `READ_BYTES`. The server is asked for as many rows as are expected to be that; where they are
 * larger than those before, the socket waits while somebody has what came so far.
 */
export class CursorRows {
  readonly #cursor: Cursor<unknown[]>;
  readonly #stream: Readable;
  readonly #size: ReadSize;
  #rows: unknown[][] = [];
  #bytes = 0;
  /** Of the batch that the server was asked for. */
  readonly #batch = { rows: 0, bytes: 0 };
  /** What the server was asked for and has not sent to its end. */
  #asked: Promise<number> | undefined;
  #full = Promise.withResolvers<void>();
  #isLeft = false;
  /** After an error the driver has closed the cursor, and would wait for an answer that never comes. */
  #isOpen = true;

  /** @param most rows at a time */
  constructor(cursor: Cursor<unknown[]>, client: pg.Client, most: number) {
    this.#cursor = cursor;
    this.#stream = (client as unknown as { readonly connection: { readonly stream: Readable } }).connection.stream;
    this.#size = new ReadSize(most);
    cursor.on('row', (row: unknown[]) => this.#take(row));
  }

  /** @returns undefined: there are no more */
  async next(): Promise<RawRows | undefined> {
    this.#stream.resume();
    for (;;) {
      this.#asked ??= this.#ask();
      const found = await Promise.race([this.#asked, this.#full.promise]);
      this.#full = Promise.withResolvers();
      if (found !== undefined) {
        this.#asked = undefined;
        this.#size.seeBytes(this.#batch.rows, this.#batch.bytes);
      }
      const rows = this.#rows;
      this.#rows = [];
      this.#bytes = 0;
      if (rows.length > 0) return rows;
      if (found === 0) return undefined;
    }
  }

  /** Closes the cursor; what was asked for comes to its end and is thrown away. */
  async close(): Promise<void> {
    this.#isLeft = true;
    this.#stream.resume();
    await this.#asked?.catch(() => undefined);
    if (this.#isOpen) await this.#cursor.close();
  }

  async #ask(): Promise<number> {
    this.#batch.rows = 0;
    this.#batch.bytes = 0;
    try {
      return (await this.#cursor.read(this.#size.rows)).length;
    } catch (error) {
      this.#isOpen = false;
      throw error;
    }
  }

  #take(row: unknown[]): void {
    // The driver keeps each row until the batch has come: it keeps empty ones.
    const values = row.splice(0);
    if (this.#isLeft) return;
    const size = sizeOfRow(values);
    this.#rows.push(values);
    this.#bytes += size;
    this.#batch.rows++;
    this.#batch.bytes += size;
    if (this.#bytes < READ_BYTES) return;
    this.#stream.pause();
    this.#full.resolve();
  }
}
