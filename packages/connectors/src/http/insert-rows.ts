import { ConnectionError } from '../connection-error.ts';
import type { InsertOptions, InsertReport, RowFailure } from '../session.ts';
import type { Row, Rows } from '../value.ts';
import { problemOfStatus } from './problem-of-status.ts';
import { rowBatches } from './row-batches.ts';

/** What became of one row. */
export type RowOutcome =
  | { readonly kind: 'written'; readonly returned: Row }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'failed'; readonly status: number | null; readonly message: string }
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
 * @throws ConnectionError with `written`: unknown_outcome; or when the system refuses all rows for what is no fault of theirs
 */
export async function insertRows(
  rows: AsyncIterable<Rows> | Iterable<Rows>,
  options: InsertOptions & { readonly batchSize: number },
  send: (batch: Row[]) => Promise<SentRows>,
): Promise<InsertReport> {
  const total = { sent: 0, written: 0, skipped: 0, failed: 0 };
  const listed: RowFailure[] = [];
  let first = 0;
  for await (const batch of rowBatches(rows, options.batchSize)) {
    if (options.signal?.aborted) throw stopped(options.signal.reason, total.written);
    const { outcomes, error } = await send(batch);
    const failures = outcomes.flatMap((outcome, i): RowFailure[] => {
      if (outcome.kind === 'failed') return [{ row: first + i, status: outcome.status, message: outcome.message }];
      return outcome.kind === 'unknown' ? [{ row: first + i, status: null, message: outcome.message }] : [];
    });
    const returned = outcomes.flatMap((outcome) => (outcome.kind === 'written' ? [outcome.returned] : []));
    const skipped = outcomes.filter(({ kind }) => kind === 'skipped').length;
    const sent = outcomes.filter(({ kind }) => kind !== 'unsent').length;
    total.sent += sent;
    total.written += returned.length;
    total.skipped += skipped;
    total.failed += failures.length;
    listed.push(...failures.slice(0, MOST_LISTED - listed.length));
    options.onBatch?.({
      sent,
      written: returned.length,
      skipped,
      failures,
      returned: options.returning === undefined ? [] : returned,
    });
    const isOpen = outcomes.some(({ kind }) => kind === 'unknown');
    if (error !== undefined) throw stopped(error, total.written, isOpen);
    const status = failures[0]?.status ?? 0;
    if (total.written === 0 && failures.length === sent && OF_THE_CONNECTION.has(status)) {
      if (failures.every((failure) => failure.status === status)) {
        throw new ConnectionError(problemOfStatus(status), failures[0]?.message ?? '', { written: 0 });
      }
    }
    first += batch.length;
  }
  return { ...total, failures: listed };
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
