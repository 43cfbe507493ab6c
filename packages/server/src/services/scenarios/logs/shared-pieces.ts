import { buffer } from 'node:stream/consumers';
import type { BlobStore } from '../../../store/blobs/blob-store.ts';

/** What is read at a time. */
const PIECE_BYTES = 128 * 1024;
/** Of all logs that are followed: what was read last. */
const MOST_PIECES = 32;

/** Pieces of logs in memory, read once for all who follow at about the same place. The bytes of a log's pieces never change. */
export class SharedPieces {
  readonly #kept = new Map<string, Promise<Buffer>>();

  /**
   * Bytes from a place on, up to `most`: a view of a piece, which stays for as long as somebody holds one.
   * @param key of the blob, which has `size` bytes
   * @throws BlobGone, BlobsUnavailable
   */
  async bytes(blobs: BlobStore, key: string, size: number, from: number, most: number): Promise<Buffer> {
    const number = Math.floor(from / PIECE_BYTES);
    const start = number * PIECE_BYTES;
    const piece = await this.#piece(blobs, `${key} ${number}`, key, start, Math.min(size, start + PIECE_BYTES) - 1);
    return piece.subarray(from - start, from - start + most);
  }

  #piece(blobs: BlobStore, name: string, key: string, start: number, end: number): Promise<Buffer> {
    const found = this.#kept.get(name) ?? blobs.open(key, { start, end }).then(buffer);
    // The last that was wanted is the last to go.
    this.#kept.delete(name);
    this.#kept.set(name, found);
    found.catch(() => this.#kept.delete(name));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_PIECES && oldest !== undefined) this.#kept.delete(oldest);
    return found;
  }
}
