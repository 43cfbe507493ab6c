import { type FileSpec, fileSpecOf } from '../file/file-spec.ts';
import type { FormatOptions } from '../format/format-options.ts';
import type { Framing } from '../format/framing.ts';
import type { KernelModule } from '../kernel/build-kernel.ts';
import { columnsOf } from '../kernel/columns-of.ts';
import type { Plan } from '../plan/plan.ts';
import { outputFields } from './output-fields.ts';
import { type RowKernelOptions, rowKernel } from './row-kernel.ts';

/**
 * A plan ready to become bytes of one format: data that can be sent to any number of threads, which share the compiled
 * kernel and need not compile it again.
 */
export interface PreparedBytes {
  readonly around: Pick<Framing, 'head' | 'tail' | 'batch' | 'rowSeparator'>;
  readonly kernel: KernelModule;
  /** The seed that generators begin with. */
  readonly seed: string;
  /** What JavaScript columns are made from, where there are any; plans are large to send. */
  readonly columns: { readonly plan: Plan; readonly format: FormatOptions } | undefined;
  /** What makes a file of the rows' bytes, where these are not the output themselves. */
  readonly file: FileSpec | undefined;
}

/** Compiles a plan for a format. */
export function prepareBytes(plan: Plan, format: FormatOptions, options: RowKernelOptions = {}): PreparedBytes {
  const { framing, kernel } = rowKernel(plan, outputFields(plan), format, options);
  const { head, tail, batch, rowSeparator } = framing;
  return {
    around: { head, tail, batch, rowSeparator },
    kernel,
    seed: plan.seed,
    columns: kernel.columns > 0 ? { plan, format } : undefined,
    file: fileSpecOf(format, plan, framing, () => columnsOf(outputFields(plan)), kernel.maxRowBytes),
  };
}
