import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Client, expectError } from '../testing/client.ts';
import { DATABASES, type Databases, startDatabases } from '../testing/databases.ts';
import { killableServers } from '../testing/killable-servers.ts';

const KEY = 'dm_test_key_of_statements_after_kill';

describe('statements under an Idempotency-Key, sent by a server that is killed', { timeout: 240_000 }, () => {
  const servers = killableServers();
  let databases: Databases;
  let connections = 0;
  beforeAll(async () => {
    databases = await startDatabases();
    for (const type of DATABASES) await databases[type].query('CREATE TABLE thing (id integer)');
  }, 180_000);
  afterEach(() => servers.end('SIGKILL'));
  afterAll(() => databases?.stop());

  const start = async (point = 'never') => {
    const server = await servers.start('mortal-push-process.ts', KEY, point, '1');
    return { ...server, client: new Client(server.url, KEY) };
  };
  const connect = async (client: Client, type: (typeof DATABASES)[number]): Promise<string> => {
    const body = { name: `target ${++connections}`, type, url: databases[type].url() };
    return `/connections/${(await client.post<{ id: string }>('/connections', body)).body.id}/execute`;
  };

  it.each([
    ['postgres', 'executed', 1],
    ['postgres', 'stated', 0],
    ['mysql', 'executed', 1],
  ] as const)('are not sent again when nothing tells what became of them (%s, %s)', async (type, point, done) => {
    const count = () => databases[type].number('count(*) FROM thing');
    const before = await count();
    const first = await start(point);
    const path = await connect(first.client, type);
    const body = { sql: 'INSERT INTO thing VALUES (7)' };
    const headers = { 'idempotency-key': `${type} ${point}` };
    await expect(first.client.post(path, body, headers)).rejects.toThrow();
    expect(await first.exit).toEqual([null, 'SIGKILL']);
    expect(await count()).toBe(before + done);
    const { client } = await start();
    for (let time = 0; time < 2; time++) {
      const again = await client.post(path, body, headers);
      expect(expectError(again, 502, 'connection_failed')).toMatchObject([{ code: 'unknown_outcome' }]);
    }
    expect(await count()).toBe(before + done);
    expect((await client.post(path, body, { 'idempotency-key': `${type} ${point} anew` })).status).toBe(200);
    expect(await count()).toBe(before + done + 1);
  });

  it.each(DATABASES)('are answered all the same when they only read (%s)', async (type) => {
    const first = await start('executed');
    const path = await connect(first.client, type);
    const body = { sql: 'SELECT 1 AS one' };
    const headers = { 'idempotency-key': `${type} read` };
    await expect(first.client.post(path, body, headers)).rejects.toThrow();
    await first.exit;
    const { client } = await start();
    const again = await client.post(path, body, headers);
    expect(again.body, again.text).toMatchObject({ rows: [{ one: 1 }] });
    expect((await client.post(path, body, headers)).headers.get('idempotent-replayed')).toBe('true');
  });

  it('may be sent again under the same key when the system has refused them', async () => {
    const { client } = await start();
    const path = await connect(client, 'postgres');
    const body = { sql: 'INSERT INTO late VALUES (1)' };
    const headers = { 'idempotency-key': 'refused' };
    expect(expectError(await client.post(path, body, headers), 422, 'validation_error')).toMatchObject([
      { code: 'not_in_system' },
    ]);
    await databases.postgres.query('CREATE TABLE late (id integer)');
    expect((await client.post(path, body, headers)).status).toBe(200);
    expect(await databases.postgres.query('SELECT FROM late')).toHaveLength(1);
  });
});
