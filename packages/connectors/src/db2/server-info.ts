import type { ServerInfo } from '../session.ts';
import type { Db2Config } from './config.ts';
import type { Query } from './query.ts';

interface InfoRow {
  readonly version: string;
  readonly codeset: string | null;
}

/** What answers, and what is worth knowing of it before rows go there. */
export async function serverInfo(query: Query, { tls }: Db2Config): Promise<ServerInfo> {
  const [row] = (await query<InfoRow>(INFO)) as [InfoRow];
  return {
    product: 'Db2',
    version: row.version.replace(/^DB2 v/i, ''),
    notes: [
      ...(tls.mode === 'disable' ? ['the connection is not encrypted'] : []),
      ...(row.codeset === 'UTF-8' ? [] : [`the database is in ${row.codeset}: it does not keep every character`]),
    ],
  };
}

const INFO = `
 SELECT SERVICE_LEVEL AS VERSION, (SELECT VALUE FROM SYSIBMADM.DBCFG WHERE NAME = 'codeset' FETCH FIRST 1 ROW ONLY) AS CODESET
   FROM SYSIBMADM.ENV_INST_INFO`;
