import { createHash } from 'node:crypto';
import { claiming } from '../sql/claiming.ts';
import type { Query } from './query.ts';

/**
 * See `Session.claim`. A lock of the session: it is let go when the session has ended, after its transaction, and needs no right.
 * Users may end their own sessions (`KILL`, MariaDB and MySQL manuals).
 */
export function claim(query: Query, name: string, signal: AbortSignal | undefined): Promise<void> {
  // At most 64 characters (MySQL 5.7 and later).
  const lock = `'${createHash('sha256').update(name).digest('hex')}'`;
  const take = async (): Promise<boolean> => (await query(`SELECT GET_LOCK(${lock}, 0)`))[0]?.[0] === '1';
  const end = async (): Promise<void> => {
    const holder = (await query(`SELECT IS_USED_LOCK(${lock})`))[0]?.[0];
    // It may have ended meanwhile.
    if (holder != null) await query(`KILL CONNECTION ${Number(holder)}`).catch(() => undefined);
  };
  return claiming(take, end, signal);
}
