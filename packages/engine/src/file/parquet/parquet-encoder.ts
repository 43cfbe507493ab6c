import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js';
import type { FileEncoder } from '../file-encoder.ts';
import type { ParquetSpec } from '../file-spec.ts';
import { rowValues } from '../row-values.ts';
import { parquetSchema, parquetValue } from './parquet-schema.ts';

const MAGIC_BYTES = 4;

type RowGroup = ParquetWriter['row_groups'][number];

/** Parquet: a part is a row group, the footer says where each is. */
export function parquetEncoder({ columns, codec }: ParquetSpec): FileEncoder {
  const schema = parquetSchema(columns);
  const converts = columns.map(parquetValue);
  const writerTo = (writer: ByteWriter): ParquetWriter =>
    new ParquetWriter({ writer, schema, codec, createdBy: 'datamaker' });
  return {
    part: (chunks, rows) => {
      const data = columns.map((): unknown[] => []);
      for (const values of rowValues(chunks)) {
        converts.forEach((convert, index) => {
          const column = data[index];
          for (const row of values) column?.push(convert(row[index]));
        });
      }
      const bytes = new ByteWriter(1 << 20);
      const writer = writerTo(bytes);
      writer.write({
        columnData: columns.map(({ name }, index) => ({ name, data: data[index] ?? [], offsetIndex: false })),
        rowGroupSize: rows,
      });
      // Each part begins like a file of its own; places in it are counted from there.
      return { bytes: bytes.getBytes().subarray(MAGIC_BYTES), note: writer.row_groups };
    },
    assembler: ({ from, to }) => {
      const groups: RowGroup[] = [];
      let offset = MAGIC_BYTES;
      return {
        head: () => new Uint8Array(new TextEncoder().encode('PAR1')),
        around: (_, { bytes, note }) => {
          groups.push(...(note as RowGroup[]).map((group) => moved(group, BigInt(offset - MAGIC_BYTES))));
          offset += bytes.length;
          return { before: new Uint8Array(0), after: new Uint8Array(0) };
        },
        tail: () => {
          const bytes = new ByteWriter();
          const writer = writerTo(bytes);
          writer.row_groups = groups;
          writer.num_rows = BigInt(to - from);
          writer.finish();
          return bytes.getBytes().slice(MAGIC_BYTES);
        },
      };
    },
  };
}

/** A row group that begins so many bytes further on. */
function moved(group: RowGroup, by: bigint): RowGroup {
  const columns = group.columns.map((column) => {
    const { meta_data: meta } = column;
    if (meta === undefined) return column;
    const dictionary = meta.dictionary_page_offset;
    return {
      ...column,
      file_offset: column.file_offset + by,
      meta_data: {
        ...meta,
        data_page_offset: meta.data_page_offset + by,
        ...(dictionary === undefined ? {} : { dictionary_page_offset: dictionary + by }),
      },
    };
  });
  return { ...group, columns };
}
