import { byteLength, writeUtf8 } from '../text/utf8.ts';
import { lengthsOf } from './list-lengths.ts';
import { fitsI32, rangeOfTable } from './range.ts';

/** A list of texts in memory. */
export interface StringTable {
  readonly layout: 8 | 16 | 32 | 'indexed';
  /** Address of the entries; for the indexed layout of the index: (address, length) pairs of 32 bits. */
  readonly address: number;
  readonly count: number;
  readonly maxLength: number;
  /** Length of every entry when they are all of one length. */
  readonly fixedLength: number | undefined;
}

/** A list of numbers in memory, unsigned bytes to signed 64-bit words. */
export interface NumberTable {
  readonly address: number;
  readonly width: 1 | 2 | 4 | 8;
}

type NumberKind = 'integer' | 'f64' | 'u32' | 'i64';

/**
 * The read-only part of the kernel's memory. Texts lie at a fixed stride with their length in the last byte of the
 * stride, so that a pick is one 16-byte copy and one add; a list with long entries has an index instead, because a wide
 * stride would push shorter lists out of the cache.
 */
export class DataSegment {
  #bytes = new Uint8Array(1 << 16);
  #top = DATA_START;
  #strings = new Map<readonly string[], Map<string, StringTable>>();
  #numbers = new Map<readonly number[], Map<string, NumberTable>>();

  /** The segment's content so far, from address 0: a copy of just its size. */
  get bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#top);
  }

  /** Places a list with a text before and after each entry. Same list, same texts: same table. */
  strings(from: readonly string[], before = '', after = ''): StringTable {
    const key = `${before}\0${after}`;
    let byKey = this.#strings.get(from);
    if (byKey === undefined) {
      byKey = new Map();
      this.#strings.set(from, byKey);
    }
    let table = byKey.get(key);
    if (table === undefined) {
      table = this.#placeStrings(from, before, after);
      byKey.set(key, table);
    }
    return table;
  }

  #placeStrings(entries: readonly string[], before: string, after: string): StringTable {
    const around = byteLength(before) + byteLength(after);
    const { min, max } = lengthsOf(entries);
    const maxLength = max + around;
    const fixedLength = min === max ? maxLength : undefined;
    const layout = layoutFor(maxLength, fixedLength !== undefined);
    const common = { count: entries.length, maxLength, fixedLength };
    const write = (entry: string, start: number): number => {
      let at = start + writeUtf8(before, this.#bytes, start);
      at += writeUtf8(entry, this.#bytes, at);
      return at + writeUtf8(after, this.#bytes, at) - start;
    };
    if (layout === 'indexed') {
      const index = this.reserve(entries.length * 8);
      let address = this.reserve(
        entries.reduce((sum, entry) => sum + byteLength(entry) + around + INDEXED_SPARE, 0),
        1,
      );
      const view = new DataView(this.#bytes.buffer);
      entries.forEach((entry, i) => {
        const length = write(entry, address);
        view.setUint32(index + i * 8, address, true);
        view.setUint32(index + i * 8 + 4, length, true);
        address += length + INDEXED_SPARE;
      });
      return { layout, address: index, ...common };
    }
    const address = this.reserve(entries.length * layout + 16);
    entries.forEach((entry, i) => {
      const length = write(entry, address + i * layout);
      if (fixedLength === undefined) this.#bytes[address + (i + 1) * layout - 1] = length;
    });
    return { layout, address, ...common };
  }

  /** Places a list of integers (or of doubles, with `kind` 'f64'), as wide as they need or as `kind` says. */
  numbers(values: readonly number[], kind: NumberKind = 'integer'): NumberTable {
    let byKind = this.#numbers.get(values);
    if (byKind === undefined) {
      byKind = new Map();
      this.#numbers.set(values, byKind);
    }
    let table = byKind.get(kind);
    if (table === undefined) {
      table = this.#placeNumbers(values, kind);
      byKind.set(kind, table);
    }
    return table;
  }

  #placeNumbers(values: readonly number[], kind: NumberKind): NumberTable {
    const width = kind === 'f64' || kind === 'i64' ? 8 : kind === 'u32' ? 4 : integerWidth(values);
    const address = this.reserve(values.length * width);
    // Words as the machine has them are what the kernel reads: WebAssembly runs where they are little-endian.
    const words = [this.#bytes.buffer, address, values.length] as const;
    if (kind === 'f64') new Float64Array(...words).set(values);
    else if (width === 1) new Uint8Array(...words).set(values);
    else if (width === 2) new Uint16Array(...words).set(values);
    else if (width === 4) new Uint32Array(...words).set(values);
    else new BigInt64Array(...words).set(values.map(BigInt));
    return { address, width };
  }

  /** Places bytes as they are, and returns where. */
  place(bytes: Uint8Array): number {
    const address = this.reserve(bytes.length);
    this.#bytes.set(bytes, address);
    return address;
  }

  /** Zeroes of that size, and returns where they begin. */
  reserve(size: number, alignment = 64): number {
    const address = Math.ceil(this.#top / alignment) * alignment;
    this.#top = address + size;
    if (this.#top > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#top));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return address;
  }
}

/** Entries are copied sixteen bytes at a time. */
const INDEXED_SPARE = 16;

/** Addresses below belong to the kernel: results handed back to the host. */
const DATA_START = 64;

function layoutFor(maxLength: number, fixed: boolean): StringTable['layout'] {
  const room = fixed ? 0 : 1; // the length byte
  if (maxLength + room <= 8) return 8;
  if (maxLength + room <= 16) return 16;
  if (maxLength + room <= 32) return 32;
  return 'indexed';
}

function integerWidth(values: readonly number[]): 1 | 2 | 4 | 8 {
  const range = rangeOfTable(values);
  const { lo, hi } = range;
  if (lo >= 0n && hi < 256n) return 1;
  if (lo >= 0n && hi < 65536n) return 2;
  return fitsI32(range) ? 4 : 8;
}
