import type { ServerInfo } from '../session.ts';
import type { Query } from './query.ts';

interface InfoRow {
  readonly said: string;
  readonly version: string;
  readonly is_replica: boolean;
  readonly encrypted: boolean | null;
  readonly encoding: string;
}

/** What answers, and what is worth knowing of it before rows go there. */
export async function serverInfo(query: Query): Promise<ServerInfo> {
  const [row] = (await query<InfoRow>(INFO)) as [InfoRow];
  return {
    // CockroachDB and others speak the protocol as well.
    product: /^[\w]+/.exec(row.said)?.[0] ?? 'PostgreSQL',
    version: row.version,
    notes: [
      ...(row.is_replica ? ['it is a replica: it takes no rows'] : []),
      ...(row.encrypted === false ? ['the connection is not encrypted'] : []),
      ...(row.encoding === 'UTF8' ? [] : [`the database is in ${row.encoding}: it does not keep every character`]),
    ],
  };
}

const INFO = `
  SELECT version() AS said, current_setting('server_version') AS version, pg_is_in_recovery() AS is_replica,
         (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS encrypted, current_setting('server_encoding') AS encoding`;
