import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer } from '../start-server.ts';
import { type ExternalPostgres, startExternalPostgres } from '../testing/external-postgres.ts';
import { quietly, removeFolder, temporaryFolder } from '../testing/servers.ts';
import { connect, openStore } from './open-store.ts';

let postgres: ExternalPostgres;
beforeAll(async () => {
  postgres = await startExternalPostgres();
});
afterAll(() => postgres?.stop());

const open = (url: string) => openStore({ url }, () => undefined);

it('a database that does not hold all characters is refused', async () => {
  const url = await postgres.createDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("CREATE DATABASE narrow ENCODING 'SQL_ASCII' TEMPLATE template0");
  await client.end();
  const narrow = url.replace(/\/test_\d+\?/, '/narrow?');
  expect(narrow).not.toBe(url);
  await expect(open(narrow)).rejects.toThrow("its encoding is SQL_ASCII: make one with ENCODING 'UTF8'");
});

it('a database that a newer version has changed is refused, and left as it is', async () => {
  const url = await postgres.createDatabase();
  await (await open(url)).destroy();
  const store = connect({ url }, () => undefined);
  await sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-later', '2099-01-01T00:00:00.000Z')`.execute(
    store,
  );
  await store.destroy();
  const newer = { code: 'newer_schema', message: expect.stringContaining('a newer DataMaker has changed its tables') };
  await expect(open(url)).rejects.toMatchObject(newer);
  const dataDirectory = temporaryFolder();
  await expect(startServer(quietly({ dataDirectory, databaseUrl: url }))).rejects.toMatchObject(newer);
  removeFolder(dataDirectory);
});
