import { type BatchOutcome, ConnectionError, type Row } from '@datamaker/connectors';
import type { OpenChunk, PushFailure, PushPlan, PushState } from '../../store/push-receipt-table.ts';
import { joinKeys, keysOf, NO_KEYS } from './kept-keys.ts';
import { noteWithin, wantedBack } from './note-within.ts';
import { withOutcome } from './push-progress.ts';
import type { PushRows } from './push-rows-of.ts';
import type { PushStage } from './push-stage.ts';
import type { PushTarget } from './push-target.ts';

/** What a chunk is sent with. */
export interface ChunkWork {
  readonly runId: string;
  readonly plan: PushPlan;
  readonly rows: PushRows;
  readonly target: PushTarget;
  readonly stage: PushStage;
  /** What goes in as CSV; undefined: row by row. */
  readonly copied: readonly string[] | undefined;
  /** Keeps the state before anything else is done. */
  readonly save: (state: PushState) => Promise<void>;
}

/** After these nobody can say whether the system has done what it was told. */
const DOUBTFUL = new Set(['unknown_outcome', 'broken', 'timeout', 'protocol']);

/**
 * Sends rows that are kept together or not at all. Before the system is told to keep them, it is noted by which keys they can be found:
 * who goes on after a crash looks for them.
 */
export async function sendWhole(work: ChunkWork, state: PushState, to: number): Promise<void> {
  const { plan, rows, target, stage, copied, save } = work;
  const { position } = state;
  const { identity, onConflict, batchSize } = plan;
  const madeBySystem = identity?.by === 'system' ? identity.columns : undefined;
  const returned: Row[] = [];
  let chunk: OpenChunk | null = null;
  const insert = async () => {
    await target.claim(work.runId, stage.cut);
    const report =
      copied === undefined
        ? await target.session.insert(plan.table, rows.between(position, to), {
            onConflict,
            key: plan.key ?? undefined,
            batchSize: batchSize ?? undefined,
            signal: stage.cut,
            returning: madeBySystem,
            onBatch: (outcome) => void (madeBySystem !== undefined && returned.push(...outcome.returned)),
          })
        : await copy(work, copied, position, to);
    stage.check();
    if (!target.isRepeatable) {
      chunk = { to, unsent: [], open: null, keys: madeBySystem === undefined ? null : keysOf(returned, madeBySystem) };
      await save({ ...state, chunk });
    }
    stage.commits();
    return report;
  };
  try {
    const { sent, written, skipped } = await target.session.transaction(insert);
    await save({
      ...withOutcome(state, { sent, written, skipped, failures: [] }),
      position: to,
      chunk: null,
      keys: madeBySystem === undefined ? state.keys : joinKeys(state.keys, keysOf(returned, madeBySystem)),
    });
  } catch (error) {
    const isDoubtful = stage.isCommitting && (!(error instanceof ConnectionError) || DOUBTFUL.has(error.problem));
    if (chunk !== null && !isDoubtful) await save({ ...state, chunk: null });
    throw atRow(error, position);
  } finally {
    stage.committed();
  }
}

/** Rows [from, to) as CSV: all of them, or it throws. */
async function copy({ plan, rows, target, stage }: ChunkWork, columns: readonly string[], from: number, to: number) {
  const written = (await target.session.copy?.(plan.table, columns, rows.csv(from, to), { signal: stage.cut })) ?? 0;
  return { sent: to - from, written, skipped: to - from - written };
}

/** Sends rows of which each has an outcome of its own, or that are kept as they come. */
export async function sendEach(work: ChunkWork, state: PushState, to: number): Promise<void> {
  const { runId, plan, rows, target, stage, save } = work;
  const { position } = state;
  const numbers = state.chunk?.unsent ?? Array.from({ length: to - position }, (_, i) => position + i);
  await save({ ...state, chunk: { to, unsent: [], open: numbers, keys: null } });
  const outcomes: BatchOutcome[] = [];
  let failure: { readonly error: unknown } | undefined;
  const madeBySystem = plan.identity?.by === 'system' ? plan.identity.columns : undefined;
  try {
    await target.session.insert(plan.table, [rows.chosen(position, to, numbers)], {
      onConflict: plan.onConflict,
      key: plan.key ?? undefined,
      batchSize: plan.batchSize ?? numbers.length,
      returning: wantedBack(plan),
      signal: stage.cut,
      requestKey: (row) => `${runId}-${numbers[row]}`,
      onBatch: (outcome) => void outcomes.push(outcome),
    });
  } catch (error) {
    failure = { error };
  }
  const left = failure === undefined ? { unsent: [], open: [] } : leftOf(work, numbers, outcomes, failure.error);
  const returned = outcomes.flatMap((outcome) => outcome.returned);
  const made = madeBySystem === undefined ? NO_KEYS : keysOf(returned, madeBySystem);
  const isOver = left.unsent.length + left.open.length === 0;
  await save({
    ...noteWithin(plan, withOutcome(state, sumOf(outcomes, numbers, failure, plan)), returned),
    position: isOver ? to : position,
    chunk: isOver ? null : { to, unsent: left.unsent, open: left.open, keys: null },
    keys: joinKeys(state.keys, made),
  });
  if (failure !== undefined) throw atRow(failure.error, position);
}

/** Rows that have no outcome yet: those that never left, and those of which it is not known. */
function leftOf(
  { target, plan }: ChunkWork,
  numbers: readonly number[],
  outcomes: readonly BatchOutcome[],
  error: unknown,
): Pick<OpenChunk, 'unsent'> & { readonly open: readonly number[] } {
  const at = (row: number): number => numbers[row] as number;
  const unsent = outcomes.flatMap((outcome) => (outcome.unsent ?? []).map(at));
  const lost = outcomes.flatMap(({ failures }) => failures.filter(isLost).map(({ row }) => at(row)));
  const told = outcomes.reduce((sum, one) => sum + one.sent + (one.unsent?.length ?? 0), 0);
  const rest = numbers.slice(told + keptBefore(plan, outcomes, error));
  const isDoubtful = !(error instanceof ConnectionError) || DOUBTFUL.has(error.problem);
  const open = isDoubtful ? [...lost, ...rest] : lost;
  // A request that the system has seen is in doubt as well: it may have been done before the connection broke.
  const never = target.knowsRequests ? [] : unsent;
  const perhaps = target.knowsRequests ? unsent : [];
  return { unsent: isDoubtful ? never : [...never, ...rest], open: [...open, ...perhaps].sort((a, b) => a - b) };
}

/** Rows of a batch that broke off which were kept: systems that keep them in order say how many. */
function keptBefore(plan: PushPlan, outcomes: readonly BatchOutcome[], error: unknown): number {
  if (plan.onConflict !== 'fail' || !(error instanceof ConnectionError) || DOUBTFUL.has(error.problem)) return 0;
  const told = outcomes.reduce((sum, { written }) => sum + written, 0);
  return Math.max(0, (error.written ?? 0) - told);
}

/** Lost on the way, and not refused. */
const isLost = ({ isOpen, status }: BatchOutcome['failures'][number]): boolean => isOpen === true && status === null;

function sumOf(
  outcomes: readonly BatchOutcome[],
  numbers: readonly number[],
  failure: { readonly error: unknown } | undefined,
  plan: PushPlan,
) {
  const kept = failure === undefined ? 0 : keptBefore(plan, outcomes, failure.error);
  const failures = outcomes.flatMap((outcome) =>
    outcome.failures
      .filter((one) => failure === undefined || !isLost(one))
      .map(
        ({ row, status, message, isOpen = false }): PushFailure => ({
          row: numbers[row] as number,
          status,
          message,
          unknown: isOpen,
        }),
      ),
  );
  const written = outcomes.reduce((sum, one) => sum + one.written, kept);
  const skipped = outcomes.reduce((sum, one) => sum + one.skipped, 0);
  return { sent: written + skipped + failures.length, written, skipped, failures };
}

/** Rows are numbered by the template, and not by the chunk. */
function atRow(error: unknown, first: number): unknown {
  if (!(error instanceof ConnectionError)) return error;
  const { problem, message, hint, isTransient, cause } = error;
  const told = message.replace(/^row (\d+):/, (_, row: string) => `row ${first + Number(row)}:`);
  return new ConnectionError(problem, told, { isTransient, cause, ...(hint === undefined ? {} : { hint }) });
}
