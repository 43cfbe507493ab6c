import type { SeedPlan } from '../plan/seed-plan.ts';

/** Rows [from, to) of a table that were written. */
export interface Chunk {
  readonly table: string;
  readonly from: number;
  readonly to: number;
  /** `first`: the rows themselves; `final`: their columns in circles were filled. */
  readonly pass: 'first' | 'final';
}

/**
 * What a run has written: enough to find each row again, to go on where it ended, and to undo it. Keys are functions of the row, so
 * a range says all of them.
 */
export interface Receipt {
  readonly version: 1;
  readonly plan: SeedPlan;
  /** In the order of writing. */
  readonly chunks: readonly Chunk[];
  /** What was about to be written of a table in which nothing tells rows apart: whether it was is not known where this is still said. */
  readonly begun?: Chunk;
}

/** How many rows of a table are there, from row 0 on. */
export const writtenRows = ({ chunks }: Receipt, table: string, pass: Chunk['pass']): number =>
  chunks
    .filter((chunk) => chunk.table === table && chunk.pass === pass)
    .reduce((most, { to }) => Math.max(most, to), 0);

/** A receipt with another chunk, of which nothing is in doubt; one that follows another of its table is put together with it. */
export function withChunk({ begun: _begun, ...receipt }: Receipt, chunk: Chunk): Receipt {
  const last = receipt.chunks.at(-1);
  if (last?.table !== chunk.table || last.pass !== chunk.pass || last.to !== chunk.from) {
    return { ...receipt, chunks: [...receipt.chunks, chunk] };
  }
  return { ...receipt, chunks: [...receipt.chunks.slice(0, -1), { ...last, to: chunk.to }] };
}
