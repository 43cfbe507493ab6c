import type { FormatOptions } from '../format/format-options.ts';
import type { Framing } from '../format/framing.ts';

/** What the encoder of a file is made from: data that can be sent to any thread. */
export type FileSpec = XlsxSpec;

export interface XlsxSpec {
  readonly format: 'xlsx';
  /** Rows of a part. The file depends on it, so it depends on nothing but template and format. */
  readonly rowsOfPart: number;
  readonly rowsOfSheet: number;
  /** The name of the first sheet; further ones have a number behind it. */
  readonly sheet: string;
  /** The XML of a sheet without rows. */
  readonly emptySheet: string;
}

/** Most bytes of the XML of a part, before it is compressed: a part costs a few bytes and forgets what was before it. */
const XLSX_PART_BYTES = 8 * 1024 * 1024;

/** The spec of a format that is a file; undefined for one whose output is the bytes of its rows. */
export function fileSpecOf(options: FormatOptions, { batch }: Framing, maxRowBytes: number): FileSpec | undefined {
  const rowsWithin = (bytes: number): number => Math.max(1, Math.floor(bytes / Math.max(1, maxRowBytes)));
  switch (options.format) {
    case 'xlsx':
      return {
        format: 'xlsx',
        rowsOfPart: rowsWithin(XLSX_PART_BYTES),
        rowsOfSheet: batch.rows,
        sheet: options.sheet ?? 'Sheet1',
        emptySheet: batch.head + batch.tail,
      };
    default:
      return undefined;
  }
}
