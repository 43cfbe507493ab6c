import type { SqlConnection } from './sql-connection.ts';

/** Runs what only reads in a transaction that is never kept: what a function of somebody's changes nevertheless is taken back. */
export async function takingBack<T>(
  connection: Pick<SqlConnection, 'begin' | 'rollback'>,
  run: () => Promise<T>,
): Promise<T> {
  await connection.begin();
  try {
    return await run();
  } finally {
    await connection.rollback().catch(() => undefined);
  }
}
