import { createHash } from 'node:crypto';
import { claiming } from '../sql/claiming.ts';
import type { Query } from './query.ts';

/**
 * See `Session.claim`. An advisory lock of the transaction: it is let go when the transaction has ended, after its rows can be seen
 * (PostgreSQL manual, 13.3.5), and needs no right. Users may end their own sessions (9.28.2).
 */
export function claim(query: Query, name: string, signal: AbortSignal | undefined): Promise<void> {
  const key = String(createHash('sha256').update(name).digest().readBigInt64BE());
  const take = async (): Promise<boolean> =>
    (await query<{ taken: boolean }>('SELECT pg_try_advisory_xact_lock($1::bigint) AS taken', [key]))[0]?.taken ===
    true;
  return claiming(take, async () => void (await query(END, [key])), signal);
}

/** A key of 64 bits is in two halves there. */
const END = `
  SELECT pg_terminate_backend(pid)
  FROM pg_locks
  WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND pid <> pg_backend_pid()
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND ((classid::bigint << 32) | objid::bigint) = $1::bigint`;
