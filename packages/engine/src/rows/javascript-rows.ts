import { Kernel } from '../kernel/kernel.ts';
import type { Plan } from '../plan/plan.ts';
import type { Program, ProgramField } from '../plan/program.ts';
import { StreamKeys } from '../random/stream-keys.ts';
import { type JsonObject, rowFiller } from './row-filler.ts';
import { rowKernel } from './row-kernel.ts';

const decoder = new TextDecoder();
/** Rows made together: as many as fit, and no more than this. */
const MOST_ROWS = 1024;
const BATCH_BYTES = 16 * 1024 * 1024;

/**
 * Rows in which what JavaScript makes is filled in: the kernel makes everything else of the fields concerned as JSON, then
 * functions and expressions run over the parsed rows, children before parents and each after those it refers to.
 */
export class JavaScriptRows {
  /** How many rows make a batch of a reasonable size. */
  readonly batchRows: number;
  readonly #kernel: Kernel;
  readonly #keys: StreamKeys;
  readonly #fill: (row: JsonObject, index: number) => void;
  /** Rows after which running totals begin again. */
  readonly #blocks: readonly number[];

  /** @param wanted the fields of the rows, and all they refer to */
  constructor(plan: Plan, wanted: readonly ProgramField[]) {
    const needed = wanted.map((field) => ({ ...field, program: uncovered(field.program) }));
    const { kernel } = rowKernel(plan, needed, { format: 'ndjson' });
    this.batchRows = Math.min(MOST_ROWS, Math.max(1, Math.floor(BATCH_BYTES / Math.max(1, kernel.maxRowBytes))));
    this.#kernel = new Kernel(kernel, { seed: plan.seed });
    this.#keys = new StreamKeys(plan.seed);
    this.#fill = rowFiller(needed, this.#keys);
    this.#blocks = needed.flatMap(({ program }) => blockOf(program));
  }

  /** Bytes of memory held. */
  get byteSize(): number {
    return this.#kernel.byteSize;
  }

  /** From now on rows are those of this seed. */
  seed(seed: string): void {
    this.#kernel.seed(seed);
    this.#keys.seed(seed);
  }

  /** Rows [from, to) with the fields that columns need, those made here among them. */
  rows(from: number, to: number): JsonObject[] {
    // A running total needs the rows of its block before these.
    const start = Math.min(from, ...this.#blocks.map((every) => from - (from % every)));
    for (let row = start; row < from; row += this.batchRows) this.#stretch(row, Math.min(from, row + this.batchRows));
    return this.#stretch(from, to);
  }

  #stretch(from: number, to: number): JsonObject[] {
    const rows: JsonObject[] = [];
    while (rows.length < to - from) {
      const { bytes } = this.#kernel.fill(from + rows.length, to - from - rows.length);
      const lines = decoder.decode(bytes).trimEnd().replaceAll('\n', ',');
      rows.push(...(JSON.parse(`[${lines}]`) as JsonObject[]));
    }
    rows.forEach((row, index) => this.#fill(row, from + index));
    return rows;
  }
}

const uncovered = (program: Program): Program => (program.kind === 'column' ? program.program : program);

function blockOf(program: Program): number[] {
  if (program.kind === 'nullable') return blockOf(program.program);
  return program.kind === 'running' ? [program.every] : [];
}
