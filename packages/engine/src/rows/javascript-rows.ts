import { GivenValues } from '../external/given-values.ts';
import { Kernel } from '../kernel/kernel.ts';
import type { ExternalValues } from '../plan/external-values.ts';
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
  readonly #given = new GivenValues();
  readonly #fill: (row: JsonObject, index: number) => void;
  /** Rows after which running totals begin again. */
  readonly #blocks: readonly number[];

  /**
   * @param wanted the fields of the rows, and all they refer to
   * @param external what is done about fields that are made outside: given, or left as they are, null or true
   */
  constructor(plan: Plan, wanted: readonly ProgramField[], external: 'given' | 'left' = 'given') {
    const needed = wanted.map((field) => ({ ...field, program: uncovered(field.program) }));
    const { kernel } = rowKernel(plan, needed, { format: 'ndjson' });
    this.batchRows = Math.min(MOST_ROWS, Math.max(1, Math.floor(BATCH_BYTES / Math.max(1, kernel.maxRowBytes))));
    this.#kernel = new Kernel(kernel, { seed: plan.seed });
    this.#keys = new StreamKeys(plan.seed);
    this.#given.give(plan.given);
    this.#fill = rowFiller(needed, this.#keys, external === 'given' ? this.#given : undefined);
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

  /** From now on values of fields that are made outside are these. */
  give(values: ExternalValues | undefined): void {
    this.#given.give(values);
  }

  /** Rows [from, to) with the fields that columns need, those made here among them. */
  rows(from: number, to: number): JsonObject[] {
    // A running total needs the rows of its block before these.
    const start = Math.min(from, ...this.#blocks.map((every) => from - (from % every)));
    // No total is one of values from outside, which are not given for those.
    this.#given.isLenient = start < from;
    for (let row = start; row < from; row += this.batchRows) this.#stretch(row, Math.min(from, row + this.batchRows));
    this.#given.isLenient = false;
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
