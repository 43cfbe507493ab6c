import { jsonEncoding } from '../format/json-encoding.ts';
import { Lowering } from '../kernel/lower.ts';
import { maxBytes } from '../kernel/max-bytes.ts';
import type { Program, ProgramField } from '../plan/program.ts';

/** What a derived value may add to a row, at most (the expression language caps its texts). */
const DERIVED_BYTES = 64 * 1024;

/** The most bytes that a row of these fields can take, as JSON; other formats stay within a small factor of it. */
export function largestRow(fields: readonly ProgramField[]): number {
  const lowering = new Lowering();
  const bare = fields.map((field) => ({ ...field, program: withoutColumns(field.program) }));
  const ops = lowering.object(bare, jsonEncoding.structure, jsonEncoding.structure.object, lowering.scope(''), '');
  return maxBytes(ops) + fields.filter((field) => field.program.kind === 'column').length * DERIVED_BYTES;
}

const withoutColumns = (program: Program): Program => (program.kind === 'column' ? program.program : program);
