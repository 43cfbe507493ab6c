import type { ServerInfo } from '../session.ts';
import type { OracleConfig } from './config.ts';
import type { Query } from './query.ts';

interface InfoRow {
  readonly product: string;
  readonly version: string;
}

interface SettingRow {
  readonly charset: string | null;
}

/** What answers, and what is worth knowing of it before rows go there. */
export async function serverInfo(query: Query, { tls }: OracleConfig): Promise<ServerInfo> {
  const [row] = (await query<InfoRow>(PRODUCT)) as [InfoRow];
  const [setting] = await query<SettingRow>(CHARSET);
  return {
    product: row.product.trim(),
    version: row.version,
    notes: [
      ...(tls.mode === 'disable' ? ['the connection is not encrypted'] : []),
      ...(setting?.charset === 'AL32UTF8'
        ? []
        : [`the database is in ${setting?.charset}: VARCHAR2 and CLOB do not keep every character`]),
    ],
  };
}

const PRODUCT = `SELECT product AS product, version AS version FROM product_component_version WHERE product LIKE 'Oracle%'`;
const CHARSET = `SELECT value AS charset FROM nls_database_parameters WHERE parameter = 'NLS_CHARACTERSET'`;
