import type { Query } from './query.ts';

/**
 * See `Session.identity`. A server has one moment at which it was started; two of them have the same microsecond and number of the
 * database by no chance that counts.
 */
export async function databaseIdentity(query: Query): Promise<string> {
  const [row] = await query<{ identity: string }>(IDENTITY);
  return row?.identity ?? '';
}

const IDENTITY = `
  SELECT d.oid::text || ' ' || to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') AS identity
    FROM pg_database d WHERE d.datname = current_database()`;
