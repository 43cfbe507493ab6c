import { startMariaDb } from '../../../connectors/src/testing/start-mariadb.ts';
import { startPostgres } from '../../../connectors/src/testing/start-postgres.ts';

/** The databases that rows go to in tests, by the types of their connections. */
export const DATABASES = ['postgres', 'mysql'] as const;
type DatabaseType = (typeof DATABASES)[number];

/** A database that connections lead to. */
interface TargetDatabase {
  readonly port: number;
  /** What a body says of a table besides its name. */
  readonly place: { readonly schema?: string };
  /** With user and password. @param port of what stands before it; default: its own */
  url(port?: number): string;
  /** Runs statements as who may do anything. @returns the rows of the last */
  query<Row = Record<string, unknown>>(text: string): Promise<Row[]>;
  /** The number that a query gives. @param what such as `count(*) FROM thing` */
  number(what: string): Promise<number>;
}

export type Databases = Readonly<Record<DatabaseType, TargetDatabase>> & { stop(): Promise<unknown> };

/** A PostgreSQL and a MariaDB, each empty. */
export async function startDatabases(): Promise<Databases> {
  const [postgres, mysql] = await Promise.all([startPostgres(), startMariaDb()]);
  const targetOf = (type: DatabaseType, server: typeof postgres | typeof mysql, database: string): TargetDatabase => ({
    port: server.port,
    place: type === 'postgres' ? { schema: 'public' } : {},
    url: (port = server.port) =>
      `${type}://${server.user}:${encodeURIComponent(server.password)}@127.0.0.1:${port}/${database}`,
    query: (text) => server.query(text),
    number: async (what) => Number(Object.values((await server.query(`SELECT ${what}`))[0] ?? {})[0]),
  });
  return {
    postgres: targetOf('postgres', postgres, 'postgres'),
    mysql: targetOf('mysql', mysql, mysql.database),
    stop: () => Promise.all([postgres.stop(), mysql.stop()]),
  };
}
