import { ByteGenerator } from './byte-generator.ts';
import { ColumnMaker } from './column-batch.ts';
import type { PreparedBytes } from './prepare-bytes.ts';

/** A generator with all it needs. */
export function makeByteGenerator(prepared: PreparedBytes): ByteGenerator {
  const { columns } = prepared;
  return new ByteGenerator(prepared, columns === undefined ? undefined : new ColumnMaker(columns.plan, columns.format));
}
