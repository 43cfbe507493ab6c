import { type Api, at } from '../api/api.ts';
import { hashPlan } from '../hash-plan.ts';

/** What would be removed, as the server says it. */
export interface UndoPlan {
  readonly done: boolean;
  readonly reason: string | null;
  readonly removed: number;
  readonly tables: unknown[];
}

export type Edited = 'refuse' | 'keep' | 'remove';

/** Looks at the rows that a run has written, and removes none. @returns with a hash that is another one when other rows would go */
export async function planOfUndo(api: Api, run: string, edited: Edited): Promise<UndoPlan & { plan_hash: string }> {
  const body = { dryRun: true, edited };
  const plan = await api.json<UndoPlan>('POST', at`/runs/${run}/undo`, { body });
  const { removed, tables } = plan;
  return { ...plan, plan_hash: hashPlan({ run, edited, removed, tables }) };
}
