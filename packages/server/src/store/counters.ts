import { type Selectable, sql } from 'kysely';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

/** A counter as lists show it. */
export type StoredCounter = Selectable<Schema['counter']>;

/** Whose counters. */
export interface CounterScope {
  readonly workspaceId: string;
  readonly projectId: string;
}

/** The most that a number of JSON holds for sure. */
export const MAX_COUNT = Number.MAX_SAFE_INTEGER;

const named = (tx: Store, { projectId }: CounterScope, name: string) =>
  tx.selectFrom('counter').where('project_id', '=', projectId).where('name', '=', name);

/** The newest first, those before `before` in order of creation. */
export function listCounters(
  tx: Store,
  { projectId }: CounterScope,
  limit: number,
  before: string | undefined,
): Promise<StoredCounter[]> {
  const query = tx.selectFrom('counter').where('project_id', '=', projectId).selectAll();
  const page = query.orderBy('ordinal', 'desc').limit(limit);
  return (before === undefined ? page : page.where('ordinal', '<', before)).execute();
}

/** How many there are: in the project, or in all of the workspace. */
export async function countCounters(tx: Store, { workspaceId, projectId }: Partial<CounterScope>): Promise<number> {
  let query = tx.selectFrom('counter').select(sql<string>`count(*)`.as('total'));
  if (projectId !== undefined) query = query.where('project_id', '=', projectId);
  if (workspaceId !== undefined) query = query.where('workspace_id', '=', workspaceId);
  return Number((await query.executeTakeFirstOrThrow()).total);
}

/** The number that was given last, 0 when there was none. */
export async function peekCounter(tx: Store, scope: CounterScope, name: string): Promise<number> {
  return Number((await named(tx, scope, name).select('value').executeTakeFirst())?.value ?? 0);
}

/**
 * Counts on. Whoever counts at the same time waits until this transaction ends.
 * @returns the last of the numbers; undefined when there is no counter of the name, or none of so high numbers
 */
export async function advanceCounter(
  tx: Store,
  { projectId }: CounterScope,
  name: string,
  count: number,
): Promise<number | undefined> {
  const found = await tx
    .updateTable('counter')
    .set({ value: sql`value + ${count}`, updated_at: sql`now()` })
    .where('project_id', '=', projectId)
    .where('name', '=', name)
    .where('value', '<=', String(MAX_COUNT - count))
    .returning('value')
    .executeTakeFirst();
  return found && Number(found.value);
}

/** Makes a counter that has given none, unless somebody else just does. */
export async function addCounter(tx: Store, { workspaceId, projectId }: CounterScope, name: string): Promise<void> {
  await tx
    .insertInto('counter')
    .values({ project_id: projectId, workspace_id: workspaceId, name, value: '0' })
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
    .execute();
}

/**
 * Takes the last numbers back that nobody has used.
 * @param last as it was when they were given: when somebody has counted on since, they are left out
 */
export async function giveBack(
  tx: Store,
  { projectId }: CounterScope,
  name: string,
  { first, last }: { readonly first: number; readonly last: number },
): Promise<void> {
  await tx
    .updateTable('counter')
    .set({ value: String(first - 1) })
    .where('project_id', '=', projectId)
    .where('name', '=', name)
    .where('value', '=', String(last))
    .execute();
}

/** Lets the next number be 1 again. @returns the number that was given last; undefined when there is no such counter */
export async function resetCounter(tx: Store, scope: CounterScope, name: string): Promise<number | undefined> {
  const held = await named(tx, scope, name).select('value').forUpdate().executeTakeFirst();
  if (held === undefined) return undefined;
  await tx
    .updateTable('counter')
    .set({ value: '0', updated_at: sql`now()` })
    .where('project_id', '=', scope.projectId)
    .where('name', '=', name)
    .execute();
  return Number(held.value);
}

/** @returns the number that was given last; undefined when there is no such counter */
export async function removeCounter(tx: Store, { projectId }: CounterScope, name: string): Promise<number | undefined> {
  const removed = await tx
    .deleteFrom('counter')
    .where('project_id', '=', projectId)
    .where('name', '=', name)
    .returning('value')
    .executeTakeFirst();
  return removed && Number(removed.value);
}
