import { Dialer, loadConnector, OutboundPolicy, type Session } from '@datamaker/connectors';
import { startMariaDb } from '../../../connectors/src/testing/start-mariadb.ts';
import { startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { MYSQL_SHOP } from './mysql-schemas.ts';
import { checksums, remake } from './open-postgres.ts';
import { MYSQL_WORDS, POSTGRES_WORDS, type SchemaWords } from './random-schema.ts';
import { SHOP } from './shop.ts';

/** A server that whole databases are filled in. */
export interface SeedServer {
  readonly type: 'postgres' | 'mysql';
  /** Where tables are. */
  readonly schema: string;
  readonly words: SchemaWords;
  /** The tables of a shop. */
  readonly shop: string;
  readonly password: string;
  quote(name: string): string;
  /** Its URL, with user and password. @param database undefined: the one of the server */
  url(database?: string): string;
  /** @param user with the same password; undefined: who may do anything */
  open(database?: string, readOnly?: boolean, schemas?: readonly string[], user?: string): Promise<Session>;
  /** Runs statements as who may do anything. @returns the rows of the last */
  query<Row = Record<string, unknown>>(text: string): Promise<Row[]>;
  /** Drops all tables and makes others. Sessions that were open are to be opened again. */
  remake(ddl: string): Promise<void>;
  /** By table, a checksum of all rows, in any order. */
  checksums(): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

/** How each kind of server is started, by the name that people know. */
export const SYSTEMS: readonly (readonly [string, () => Promise<SeedServer>])[] = [
  ['PostgreSQL', startPostgresToSeed],
  ['MariaDB', startMariaDbToSeed],
];

export async function startPostgresToSeed(): Promise<SeedServer> {
  const server = await startPostgres();
  const url = (database = 'postgres'): string => urlOf('postgres', server, database);
  return {
    type: 'postgres',
    schema: 'public',
    words: POSTGRES_WORDS,
    shop: SHOP,
    password: server.password,
    quote: (name) => `"${name.replaceAll('"', '""')}"`,
    url,
    open: (database, ...more) => open('postgres', url(database), ...more),
    query: server.query,
    remake: (ddl) => remake(server, ddl),
    checksums: () => checksums(server),
    stop: server.stop,
  };
}

export async function startMariaDbToSeed(): Promise<SeedServer> {
  const server = await startMariaDb();
  const { query } = server;
  const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
  const url = (database = 'shop'): string => urlOf('mysql', server, database);
  return {
    type: 'mysql',
    schema: 'shop',
    words: MYSQL_WORDS,
    shop: MYSQL_SHOP,
    password: server.password,
    quote,
    url,
    open: (database, ...more) => open('mysql', url(database), ...more),
    query,
    remake: async (ddl) => {
      await query('DROP DATABASE IF EXISTS shop; CREATE DATABASE shop CHARACTER SET utf8mb4; USE shop');
      await query(ddl);
    },
    checksums: async () => {
      const tables = await query<{ name: string }>(
        `SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'shop' AND TABLE_TYPE = 'BASE TABLE' ORDER BY 1`,
      );
      const sums: Record<string, string> = {};
      for (const { name } of tables) {
        const [count] = await query<{ n: number }>(`SELECT count(*) AS n FROM ${quote(name)}`);
        const [sum] = await query<{ Checksum: number }>(`CHECKSUM TABLE ${quote(name)} EXTENDED`);
        sums[name] = `${count?.n} ${sum?.Checksum}`;
      }
      return sums;
    },
    stop: server.stop,
  };
}

const urlOf = (
  type: string,
  { user, password, port }: { readonly user: string; readonly password: string; readonly port: number },
  database: string,
): string => `${type}://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

async function open(
  type: SeedServer['type'],
  url: string,
  readOnly = false,
  schemas?: readonly string[],
  user?: string,
): Promise<Session> {
  const connector = await loadConnector(type);
  const { config, secrets } = connector.parse({
    url: user === undefined ? url : url.replace('//test:', `//${user}:`),
    options: schemas === undefined ? {} : { schemas },
  });
  return await connector.open(config, {
    dialer: new Dialer(new OutboundPolicy(['127.0.0.0/8'])),
    secrets,
    readOnly,
  });
}
