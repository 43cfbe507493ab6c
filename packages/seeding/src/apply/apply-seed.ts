import { ConnectionError, type Rows, type Session } from '@datamaker/connectors';
import { KeyMaker } from '../keys/key-maker.ts';
import type { SeedPlan } from '../plan/seed-plan.ts';
import { type Receipt, withChunk, writtenRows } from '../receipt/receipt.ts';
import { SeedError } from '../seed-error.ts';
import { type Pass, TableRows } from './table-rows.ts';

export interface Progress {
  readonly table: string;
  readonly rows: number;
  readonly of: number;
  readonly pass: Pass;
}

export interface ApplyOptions {
  /** `chunks`: what was written stays, and the run can go on; `transaction`: all or nothing. Default: chunks. */
  readonly mode?: 'chunks' | 'transaction' | undefined;
  /** Rows that are kept together. */
  readonly chunkRows?: number | undefined;
  /** What a run that did not end has left: it goes on behind it. */
  readonly receipt?: Receipt | undefined;
  /** Keeps the receipt before the first row, and after each chunk. Not waited for in a transaction but at its end. */
  readonly keep?: ((receipt: Receipt) => Promise<void>) | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const CHUNK_ROWS = 20_000;
/** Rows that are made and sent at a time, where they do not go in as CSV: the next are made while the system is at these. */
const BATCH_ROWS = 2000;

/**
 * Writes what a plan says.
 * @returns the receipt, which `keep` has had at every step
 * @throws ConnectionError, when the system refuses rows or breaks; SeedError
 */
export async function applySeed(session: Session, plan: SeedPlan, options: ApplyOptions = {}): Promise<Receipt> {
  const isWhole = options.mode === 'transaction';
  if (plan.needsDeferred && !isWhole) {
    throw new SeedError(
      'not_supported',
      'tables refer to each other in a circle that holds at the end of a transaction only',
      'apply it in one transaction',
    );
  }
  const run = new Run(session, plan, options);
  const { receipt } = options;
  if (isWhole && receipt !== undefined && receipt.chunks.length > 0)
    throw new SeedError('not_supported', 'one transaction does not go on with another');
  // Before a transaction: counters are no part of any.
  await run.advance();
  if (!isWhole) return await run.all();
  const done = await session.transaction(() => run.all());
  await options.keep?.(done);
  return done;
}

class Run {
  readonly #session: Session;
  readonly #plan: SeedPlan;
  readonly #options: ApplyOptions;
  #receipt: Receipt;

  constructor(session: Session, plan: SeedPlan, options: ApplyOptions) {
    this.#session = session;
    this.#plan = plan;
    this.#options = options;
    this.#receipt = options.receipt ?? { version: 1, plan, chunks: [] };
  }

  /** What counts by itself must not come to these numbers in the meantime. */
  async advance(): Promise<void> {
    refuseDoubt(this.#receipt);
    for (const { table, counters } of this.#plan.tables) {
      for (const { column, last } of counters) await this.#session.advance?.(table, column, BigInt(last));
    }
  }

  async all(): Promise<Receipt> {
    await this.#keep();
    if (this.#plan.needsDeferred) await this.#session.deferKeys?.(this.#plan.tables.map(({ table }) => table));
    const keys = await KeyMaker.of(this.#plan.tables, this.#plan.seed);
    for (const pass of ['first', 'final'] as const) {
      for (const table of this.#plan.tables) {
        if (pass === 'first' || table.later.length > 0)
          await this.#table(await TableRows.of(this.#plan, table, keys), pass);
      }
    }
    return this.#receipt;
  }

  async #table(made: TableRows, pass: Pass): Promise<void> {
    const { table } = made;
    const { chunkRows = CHUNK_ROWS, signal } = this.#options;
    const done = writtenRows(this.#receipt, table.id, pass);
    const start = pass === 'first' && this.#options.receipt !== undefined ? await this.#firstMissing(made, done) : done;
    if (start > done) await this.#note(made, done, start, pass);
    for (let from = start; from < table.rows; from += chunkRows) {
      signal?.throwIfAborted();
      const to = Math.min(table.rows, from + chunkRows);
      if (pass === 'final') await this.#fill(made, from, to);
      else if (table.identity.length === 0) await this.#writeOnce(made, from, to);
      else await this.#write(made, from, to);
      await this.#note(made, from, to, pass);
    }
  }

  async #note({ table }: TableRows, from: number, to: number, pass: Pass): Promise<void> {
    this.#receipt = withChunk(this.#receipt, { table: table.id, from, to, pass });
    await this.#keep();
    this.#options.onProgress?.({ table: table.id, rows: to, of: table.rows, pass });
  }

  /**
   * The first row that is not there, from one on. Whoever died after rows were kept could not say so; they are kept in order, but
   * of a chunk not always all or nothing: tables without transactions keep it in parts.
   */
  async #firstMissing(made: TableRows, from: number): Promise<number> {
    const { rows } = made.table;
    if (from >= rows || !(await this.#isThere(made, from))) return from;
    let [there, missing] = [from, rows];
    while (missing - there > 1) {
      const middle = there + Math.floor((missing - there) / 2);
      if (await this.#isThere(made, middle)) there = middle;
      else missing = middle;
    }
    return missing;
  }

  /** Rows that nothing tells apart cannot be looked for later: what is about to be written is said before. */
  async #writeOnce(made: TableRows, from: number, to: number): Promise<void> {
    const chunk = { table: made.table.id, from, to, pass: 'first' as const };
    this.#receipt = { ...this.#receipt, begun: chunk };
    await this.#keep();
    let written = 0;
    try {
      await this.#write(made, from, to, (rows) => {
        written += rows;
      });
    } catch (error) {
      const isTold = error instanceof ConnectionError ? error.problem !== 'unknown_outcome' : this.#isStopped();
      const isKnown = isTold && made.table.isLoose !== true;
      // The error that led here is the one to be told; where this is not kept, the doubt stays.
      if (isKnown) await this.#note(made, from, from + written, 'first').catch(() => undefined);
      throw error;
    }
  }

  #isStopped(): boolean {
    return this.#options.signal?.aborted === true;
  }

  async #write(made: TableRows, from: number, to: number, onWritten?: (rows: number) => void): Promise<void> {
    const { table } = made;
    const { signal } = this.#options;
    if (this.#session.copy !== undefined && table.columns.length > 0) {
      await this.#session.copy(table.table, table.columns, made.csv(from, to, 'first'), { signal });
      return;
    }
    const written = await this.#whole(async () => {
      const report = await this.#session.insert(table.table, batchesOf(made, from, to, 'first'), {
        signal,
        batchSize: BATCH_ROWS,
      });
      return report.written;
    });
    onWritten?.(written);
  }

  /** A chunk is kept as a whole, however many batches it is sent in. */
  #whole<T>(write: () => Promise<T>): Promise<T> {
    return this.#options.mode === 'transaction' ? write() : this.#session.transaction(write);
  }

  async #fill(made: TableRows, from: number, to: number): Promise<void> {
    const { table } = made;
    const { signal } = this.#options;
    await this.#whole(() =>
      this.#session.insert(table.table, batchesOf(made, from, to, 'final'), {
        onConflict: 'update',
        key: table.identity,
        signal,
        batchSize: BATCH_ROWS,
      }),
    );
  }

  async #isThere(made: TableRows, row: number): Promise<boolean> {
    const { table } = made;
    if (table.identity.length === 0) return false;
    const identity = made.keys.identity(row);
    const where = Object.entries(identity).map(([column, value]) => ({ column, is: '=' as const, value }));
    for await (const rows of this.#session.read({
      table: table.table,
      columns: [...table.identity],
      where,
      limit: 1,
    })) {
      if (rows.length > 0) return true;
    }
    return false;
  }

  async #keep(): Promise<void> {
    if (this.#options.mode !== 'transaction') await this.#options.keep?.(this.#receipt);
  }
}

function* batchesOf(made: TableRows, from: number, to: number, pass: Pass): Generator<Rows> {
  for (let at = from; at < to; at += BATCH_ROWS) yield made.rows(at, Math.min(to, at + BATCH_ROWS), pass);
}

/** @throws SeedError rows_in_doubt */
function refuseDoubt({ begun }: Receipt): void {
  if (begun === undefined) return;
  const { table, from, to } = begun;
  throw new SeedError(
    'rows_in_doubt',
    `whether rows ${from} to ${to - 1} of ${table} were written is not known: the run ended while it wrote them, and nothing tells rows of that table apart`,
    'going on could write them twice: undo what was written, empty the table, and seed anew; or give the table a key',
  );
}
