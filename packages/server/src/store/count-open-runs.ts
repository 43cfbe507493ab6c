import { sql } from 'kysely';
import type { Store } from './open-store.ts';

/**
 * How many runs of a workspace have not ended. Transactions that count those of one workspace wait for each other, so that each sees what the
 * one before has added.
 */
export async function countOpenRuns(tx: Store, workspaceId: string): Promise<number> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`open runs ${workspaceId}`}, 0))`.execute(tx);
  return seeOpenRuns(tx, workspaceId);
}

/** The same without waiting for anybody: for who looks, and adds none. */
export async function seeOpenRuns(tx: Store, workspaceId: string): Promise<number> {
  const { open } = await tx
    .selectFrom('run')
    .where('workspace_id', '=', workspaceId)
    .where('state', 'in', ['queued', 'running'])
    .select(sql<string>`count(*)`.as('open'))
    .executeTakeFirstOrThrow();
  return Number(open);
}
