import { ConnectionError } from '../connection-error.ts';
import type { InsertOptions, InsertReport, RowFailure } from '../session.ts';
import type { Row, Rows } from '../value.ts';
import { problemOfStatus } from './problem-of-status.ts';
import { rowBatches } from './row-batches.ts';

/** What became of one row. */
export type RowOutcome =
  | { readonly kind: 'written'; readonly returned: Row }
  | { readonly kind: 'skipped' }
  /** `isOpen`: it may have been kept all the same. */
  | { readonly kind: 'failed'; readonly status: number | null; readonly message: string; readonly isOpen?: boolean }
  /** Not sent, since something before it went wrong for good. */
  | { readonly kind: 'unsent' }
  /** Sent, and nothing is known of it. */
  | { readonly kind: 'unknown'; readonly message: string };

/** What became of rows that were sent together, and what makes it senseless to send more. */
export interface SentRows {
  readonly outcomes: readonly RowOutcome[];
  readonly error?: unknown;
}

/** Failures that are listed in the report. */
const MOST_LISTED = 100;
/** What is wrong with the connection, if it is said of all rows, and not with the rows. */
const OF_THE_CONNECTION = new Set([401, 403, 404, 405, 415]);

/**
 * Sends rows of systems in which each row has its own outcome, and counts.
 * @param options `abreast`: batches that are on their way at a time; they are told of in their order
 * @throws ConnectionError with `written`: unknown_outcome; or when the system refuses all rows for what is no fault of theirs
 */
export async function insertRows(
  rows: AsyncIterable<Rows> | Iterable<Rows>,
  options: InsertOptions & { readonly batchSize: number; readonly abreast?: number },
  send: (batch: Row[]) => Promise<SentRows>,
): Promise<InsertReport> {
  const { abreast = 1, signal } = options;
  const tally = new Tally(options);
  const onTheirWay: { readonly batch: Row[]; readonly sent: Promise<SentRows> }[] = [];
  /** What ends the insert, of those before that are known. */
  const settle = async (): Promise<Failure | undefined> => {
    const { batch, sent } = onTheirWay.shift() ?? {};
    return batch === undefined || sent === undefined ? undefined : tally.add(batch, await sent);
  };
  let failure: Failure | undefined;
  try {
    for await (const batch of rowBatches(rows, options.batchSize)) {
      if (signal?.aborted) failure = { error: signal.reason, isOpen: false };
      if (failure !== undefined) break;
      onTheirWay.push({ batch, sent: send(batch) });
      if (onTheirWay.length >= abreast) failure = await settle();
    }
  } catch (error) {
    failure = { error, isOpen: false };
  }
  while (onTheirWay.length > 0) {
    const other = await settle();
    failure = failure === undefined ? other : { ...failure, isOpen: failure.isOpen || other?.isOpen === true };
  }
  if (failure !== undefined) throw stopped(failure.error, tally.written, failure.isOpen);
  return tally.report();
}

interface Failure {
  readonly error: unknown;
  /** Whether nothing is known of some rows. */
  readonly isOpen: boolean;
}

/** Counts what became of rows, batch by batch in their order. */
class Tally {
  readonly #options: InsertOptions;
  readonly #total = { sent: 0, written: 0, skipped: 0, failed: 0 };
  readonly #listed: RowFailure[] = [];
  #first = 0;

  constructor(options: InsertOptions) {
    this.#options = options;
  }

  get written(): number {
    return this.#total.written;
  }

  report(): InsertReport {
    return { ...this.#total, failures: this.#listed };
  }

  /** @returns what makes it senseless to send more */
  add(batch: readonly Row[], { outcomes, error }: SentRows): Failure | undefined {
    const total = this.#total;
    const first = this.#first;
    this.#first += batch.length;
    const failures: RowFailure[] = [];
    const returned: Row[] = [];
    const unsent: number[] = [];
    let skipped = 0;
    for (const [i, outcome] of outcomes.entries()) {
      if (outcome.kind === 'written') returned.push(outcome.returned);
      else if (outcome.kind === 'skipped') skipped++;
      else if (outcome.kind === 'unsent') unsent.push(first + i);
      else {
        const { message } = outcome;
        const [status, isOpen] = outcome.kind === 'failed' ? [outcome.status, outcome.isOpen === true] : [null, true];
        failures.push({ row: first + i, status, message, ...(isOpen ? { isOpen } : {}) });
      }
    }
    const sent = outcomes.length - unsent.length;
    total.sent += sent;
    total.written += returned.length;
    total.skipped += skipped;
    total.failed += failures.length;
    this.#listed.push(...failures.slice(0, MOST_LISTED - this.#listed.length));
    this.#options.onBatch?.({
      sent,
      written: returned.length,
      skipped,
      failures,
      returned: this.#options.returning === undefined ? [] : returned,
      unsent,
    });
    if (error !== undefined) return { error, isOpen: outcomes.some(({ kind }) => kind === 'unknown') };
    const status = failures[0]?.status ?? 0;
    if (total.written > 0 || failures.length !== sent || !OF_THE_CONNECTION.has(status)) return undefined;
    if (failures.some((failure) => failure.status !== status)) return undefined;
    return { error: new ConnectionError(problemOfStatus(status), failures[0]?.message ?? ''), isOpen: false };
  }
}

/** The same error, with how many rows were kept before; where nothing is known of some that were on their way, that is what it says. */
function stopped(error: unknown, written: number, isOpen = false): unknown {
  if (!(error instanceof ConnectionError)) return error;
  const { message, hint } = error;
  const problem = isOpen ? 'unknown_outcome' : error.problem;
  const isTransient = error.isTransient && !isOpen;
  return new ConnectionError(problem, message, {
    cause: error.cause,
    isTransient,
    written,
    ...(hint === undefined ? {} : { hint }),
  });
}
