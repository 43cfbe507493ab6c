import type { ServerInfo } from '../session.ts';
import type { Query } from './query.ts';
import type { ServerFacts } from './server-facts.ts';

/** What answers, and what is worth knowing of it before rows go there. */
export async function serverInfo(query: Query, { version, isMariaDb }: ServerFacts): Promise<ServerInfo> {
  const [row] = await query('SELECT @@global.read_only, @@character_set_database');
  const [, cipher] = (await query(`SHOW SESSION STATUS LIKE 'Ssl_cipher'`))[0] ?? [];
  const [isReadOnly, charset] = row ?? [];
  return {
    // TiDB and others speak the protocol as well.
    product: isMariaDb ? 'MariaDB' : (/tidb|vitess|singlestore/i.exec(version)?.[0] ?? 'MySQL'),
    version: /^\d+(?:\.\d+)*/.exec(version)?.[0] ?? version,
    notes: [
      ...(isReadOnly === '0' || isReadOnly === 'OFF' ? [] : ['it is a replica, or for reading only: it takes no rows']),
      ...((cipher ?? '') === '' ? ['the connection is not encrypted'] : []),
      ...(charset === 'utf8mb4' ? [] : [`tables of the database are in ${charset}: they may not keep every character`]),
    ],
  };
}
