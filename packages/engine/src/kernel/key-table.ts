import { hash64 } from '../random/field-key.ts';
import { DRAW_STEP } from '../random/mix.ts';
import type { DataSegment } from './data-segment.ts';

/** Keys lie together in blocks, so that those of neighbouring fields share cache lines. */
const KEYS_OF_BLOCK = 64;

/** Bytes of a record: hash of the path, what is added to the key, where the result goes (64, 64 and 32 bits, padded). */
export const KEY_RECORD = 24;

/**
 * The keys that a kernel reads, one for each path and draw, at addresses that are known before the seed is: the kernel's
 * `seed` function fills them in when a run begins. Draws have entries of their own because a load with an add is cheaper than
 * a load and two.
 */
export class KeyTable {
  readonly #data: DataSegment;
  readonly #addresses = new Map<string, number>();
  readonly #records: { readonly path: string; readonly draw: number; readonly address: number }[] = [];
  #next = 0;
  #left = 0;

  constructor(data: DataSegment) {
    this.#data = data;
  }

  /** Where key(path) + draw * DRAW_STEP will be. */
  address(path: string, draw: number): number {
    const name = `${draw} ${path}`;
    const known = this.#addresses.get(name);
    if (known !== undefined) return known;
    if (this.#left === 0) {
      this.#next = this.#data.reserve(KEYS_OF_BLOCK * 8);
      this.#left = KEYS_OF_BLOCK;
    }
    const address = this.#next;
    this.#next += 8;
    this.#left--;
    this.#addresses.set(name, address);
    this.#records.push({ path, draw, address });
    return address;
  }

  /** Places the records of all keys asked for so far; call it once, after the last. */
  placeRecords(): { readonly start: number; readonly end: number } {
    const bytes = new Uint8Array(this.#records.length * KEY_RECORD);
    const view = new DataView(bytes.buffer);
    this.#records.forEach(({ path, draw, address }, index) => {
      const at = index * KEY_RECORD;
      view.setBigUint64(at, hash64(path), true);
      view.setBigUint64(at + 8, BigInt.asUintN(64, BigInt(draw) * DRAW_STEP), true);
      view.setUint32(at + 16, address, true);
    });
    const start = this.#data.place(bytes);
    return { start, end: start + bytes.length };
  }
}
