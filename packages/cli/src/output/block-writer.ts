import { write } from 'node:fs';
import { alignedMemory } from './aligned-memory.ts';
import { writeFully } from './write-fully.ts';

/**
 * Direct I/O takes memory, lengths and positions that are multiples of the logical block of the device (open(2), O_DIRECT):
 * 512 or 4096 bytes.
 */
export const BLOCK_BYTES = 2 * 1024 * 1024;
/** One that is filled while others are on their way. Together they fit a processor's cache, which makes filling cheap. */
const BLOCKS = 4;

/** What a file system answers to direct writes that it does not take: only when asked to write, some of them. */
const REFUSALS = new Set(['EINVAL', 'EOPNOTSUPP', 'ENOTSUP']);

/**
 * Writes the rest of a file past the system's page cache: in blocks, several at a time, while more is made. Where direct
 * writes are refused, blocks go the ordinary way.
 */
export class BlockWriter {
  readonly #ordinary: number;
  #descriptor: number;
  #position: number;
  readonly #free: Uint8Array[] = [];
  /** The block that is filled, never full, and how far it is. */
  #block: Uint8Array | undefined;
  #filled = 0;
  #inFlight = 0;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  /**
   * @param ordinary the file, opened as usual
   * @param direct the same file, opened with O_DIRECT; both stay the caller's
   * @param position where to begin, in bytes: a multiple of 4096
   */
  constructor(ordinary: number, direct: number, position: number) {
    this.#ordinary = ordinary;
    this.#descriptor = direct;
    this.#position = position;
    const memory = alignedMemory(BLOCKS * BLOCK_BYTES);
    for (let i = 0; i < BLOCKS; i++) this.#free.push(new Uint8Array(memory, i * BLOCK_BYTES, BLOCK_BYTES));
  }

  /** Takes a chunk; at once when there is room for it. Rejects when an earlier block could not be written. */
  write(chunk: Uint8Array): void | Promise<void> {
    const taken = this.#failure === undefined ? this.#take(chunk, 0) : 0;
    if (taken < chunk.length) return this.#takeRest(chunk, taken);
  }

  /** Writes what is left; settles when all blocks are written. */
  async finish(): Promise<void> {
    while (this.#inFlight > 0) await this.#oneLanded();
    if (this.#failure !== undefined) throw this.#failure;
    // The end of a file is seldom the end of a block: it goes the ordinary way, with no page that a block has a part of.
    if (this.#block !== undefined) writeFully(this.#ordinary, this.#block.subarray(0, this.#filled), this.#position);
  }

  async #takeRest(chunk: Uint8Array, from: number): Promise<void> {
    for (let at = from; at < chunk.length; at = this.#take(chunk, at)) {
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#free.length === 0) await this.#oneLanded();
    }
  }

  /** Copies into free blocks, from a place in the chunk, and says how far it came. */
  #take(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length) {
      this.#block ??= this.#free.pop();
      if (this.#block === undefined) break;
      const part = chunk.subarray(at, at + BLOCK_BYTES - this.#filled);
      this.#block.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === BLOCK_BYTES) this.#send(this.#block);
    }
    return at;
  }

  #send(block: Uint8Array): void {
    const position = this.#position;
    this.#position += BLOCK_BYTES;
    this.#block = undefined;
    this.#filled = 0;
    this.#inFlight++;
    this.#put(block, 0, position);
  }

  /** Writes a block from a place in it on. */
  #put(block: Uint8Array, from: number, position: number): void {
    const descriptor = this.#descriptor;
    write(descriptor, block, from, BLOCK_BYTES - from, position + from, (error, written) => {
      if (error !== null && descriptor !== this.#ordinary && REFUSALS.has(error.code ?? '')) {
        this.#descriptor = this.#ordinary;
        return this.#put(block, from, position);
      }
      if (error === null && from + written < BLOCK_BYTES) return this.#put(block, from + written, position);
      if (error !== null) this.#failure ??= error;
      this.#inFlight--;
      this.#free.push(block);
      this.#wake?.();
    });
  }

  #oneLanded(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
