import type { PushFailure, PushPlan, PushState, PushWithin } from '../../store/push-receipt-table.ts';
import type { ShownPush } from '../../store/push-receipts.ts';
import { countKeys, NO_KEYS } from './kept-keys.ts';
import { pathText } from './rows-within.ts';

/** Failures that are listed. */
export const MOST_LISTED = 500;

/** Before the first row. */
export const startOf = ({ from }: Pick<PushPlan, 'from'>): PushState => ({
  position: from,
  sent: 0,
  written: 0,
  skipped: 0,
  failed: 0,
  unknown: 0,
  resent: 0,
  failures: [],
  chunk: null,
  keys: NO_KEYS,
  check: null,
});

/** What became of rows. */
export interface Outcome {
  readonly sent: number;
  readonly written: number;
  readonly skipped: number;
  readonly failures: readonly PushFailure[];
}

/** The state with the outcome of some rows in it. */
export function withOutcome(state: PushState, { sent, written, skipped, failures }: Outcome): PushState {
  const unknown = failures.filter((one) => one.unknown).length;
  return {
    ...state,
    sent: state.sent + sent,
    written: state.written + written,
    skipped: state.skipped + skipped,
    failed: state.failed + failures.length - unknown,
    unknown: state.unknown + unknown,
    failures: [...state.failures, ...failures.slice(0, Math.max(0, MOST_LISTED - state.failures.length))],
  };
}

/** What clients see of a push. */
export function showPush(plan: PushPlan, state: PushState): ShownPush {
  const { position, chunk, keys, check, within, ...counts } = state;
  const { identity } = plan;
  const inDoubt = chunk === null ? null : { from: position, to: chunk.to, rows: doubtful(state) };
  return {
    rows: position - plan.from,
    result: {
      table: plan.table,
      columns: plan.columns,
      from: plan.from,
      to: plan.to,
      position,
      ...counts,
      ...(plan.within === undefined ? {} : { within: plan.within.map((one) => showWithin(one, within)) }),
      in_doubt: inDoubt?.rows === 0 ? null : inDoubt,
      keys:
        identity === null
          ? null
          : {
              columns: identity.columns,
              made_by: identity.by,
              ...(identity.by === 'system' && keys.isComplete && countKeys(keys) > 0 ? { ranges: keys.ranges } : {}),
            },
      check,
    },
  };
}

const showWithin = (one: PushWithin, written: PushState['within']) => ({
  path: pathText(one),
  table: one.table,
  written: written?.[pathText(one)]?.rows ?? 0,
});

/** How many rows may have arrived, or may not. */
export const doubtful = ({ position, chunk }: PushState): number =>
  chunk === null ? 0 : (chunk.open?.length ?? chunk.to - position);
