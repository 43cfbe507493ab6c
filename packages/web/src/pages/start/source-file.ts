import { formatBytes } from '../../ui/format.ts';

/** A schema or a sample that was opened. */
export interface SourceFile {
  readonly name: string;
  readonly size: number;
  /** A spreadsheet is in base64. */
  readonly source: string;
  /** Where it cannot be found out from the source. */
  readonly kind?: 'xlsx';
}

/** What the API takes in one request. */
const MAX_BYTES = 5 * 1024 * 1024;
/** Room for the rest of the request. */
const AROUND_BYTES = 1024;

/** Reads a file that is to become templates. @throws Error when it is too large, which is seen before it is read, or neither text nor a workbook */
export async function readSourceFile(file: File): Promise<SourceFile> {
  const { name, size } = file;
  const isWorkbook = /\.xlsx$/i.test(name);
  const largest = isWorkbook ? Math.floor(((MAX_BYTES - AROUND_BYTES) * 3) / 4) : MAX_BYTES - AROUND_BYTES;
  if (size > largest) {
    throw new Error(
      `${name} has ${formatBytes(size)}, and ${formatBytes(largest)} can be read: the first some thousand rows of it will do.`,
    );
  }
  if (isWorkbook) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return { name, size, source: toBase64(bytes), kind: 'xlsx' };
  }
  const source = await file.text();
  if (source.includes('\0')) {
    throw new Error(`${name} is neither text nor a workbook (.xlsx): save it as CSV, JSON or one of the schemas.`);
  }
  return { name, size, source };
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  // Arguments of a call are bounded.
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
