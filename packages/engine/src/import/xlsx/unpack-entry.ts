import { Inflate } from 'fflate';
import { crc32 } from '../../file/zip/crc32.ts';
import { tooLarge } from '../import-refused.ts';
import { MAX_XLSX_BYTES, MAX_XLSX_PART_BYTES } from '../limits.ts';
import { damaged, unsupported } from './refusals.ts';
import type { ZipEntry } from './zip-archive.ts';

/** Unpacked bytes of all parts so far. */
export interface Budget {
  unpacked: number;
}

const LOCAL = 0x04034b50;
const LOCAL_LENGTH = 30;
const STORED = 0;
const DEFLATED = 8;
/** Compressed bytes at a time. DEFLATE gives at most 1032 bytes for one, so at most 4 MiB come out before they are counted. */
const PIECE = 4096;

/**
 * The bytes of an entry, piece by piece. Counted while they come: what is more than the directory says, or than the limits, is
 * refused before it is there.
 * @throws ImportRefused
 */
export function* unpackEntry(archive: Uint8Array, entry: ZipEntry, budget: Budget): Generator<Uint8Array> {
  const { name, method, size } = entry;
  if (method !== STORED && method !== DEFLATED)
    throw unsupported(`the part ${name.slice(0, 60)} is compressed by a method that is not read (${method})`);
  const packed = contentOf(archive, entry);
  let unpacked = 0;
  let crc = 0;
  for (const piece of method === STORED ? pieces(packed) : inflated(packed, name)) {
    unpacked += piece.length;
    budget.unpacked += piece.length;
    if (unpacked > size) throw damaged(`the part ${name.slice(0, 60)} is larger than its archive says`);
    if (unpacked > MAX_XLSX_PART_BYTES)
      throw tooLarge(`the part ${name.slice(0, 60)} unpacks to more than ${megabytes(MAX_XLSX_PART_BYTES)}`, SMALLER);
    if (budget.unpacked > MAX_XLSX_BYTES)
      throw tooLarge(`the spreadsheet unpacks to more than ${megabytes(MAX_XLSX_BYTES)}`, SMALLER);
    crc = crc32(piece, crc);
    yield piece;
  }
  if (unpacked !== size || crc !== entry.crc)
    throw damaged(`the part ${name.slice(0, 60)} does not have the checksum that its archive says`);
}

const SMALLER = 'save the rows that matter in a workbook of their own, or as CSV';
const megabytes = (bytes: number): string => `${bytes / 1024 / 1024} MiB`;

/** The packed bytes behind the local header, whose own sizes may be missing. */
function contentOf(archive: Uint8Array, { name, offset, compressed }: ZipEntry): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  if (offset + LOCAL_LENGTH > archive.length || view.getUint32(offset, true) !== LOCAL)
    throw damaged(`the part ${name.slice(0, 60)} is not where its archive says`);
  const start = offset + LOCAL_LENGTH + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + compressed > archive.length) throw damaged(`the part ${name.slice(0, 60)} ends early`);
  return archive.subarray(start, start + compressed);
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

function* inflated(packed: Uint8Array, name: string): Generator<Uint8Array> {
  let out: Uint8Array[] = [];
  const stream = new Inflate((piece) => out.push(piece));
  for (let at = 0; at === 0 || at < packed.length; at += PIECE) {
    try {
      stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    } catch {
      throw damaged(`the part ${name.slice(0, 60)} cannot be unpacked`);
    }
    yield* out;
    out = [];
  }
}
