import { ByteGenerator, type GeneratorOptions } from './byte-generator.ts';
import type { PreparedBytes } from './prepare-bytes.ts';

/** Like `makeByteGenerator`, but what makes JavaScript columns is loaded only where there are any: threads start faster. */
export async function loadByteGenerator(prepared: PreparedBytes, options?: GeneratorOptions): Promise<ByteGenerator> {
  const { columns } = prepared;
  if (columns === undefined) return new ByteGenerator(prepared, undefined, options);
  const { ColumnMaker } = await import('./column-batch.ts');
  return new ByteGenerator(prepared, new ColumnMaker(columns.plan, columns.format), options);
}
