import type { FileSpec } from './file-spec.ts';

/** Rows [start, end) of a file of rows [from, to). */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/** A stretch of rows as a part of a file, and what the rest of the file has to say of it. Both can go to another thread. */
export interface Part {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly note: unknown;
}

/** Puts parts together, in order. All bytes are the caller's. */
export interface Assembler {
  /** What the file begins with. */
  head(): Uint8Array<ArrayBuffer>;
  /** What stands before the part of a stretch, and after it. */
  around(
    stretch: Stretch,
    part: Part,
  ): { readonly before: Uint8Array<ArrayBuffer>; readonly after: Uint8Array<ArrayBuffer> };
  /** What the file ends with, after all parts. */
  tail(): Uint8Array<ArrayBuffer>;
}

/**
 * A format whose output is more than the bytes of its rows one after the other: compressed, or with an index of what is
 * where. Parts are made by themselves, on any thread, and an assembler joins them. Parts depend on their rows only, so that
 * the file is the same for any number of threads; nothing in it depends on the clock.
 */
export interface FileEncoder {
  /**
   * @param chunks bytes of the stretch's rows, framed as the format wants its rows (format/framing.ts); each chunk ends with a
   *   row and is valid until the next is asked for
   */
  part(chunks: Iterable<Uint8Array>, rows: number): Part;
  assembler(range: { readonly from: number; readonly to: number }): Assembler;
}

/** The encoder of a file. Libraries are loaded only for the formats that need them. */
export async function loadFileEncoder(spec: FileSpec): Promise<FileEncoder> {
  switch (spec.format) {
    case 'xlsx':
      return (await import('./xlsx/xlsx-encoder.ts')).xlsxEncoder(spec);
    case 'parquet':
      return (await import('./parquet/parquet-encoder.ts')).parquetEncoder(spec);
    case 'avro':
      return (await import('./avro/avro-encoder.ts')).avroEncoder(spec);
  }
}
