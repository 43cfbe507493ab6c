import {
  type FormatOptions,
  generateFile,
  type Plan,
  prepareGenerator,
  type ResidentGenerator,
} from '@datamaker/engine';
import { pump } from '@datamaker/engine/run';
import { countingRows } from '../counting-rows.ts';
import type { Answer } from './answer-memory.ts';
import { LruCache } from './lru-cache.ts';

/** What a value of a column made in JavaScript costs, in values of the kernel. */
const JAVASCRIPT = 20;
/** Above so many values the rows are made by the process's worker threads, so that others are answered meanwhile. */
const MAX_VALUES_HERE = 20_000;
/** Generators that are kept hold at most so many bytes together. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** Rows of a plan as bytes: the one place of this door that generates. */
export class RowsMaker {
  /** By the plan's fields, which all seeds of a plan share, and the format. */
  readonly #ids = new WeakMap<Plan['fields'], number>();
  readonly #kept = new LruCache<string, ResidentGenerator>(KEPT_BYTES, ({ byteSize }) => byteSize);
  #nextId = 0;

  /** How many rows of a plan may be made at once, in memory, while others wait. */
  mostAtOnce({ fields }: Plan): number {
    const values = fields.reduce((sum, { program }) => sum + (program.kind === 'column' ? JAVASCRIPT : 1), 0);
    return Math.max(1, Math.floor(MAX_VALUES_HERE / values));
  }

  /** Adds the output of the first rows to an answer. */
  async addTo(answer: Answer, plan: Plan, format: FormatOptions, rows: number): Promise<void> {
    if (isFile(format)) {
      for await (const chunk of generateFile(plan, format, 0, rows)) answer.add(chunk);
    } else {
      for (const chunk of this.#resident(plan, format).bytes(plan.seed, 0, rows)) answer.add(chunk);
    }
  }

  /** The output of rows [from, to). */
  async bytes(plan: Plan, format: FormatOptions, from: number, to: number): Promise<Uint8Array> {
    if (!isFile(format)) return this.#resident(plan, format).whole(plan.seed, from, to);
    const chunks: Buffer[] = [];
    // A chunk is valid until the next.
    for await (const chunk of generateFile(plan, format, from, to)) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  }

  /** The output of the first rows, no faster than it is taken. @param onRows is told how many rows have been made */
  async pump(
    plan: Plan,
    format: FormatOptions,
    rows: number,
    take: (chunk: Uint8Array) => Promise<void>,
    signal: AbortSignal,
    onRows: (rows: number) => void,
  ): Promise<void> {
    const noted = countingRows(onRows);
    await pump(plan, { format, to: rows, signal, onProgress: (progress) => noted(progress.rows) }, take);
  }

  /** A generator of a plan, whatever its seed. To compile one takes milliseconds, to find one does not. */
  #resident(plan: Plan, format: FormatOptions): ResidentGenerator {
    let id = this.#ids.get(plan.fields);
    if (id === undefined) {
      id = this.#nextId++;
      this.#ids.set(plan.fields, id);
    }
    const key = `${id} ${JSON.stringify(format)}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const made = prepareGenerator(plan, format);
    this.#kept.set(key, made);
    return made;
  }
}

const isFile = ({ format }: FormatOptions): boolean => format === 'xlsx' || format === 'parquet' || format === 'avro';
