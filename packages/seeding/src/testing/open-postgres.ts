import { Dialer, loadConnector, OutboundPolicy, type Row, type Session } from '@datamaker/connectors';
import type { PostgresServer } from '../../../connectors/src/testing/start-postgres.ts';

/** A session with a server of the tests. */
export async function openPostgres(
  { port, password }: PostgresServer,
  options = '',
  database = 'postgres',
  readOnly = false,
): Promise<Session> {
  const postgres = await loadConnector('postgres');
  const url = `postgres://test:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}${options}`;
  const { config, secrets } = postgres.parse({ url });
  return await postgres.open(config, {
    dialer: new Dialer(new OutboundPolicy(['127.0.0.0/8'])),
    secrets,
    readOnly,
  });
}

/** Drops all tables and makes others. */
export async function remake(server: PostgresServer, ddl: string): Promise<void> {
  await server.query(`DROP SCHEMA public CASCADE; CREATE SCHEMA public; ${ddl}`);
}

/** By table, a checksum of all rows, in any order. */
export async function checksums(server: PostgresServer): Promise<Record<string, string>> {
  const tables = await server.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
  );
  const sums: Record<string, string> = {};
  for (const { name } of tables) {
    const [sum] = await server.query<{ sum: string }>(
      `SELECT count(*) || ' ' || coalesce(sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint), 0) AS sum FROM "${name.replaceAll('"', '""')}" t`,
    );
    sums[name] = sum?.sum ?? '';
  }
  return sums;
}

export async function rowsOf(session: Session, name: string): Promise<Row[]> {
  const all: Row[] = [];
  for await (const rows of session.read({ table: { schema: 'public', name } })) all.push(...rows);
  return all;
}
