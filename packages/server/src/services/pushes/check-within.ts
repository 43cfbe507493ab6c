import type { CheckWithin, PushPlan, PushState, PushWithin } from '../../store/push-receipt-table.ts';
import type { Look } from './check-push.ts';
import type { PushRows } from './push-rows-of.ts';
import { pathText } from './rows-within.ts';
import { WrittenRows } from './written-rows.ts';
import { WrittenWithin } from './written-within.ts';

const LOOKED = 1000;

/**
 * Looks for the rows that went in within those of a push, path by path.
 * @throws ConnectionError, what `look` throws
 */
export async function checkWithin(
  plan: PushPlan,
  rows: PushRows,
  state: PushState,
  look: Look,
): Promise<readonly CheckWithin[]> {
  // Of rows that were refused, and of those of which nothing is known, nothing is expected.
  const failures = state.failures.map((one) => ({ ...one, unknown: false }));
  const settled = { ...state, chunk: null, failures };
  const outer = new WrittenRows(plan, settled, rows);
  const checks: CheckWithin[] = [];
  for (const within of plan.within ?? []) {
    const path = pathText(within);
    if (!canAsk(within, state)) {
      checks.push({ path, expected: state.within?.[path]?.rows ?? 0, found: null });
      continue;
    }
    const written = new WrittenWithin(plan, settled, outer, within);
    let found = 0;
    for (let from = 0; from < written.count; from += LOOKED) {
      const keys = written.keys(from, Math.min(written.count, from + LOOKED));
      found += (await look(keys, within)).filter(Boolean).length;
    }
    checks.push({ path, expected: written.count, found });
  }
  return checks;
}

/** Whether something tells them apart, and all of the keys that the system has made are kept. */
const canAsk = (within: PushWithin, state: PushState): boolean =>
  within.identity?.by === 'template' ||
  (within.identity?.by === 'system' && state.within?.[pathText(within)]?.keys.isComplete === true);
