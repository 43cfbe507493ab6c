import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { Client, expectError } from '../testing/client.ts';
import { killableServers } from '../testing/killable-servers.ts';
import { type RestTarget, startRestTarget } from '../testing/push-targets.ts';

const KEY = 'dm_test_key_of_rows_after_kill';
const ROWS = 1200;

describe('rows under an Idempotency-Key, put in by a server that is killed', () => {
  const servers = killableServers();
  let target: PostgresServer;
  let rest: RestTarget;
  let connections = 0;
  beforeAll(async () => {
    [target, rest] = await Promise.all([startPostgres(), startRestTarget()]);
    await target.query(`
      CREATE TABLE given (id uuid PRIMARY KEY, full_name text);
      CREATE TABLE made (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, full_name text)`);
  });
  afterEach(() => servers.end('SIGKILL'));
  afterAll(async () => {
    await rest?.stop();
    await target?.stop();
  });
  const start = async (point = 'never') => {
    const server = await servers.start('mortal-push-process.ts', KEY, point, '1');
    return { ...server, client: new Client(server.url, KEY) };
  };
  const connect = async (client: Client, type: string, url: string, options: object = {}): Promise<string> => {
    const body = { name: `target ${++connections}`, type, url, ...(type === 'rest' ? { options } : {}) };
    return (await client.post<{ id: string }>('/connections', body)).body.id;
  };
  const toPostgres = (client: Client): Promise<string> =>
    connect(
      client,
      'postgres',
      `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`,
    );
  const countIn = async (table: string): Promise<number> =>
    Number((await target.query(`SELECT count(*) FROM ${table}`))[0]?.['count']);
  // Of a seed that is drawn: the one that the first request has drawn holds.
  const given = async (client: Client) => {
    const template_id = await client.create(
      [
        { name: 'id', type: 'uuid' },
        { name: 'full_name', type: 'full_name' },
      ],
      `given ${connections}`,
    );
    return { table: 'given', schema: 'public', template_id, count: ROWS };
  };
  const made = {
    table: 'made',
    schema: 'public',
    rows: Array.from({ length: ROWS }, (_, i) => ({ full_name: `p${i}` })),
  };

  it.each(['sent', 'kept'])(
    'are there once when their keys are known (%s)',
    async (point) => {
      await target.query('TRUNCATE given');
      const first = await start(point);
      const path = `/connections/${await toPostgres(first.client)}/rows`;
      const body = await given(first.client);
      const headers = { 'idempotency-key': `given ${point}` };
      await expect(first.client.post(path, body, headers)).rejects.toThrow();
      expect(await first.exit).toEqual([null, 'SIGKILL']);
      expect(await countIn('given')).toBe(point === 'kept' ? ROWS : 0);
      const { client } = await start();
      const again = await client.post(path, body, headers);
      expect(again.body, again.text).toMatchObject({ sent: ROWS, written: ROWS, failed: 0 });
      expect(await countIn('given')).toBe(ROWS);
      expect((await client.post(path, body, headers)).headers.get('idempotent-replayed')).toBe('true');
      expect(await countIn('given')).toBe(ROWS);
    },
    240_000,
  );

  it('are not sent again when nothing tells whether they were kept', async () => {
    await target.query('TRUNCATE made');
    const first = await start('kept');
    const path = `/connections/${await toPostgres(first.client)}/rows`;
    const headers = { 'idempotency-key': 'made' };
    await expect(first.client.post(path, made, headers)).rejects.toThrow();
    await first.exit;
    const { client } = await start();
    for (let time = 0; time < 2; time++) {
      const again = await client.post(path, made, headers);
      expect(expectError(again, 502, 'connection_failed')).toMatchObject([{ code: 'unknown_outcome' }]);
    }
    expect(await countIn('made')).toBe(ROWS);
    const anew = await client.post(path, made, { 'idempotency-key': 'made anew' });
    expect(anew.body).toMatchObject({ written: ROWS });
    expect(await countIn('made')).toBe(2 * ROWS);
  }, 240_000);

  it('reach a REST system under the same keys, where it knows such', async () => {
    for (const knowsKeys of [true, false]) {
      Object.assign(rest, { taken: [], knowsKeys });
      const first = await start('sent');
      const options = { path: 'people', ...(knowsKeys ? { idempotencyHeader: 'Idempotency-Key' } : {}) };
      const path = `/connections/${await connect(first.client, 'rest', rest.url, options)}/rows`;
      const body = { table: 'people', rows: [1, 2, 3].map((id) => ({ id })) };
      const headers = { 'idempotency-key': `rest ${knowsKeys}` };
      await expect(first.client.post(path, body, headers)).rejects.toThrow();
      await first.exit;
      const { client } = await start();
      const again = await client.post(path, body, headers);
      if (knowsKeys) expect(again.body, again.text).toMatchObject({ written: 3 });
      else expect(expectError(again, 502, 'connection_failed')).toMatchObject([{ code: 'unknown_outcome' }]);
      expect(rest.taken).toHaveLength(3);
      await servers.end('SIGKILL');
    }
  }, 240_000);

  it('may be sent again under the same key when the system has refused all of them', async () => {
    await target.query('TRUNCATE given');
    const { client } = await start();
    const path = `/connections/${await toPostgres(client)}/rows`;
    const id = '01234567-89ab-cdef-0123-456789abcdef';
    await target.query(`INSERT INTO given VALUES ('${id}', 'in the way')`);
    const body = { table: 'given', schema: 'public', rows: [{ id, full_name: 'a' }] };
    const headers = { 'idempotency-key': 'refused' };
    expect((await client.post(path, body, headers)).status).toBe(422);
    await target.query('TRUNCATE given');
    expect((await client.post(path, body, headers)).body).toMatchObject({ written: 1 });
  }, 240_000);
});
