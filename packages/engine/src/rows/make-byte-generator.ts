import { ByteGenerator, type GeneratorOptions } from './byte-generator.ts';
import { ColumnMaker } from './column-batch.ts';
import type { PreparedBytes } from './prepare-bytes.ts';

/** A generator with all it needs. */
export function makeByteGenerator(prepared: PreparedBytes, options?: GeneratorOptions): ByteGenerator {
  const { columns } = prepared;
  const maker = columns && new ColumnMaker(columns.plan, columns.format);
  return new ByteGenerator(prepared, maker, options);
}
