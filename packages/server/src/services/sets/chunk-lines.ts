import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import type { Chunk } from '../../store/sets.ts';

const pack = promisify(deflate);
const unpack = promisify(inflate);

const CHUNK_BYTES = 256 * 1024;
const NEWLINE = 0x0a;

/** Rows as they are stored: lines of JSON in deflated chunks, and what tells whether they are still the same. */
export class LineChunks {
  readonly chunks: Chunk[] = [];
  readonly #digest = createHash('sha256');
  readonly #limit: number;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #heldRows = 0;
  rows = 0;
  bytes = 0;

  /** @param limit most bytes of all lines; `add` is false beyond */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes whole lines, each with its line end. @returns false when it is too much */
  async add(lines: Uint8Array): Promise<boolean> {
    this.bytes += lines.length;
    if (this.bytes > this.#limit) return false;
    this.#digest.update(lines);
    for (let start = 0; start < lines.length; ) {
      const wanted = Math.min(lines.length, start + Math.max(1, CHUNK_BYTES - this.#heldBytes));
      const end = lines.indexOf(NEWLINE, wanted - 1) + 1;
      const piece = lines.slice(start, end);
      this.#held.push(piece);
      this.#heldBytes += piece.length;
      this.#heldRows += countLines(piece);
      if (this.#heldBytes >= CHUNK_BYTES) await this.#flush();
      start = end;
    }
    return true;
  }

  /** @returns the SHA-256 of all lines */
  async finish(): Promise<Buffer> {
    await this.#flush();
    return this.#digest.digest();
  }

  async #flush(): Promise<void> {
    if (this.#heldRows === 0) return;
    const data = await pack(Buffer.concat(this.#held));
    this.chunks.push({ firstRow: this.rows, rows: this.#heldRows, data });
    this.rows += this.#heldRows;
    this.#held = [];
    this.#heldBytes = 0;
    this.#heldRows = 0;
  }
}

export function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let i = bytes.indexOf(NEWLINE); i !== -1; i = bytes.indexOf(NEWLINE, i + 1)) lines++;
  return lines;
}

/** The lines of a chunk that are of rows [from, to). */
export async function linesOfChunk(chunk: Chunk, from: number, to: number): Promise<Buffer> {
  const lines = await unpack(chunk.data);
  let start = 0;
  for (let row = chunk.firstRow; row < from; row++) start = lines.indexOf(NEWLINE, start) + 1;
  if (to >= chunk.firstRow + chunk.rows) return lines.subarray(start);
  let end = start;
  for (let row = Math.max(from, chunk.firstRow); row < to; row++) end = lines.indexOf(NEWLINE, end) + 1;
  return lines.subarray(start, end);
}
