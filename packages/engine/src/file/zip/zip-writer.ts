import { crc32 } from './crc32.ts';

const encoder = new TextEncoder();
/** What 16 and 32 bits cannot hold is written as all ones, and again in the fields of ZIP64. */
const MAX_16 = 0xffff;
const MAX_32 = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;
/** Sizes and checksum stand behind the content. */
const SIZES_FOLLOW = 8;
/** 1980-01-01, the first day there is: the same rows give the same bytes whenever they are made. */
const DATE = 0x0021;

interface Entry {
  readonly name: Uint8Array;
  readonly offset: number;
  readonly method: number;
  readonly flags: number;
  crc: number;
  compressed: number;
  size: number;
}

/** Writes what stands around the contents of a ZIP archive (PKWARE APPNOTE 6.3.10), in order and without going back. */
export class ZipWriter {
  readonly #entries: Entry[] = [];
  #offset = 0;

  /** A whole entry, not compressed. */
  store(name: string, content: string): Uint8Array<ArrayBuffer> {
    const bytes = encoder.encode(content);
    const sizes = { crc: crc32(bytes), compressed: bytes.length, size: bytes.length };
    return this.#write(this.#begin({ name, method: STORED, flags: 0, ...sizes }), bytes);
  }

  /** The beginning of an entry whose raw DEFLATE stream follows. */
  begin(name: string): Uint8Array<ArrayBuffer> {
    return this.#write(this.#begin({ name, method: DEFLATED, flags: SIZES_FOLLOW, crc: 0, compressed: 0, size: 0 }));
  }

  /** Counts bytes of the stream that was begun. */
  pass(bytes: number): void {
    this.#offset += bytes;
  }

  /** The end of the entry that was begun: its checksum and sizes. */
  end(crc: number, compressed: number, size: number): Uint8Array<ArrayBuffer> {
    const entry = this.#entries.at(-1);
    if (entry === undefined) throw new Error('no entry was begun');
    Object.assign(entry, { crc, compressed, size });
    const isLarge = compressed >= MAX_32 || size >= MAX_32;
    const fields = new Fields().u32(0x08074b50).u32(crc);
    return this.#write((isLarge ? fields.u64(compressed).u64(size) : fields.u32(compressed).u32(size)).bytes());
  }

  /** The directory, which ends the archive. */
  directory(): Uint8Array<ArrayBuffer> {
    const start = this.#offset;
    const records = this.#entries.map(directoryRecord);
    const size = records.reduce((sum, record) => sum + record.length, 0);
    const count = this.#entries.length;
    const end = new Fields();
    if (count >= MAX_16 || start + size >= MAX_32) {
      end.u32(0x06064b50).u64(44).u16(45).u16(45).u32(0).u32(0).u64(count).u64(count).u64(size).u64(start);
      end
        .u32(0x07064b50)
        .u32(0)
        .u64(start + size)
        .u32(1);
    }
    const [entries, offset] = [Math.min(count, MAX_16), Math.min(start, MAX_32)];
    end.u32(0x06054b50).u16(0).u16(0).u16(entries).u16(entries).u32(Math.min(size, MAX_32)).u32(offset).u16(0);
    return this.#write(...records, end.bytes());
  }

  #begin(given: Omit<Entry, 'name' | 'offset'> & { readonly name: string }): Uint8Array {
    const entry: Entry = { ...given, name: encoder.encode(given.name), offset: this.#offset };
    this.#entries.push(entry);
    return new Fields()
      .u32(0x04034b50)
      .u16(20)
      .u16(entry.flags)
      .u16(entry.method)
      .u16(0)
      .u16(DATE)
      .u32(entry.crc)
      .u32(entry.compressed)
      .u32(entry.size)
      .u16(entry.name.length)
      .u16(0)
      .raw(entry.name)
      .bytes();
  }

  #write(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
    const all = new Fields();
    for (const part of parts) all.raw(part);
    const bytes = all.bytes();
    this.#offset += bytes.length;
    return bytes;
  }
}

function directoryRecord({ name, offset, method, flags, crc, compressed, size }: Entry): Uint8Array {
  const large = [size, compressed, offset].filter((value) => value >= MAX_32);
  const extra = new Fields();
  if (large.length > 0) {
    extra.u16(1).u16(large.length * 8);
    for (const value of large) extra.u64(value);
  }
  const extraBytes = extra.bytes();
  return new Fields()
    .u32(0x02014b50)
    .u16(large.length > 0 ? 45 : 20)
    .u16(large.length > 0 ? 45 : 20)
    .u16(flags)
    .u16(method)
    .u16(0)
    .u16(DATE)
    .u32(crc)
    .u32(Math.min(compressed, MAX_32))
    .u32(Math.min(size, MAX_32))
    .u16(name.length)
    .u16(extraBytes.length)
    .u16(0)
    .u16(0)
    .u16(0)
    .u32(0)
    .u32(Math.min(offset, MAX_32))
    .raw(name)
    .raw(extraBytes)
    .bytes();
}

/** Little-endian fields, one after the other. */
class Fields {
  readonly #bytes: number[] = [];

  u16(value: number): this {
    this.#bytes.push(value & 255, (value >>> 8) & 255);
    return this;
  }

  u32(value: number): this {
    return this.u16(value & MAX_16).u16(value >>> 16);
  }

  u64(value: number): this {
    return this.u32(value % 2 ** 32).u32(Math.floor(value / 2 ** 32));
  }

  raw(bytes: Uint8Array): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes);
  }
}
