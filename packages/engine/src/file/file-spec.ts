import type { Column } from '../format/column.ts';
import type { FormatOptions } from '../format/format-options.ts';
import type { Framing } from '../format/framing.ts';
import type { Plan } from '../plan/plan.ts';

/** What the encoder of a file is made from: data that can be sent to any thread. */
export type FileSpec = XlsxSpec | ParquetSpec | AvroSpec;

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

export interface ParquetSpec {
  readonly format: 'parquet';
  readonly rowsOfPart: number;
  readonly columns: readonly Column[];
  readonly codec: 'SNAPPY' | 'UNCOMPRESSED';
}

export interface AvroSpec {
  readonly format: 'avro';
  readonly rowsOfPart: number;
  /** The template's. */
  readonly name: string;
  readonly seed: string;
  readonly columns: readonly Column[];
  readonly codec: 'deflate' | 'null';
}

/** Most bytes of the XML of a part, before it is compressed: a part costs a few bytes and forgets what was before it. */
const XLSX_PART_BYTES = 8 * 1024 * 1024;

/** Most bytes of the rows of a row group, as JSON: they are in memory together. */
const ROW_GROUP_BYTES = 256 * 1024 * 1024;
/** Rows of a row group, and its values in all columns, unless told otherwise: each value is an object while it is made. */
const ROW_GROUP_ROWS = 20_000;
const ROW_GROUP_VALUES = 200_000;
/** Most bytes of the rows of a block, as JSON. */
const AVRO_BLOCK_BYTES = 2 * 1024 * 1024;

/** The spec of a format that is a file; undefined for one whose output is the bytes of its rows. */
export function fileSpecOf(
  options: FormatOptions,
  { name, seed }: Pick<Plan, 'name' | 'seed'>,
  { batch }: Framing,
  columns: () => readonly Column[],
  maxRowBytes: number,
): FileSpec | undefined {
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
    case 'parquet': {
      const all = columns();
      const usual = Math.min(ROW_GROUP_ROWS, Math.ceil(ROW_GROUP_VALUES / Math.max(1, all.length)));
      return {
        format: 'parquet',
        rowsOfPart: Math.min(options.rowGroup ?? usual, rowsWithin(ROW_GROUP_BYTES)),
        columns: all,
        codec: options.compression === 'none' ? 'UNCOMPRESSED' : 'SNAPPY',
      };
    }
    case 'avro':
      return {
        format: 'avro',
        rowsOfPart: rowsWithin(AVRO_BLOCK_BYTES),
        name: name === '' ? 'data' : name,
        seed,
        columns: columns(),
        codec: options.compression === 'none' ? 'null' : 'deflate',
      };
    default:
      return undefined;
  }
}
