import { ImportRefused, tooLarge } from '../import-refused.ts';
import { MAX_XLSX_ENTRIES } from '../limits.ts';
import { damaged, encrypted, unsupported } from './refusals.ts';

/** An entry of an archive, as its directory describes it. Sizes are claims until the entry has been unpacked. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly offset: number;
}

const END = 0x06054b50;
const END_LENGTH = 22;
const RECORD = 0x02014b50;
const RECORD_LENGTH = 46;
const LOCAL_LENGTH = 30;
/** What 16 and 32 bits cannot hold is written as all ones, and again in the fields of ZIP64. */
const MAX_16 = 0xffff;
const MAX_32 = 0xffffffff;

/**
 * The entries of a ZIP archive (PKWARE APPNOTE 6.3.10) by their names in lower case, as names of parts are compared (OPC,
 * ECMA-376 part 2, 6.2.2). The directory alone counts; archives that programs read differently are refused: two entries of one
 * name, entries that overlap, names that lead out of the archive, ZIP64 (which files of this size never need), several disks.
 * @throws ImportRefused
 */
export function readDirectory(bytes: Uint8Array): ReadonlyMap<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const u16 = (at: number): number => view.getUint16(at, true);
  const u32 = (at: number): number => view.getUint32(at, true);
  const [count, length, start] = [u16(end + 10), u32(end + 12), u32(end + 16)];
  if (u16(end + 4) === MAX_16 || count === MAX_16 || length === MAX_32 || start === MAX_32)
    throw unsupported('the archive is in the format ZIP64');
  if (u16(end + 4) !== 0 || u16(end + 6) !== 0 || u16(end + 8) !== count)
    throw unsupported('the archive is one of several disks');
  if (start + length !== end) throw damaged('its directory is not where it should be');
  if (count > MAX_XLSX_ENTRIES) throw tooLarge(`the archive has more than ${MAX_XLSX_ENTRIES} entries`, 'save it anew');
  const entries = new Map<string, ZipEntry>();
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + RECORD_LENGTH > end || u32(at) !== RECORD) throw damaged('its directory ends early');
    const next = at + RECORD_LENGTH + u16(at + 28) + u16(at + 30) + u16(at + 32);
    if (next > end) throw damaged('its directory ends early');
    const name = nameOf(bytes.subarray(at + RECORD_LENGTH, at + RECORD_LENGTH + u16(at + 28)));
    const [compressed, size, offset] = [u32(at + 20), u32(at + 24), u32(at + 42)];
    if ([compressed, size, offset].includes(MAX_32)) throw unsupported('the archive is in the format ZIP64');
    const key = name.toLowerCase();
    if (entries.has(key)) throw damaged(`two entries have the name ${shown(name)}`);
    if ((u16(at + 8) & 1) === 1) throw encrypted();
    entries.set(key, { name, method: u16(at + 10), crc: u32(at + 16), compressed, size, offset });
    at = next;
  }
  if (at !== end) throw damaged('its directory ends late');
  refuseOverlaps([...entries.values()], start);
  return entries;
}

/** The end of the directory, which a comment may follow. */
function findEnd(view: DataView): number {
  for (let at = view.byteLength - END_LENGTH; at >= Math.max(0, view.byteLength - END_LENGTH - MAX_16); at--) {
    if (view.getUint32(at, true) === END && at + END_LENGTH + view.getUint16(at + 20, true) === view.byteLength)
      return at;
  }
  throw damaged('its directory, which ends it, is missing');
}

function nameOf(bytes: Uint8Array): string {
  // Names outside of ASCII are not those of parts that are read; what they look like does not matter.
  const name = new TextDecoder().decode(bytes).replaceAll('\\', '/').replace(/^\//, '');
  if (name.split('/').includes('..') || name.startsWith('/') || /^[A-Za-z]:/.test(name) || name.includes('\0'))
    throw new ImportRefused(
      'invalid_source',
      `the archive has an entry whose name leads out of it: ${shown(name)}`,
      'no spreadsheet program writes such files: do not trust it',
    );
  return name;
}

/** Entries that share bytes unpack to much from little, and no program writes them. */
function refuseOverlaps(entries: readonly ZipEntry[], directory: number): void {
  const sorted = entries.toSorted((a, b) => a.offset - b.offset);
  sorted.forEach(({ offset, compressed, name }, i) => {
    const limit = sorted[i + 1]?.offset ?? directory;
    if (offset + LOCAL_LENGTH + compressed > limit) throw damaged(`the entry ${shown(name)} reaches into another`);
  });
}

const shown = (name: string): string => JSON.stringify(name.slice(0, 60));
