import { cellEncodings } from '../format/cell-encodings.ts';
import type { FormatOptions } from '../format/format-options.ts';
import { type Framing, framingOf } from '../format/framing.ts';
import { buildKernel, type KernelModule } from '../kernel/build-kernel.ts';
import { columnsOf } from '../kernel/columns-of.ts';
import { fuse } from '../kernel/fuse.ts';
import { hasSimd } from '../kernel/kernel.ts';
import { bytes, Lowering } from '../kernel/lower.ts';
import { maxBytes } from '../kernel/max-bytes.ts';
import type { Level, Op } from '../kernel/op.ts';
import type { Plan } from '../plan/plan.ts';
import type { ProgramField } from '../plan/program.ts';

export interface RowKernel {
  readonly kernel: KernelModule;
  readonly framing: Framing;
}

export interface RowKernelOptions {
  /** Whether to use vector instructions; default: where there are any. The output is the same. */
  readonly simd?: boolean;
  /** Whether other threads read the output in place; default no. */
  readonly shared?: boolean;
}

/** Compiles the rows of a plan for a format. Every row ends with the format's row separator. */
export function rowKernel(
  plan: Pick<Plan, 'name' | 'seed'>,
  fields: readonly ProgramField[],
  format: FormatOptions,
  { simd = hasSimd(), shared = false }: RowKernelOptions = {},
): RowKernel {
  const { framing, level, ops } = operationsOf(plan, fields, format);
  const columns = fields.filter((field) => field.program.kind === 'column').length;
  return { framing, kernel: buildKernel(ops, { level, columns, simd, shared }) };
}

/** The most bytes that a row can take, columns left out. */
export const mostRowBytes = (...given: Parameters<typeof operationsOf>): number =>
  maxBytes(fuse(operationsOf(...given).ops));

function operationsOf(
  plan: Pick<Plan, 'name' | 'seed'>,
  fields: readonly ProgramField[],
  format: FormatOptions,
): { framing: Framing; level: Level; ops: readonly Op[] } {
  const names = fields.map((field) => field.name);
  const encodings = cellEncodings(format, names);
  const framing = framingOf(format, plan.name, names, () => columnsOf(fields));
  const lowering = new Lowering();
  const scope = lowering.scope('');
  const ops: Op[] = [];
  for (const cell of framing.cells) {
    const field = fields[cell.field];
    const encoding = encodings[cell.field];
    if (field === undefined || encoding === undefined)
      throw new RangeError('the format names a field that is not there');
    ops.push(bytes(cell.before), ...lowering.field(field, encoding, scope), { o: 'seam' });
  }
  ops.push(bytes(framing.rowClose + framing.rowSeparator));
  return { framing, level: scope.level, ops };
}
