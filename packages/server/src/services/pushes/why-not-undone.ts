import { conflict } from '../../errors.ts';
import type { PushPlan, PushState } from '../../store/push-receipt-table.ts';
import type { PushReceipt } from '../../store/push-receipts.ts';
import { countKeys, NO_KEYS } from './kept-keys.ts';
import { pathText } from './rows-within.ts';

/** Why a push cannot be taken back. */
export interface NotUndoable {
  readonly code:
    | 'rows_were_changed'
    | 'rows_were_skipped'
    | 'rows_not_told_apart'
    | 'keys_not_kept'
    | 'failures_not_listed'
    | 'system_removes_nothing';
  readonly message: string;
}

/**
 * What keeps exactly the rows of a push from being found and removed.
 * @returns undefined: nothing does
 */
export function whyNotUndone(plan: PushPlan, state: PushState): NotUndoable | undefined {
  const { onConflict, identity, target } = plan;
  const { skipped, failed, unknown, failures, keys, written, position } = state;
  if (target.type === 'rest' && plan.options['delete'] === undefined) {
    return { code: 'system_removes_nothing', message: 'how the REST system removes a row is not known' };
  }
  if (target.type === 'rest' && skipped > 0)
    return { code: 'rows_were_skipped', message: 'rows were left out that were there: the answers do not tell which' };
  if (identity === null)
    return { code: 'rows_not_told_apart', message: 'nothing tells the rows of the table apart: it has no key' };
  if (onConflict === 'update') {
    const message =
      'rows that were there already may have been changed (on_conflict: update), and what they were is not kept';
    return { code: 'rows_were_changed', message };
  }
  // A chunk that does no harm when it is sent again is not noted before it is kept.
  if (onConflict === 'skip' && (skipped > 0 || position < plan.to)) {
    const message =
      'rows were left out whose keys were there (on_conflict: skip): which of them are the own ones is not kept';
    return { code: 'rows_were_skipped', message };
  }
  const within = whyNotWithin(plan, state);
  if (within !== undefined) return within;
  if (identity.by === 'system') {
    if (keys.isComplete && countKeys(keys) === written) return undefined;
    return {
      code: 'keys_not_kept',
      message: 'the keys that the system made are too many, or too scattered, to be kept',
    };
  }
  if (failures.length === failed + unknown) return undefined;
  return { code: 'failures_not_listed', message: 'so many rows were refused that not all of them are listed' };
}

/** The same of rows that went in within those of the push. */
function whyNotWithin({ within = [] }: PushPlan, state: PushState): NotUndoable | undefined {
  for (const one of within) {
    if (one.isContained) continue;
    const path = pathText(one);
    if (one.identity === null)
      return {
        code: 'rows_not_told_apart',
        message: `nothing leads from the rows of ${path} to the row that they are in`,
      };
    const { rows = 0, keys = NO_KEYS } = state.within?.[path] ?? {};
    if (one.identity.by === 'system' && !(keys.isComplete && countKeys(keys) === rows)) {
      return {
        code: 'keys_not_kept',
        message: `the keys of the rows of ${path} are too many, or were not told, to be kept`,
      };
    }
  }
  return undefined;
}

/** @throws ApiError conflict */
export function refuseNotUndoable(kept: { readonly kind: 'seed' } | ({ readonly kind: 'push' } & PushReceipt)): void {
  const why = kept.kind === 'push' ? whyNotUndone(kept.plan, kept.state) : undefined;
  if (why === undefined) return;
  const hint = 'remove the rows by hand; GET /runs/{id}/receipt says what is known of them';
  throw conflict('run_not_undoable', why.message, hint);
}
