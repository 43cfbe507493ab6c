import type { ServerInfo } from '../session.ts';
import type { MssqlConfig } from './config.ts';
import type { Query } from './query.ts';

interface InfoRow {
  readonly version: string;
  readonly edition: string;
  readonly engine: number;
  readonly updateability: string;
}

/** What answers, and what is worth knowing of it before rows go there. */
export async function serverInfo(query: Query, { tls }: MssqlConfig): Promise<ServerInfo> {
  const [row] = (await query<InfoRow>(INFO)) as [InfoRow];
  return {
    // SERVERPROPERTY('EngineEdition'): 5 is Azure SQL Database, 8 a managed instance.
    product: row.engine === 5 || row.engine === 8 ? 'Azure SQL' : 'SQL Server',
    version: row.version,
    notes: [
      row.edition,
      ...(row.updateability === 'READ_ONLY' ? ['the database is for reading only: it takes no rows'] : []),
      ...(tls.mode === 'disable' ? ['the connection is not encrypted'] : []),
    ],
  };
}

const INFO = `
 SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS [version],
        CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS [edition],
        CAST(SERVERPROPERTY('EngineEdition') AS int) AS [engine],
        CAST(DATABASEPROPERTYEX(DB_NAME(), 'Updateability') AS nvarchar(128)) AS [updateability]`;
