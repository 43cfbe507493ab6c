import type { Session } from '@datamaker/connectors';
import type { Undone, UndoWish } from '../undo/undone.ts';
import { countKeys, rowsOfKeys } from './kept-keys.ts';
import { doubtful } from './push-progress.ts';
import type { PushedRows } from './undo-push.ts';

const AT_ONCE = 100;

/**
 * Removes the rows that a REST system has made, in the way that the connection named when they were pushed. It cannot be asked for them:
 * whether they were changed since is not known, and which are gone is seen when they are removed.
 */
export async function undoOverRest(
  session: Session,
  { plan, state }: Pick<PushedRows, 'plan' | 'state'>,
  { dryRun, signal, onProgress }: UndoWish,
): Promise<Undone> {
  const { keys } = state;
  const table = plan.table.name;
  const written = countKeys(keys);
  let removed = dryRun ? written : 0;
  let passed = 0;
  if (!dryRun) {
    for (const some of rowsOfKeys(keys, plan.identity?.columns ?? [], AT_ONCE)) {
      signal.throwIfAborted();
      removed += await session.remove(plan.table, [some]);
      passed += some.length;
      onProgress?.({ table, rows: passed, of: written });
    }
  }
  return {
    isDone: !dryRun,
    reason: dryRun ? 'dry_run' : null,
    tables: [{ table, written, removed, missing: written - removed, edited: 0, kept: 0 }],
    edited: [],
    uses: [],
    uncompared: Object.values(plan.columns).flatMap((name) => (name === null ? [] : `${table}.${name}`)),
    unknown: state.unknown + doubtful(state),
  };
}
