import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../start-server.ts';
import { Client } from '../testing/client.ts';
import { type ExternalPostgres, startExternalPostgres } from '../testing/external-postgres.ts';
import { quietly, removeFolder, temporaryFolder } from '../testing/servers.ts';
import { spawnServer } from '../testing/spawn-server.ts';
import { tries } from '../testing/tries.ts';

const ROUNDS = tries(2, 20);
const FIELDS = [{ name: 'id', type: 'uuid' }];

describe('a POST with an Idempotency-Key to a server that is killed', () => {
  const dataDirectory = temporaryFolder();
  let postgres: ExternalPostgres;
  let databaseUrl: string;
  let server: RunningServer;
  let client: Client;
  beforeAll(async () => {
    postgres = await startExternalPostgres();
    databaseUrl = await postgres.createStore();
    server = await startServer(quietly({ dataDirectory, databaseUrl }));
    client = new Client(server.url, server.newKey);
  });
  afterAll(async () => {
    await server?.close();
    await postgres?.stop();
    removeFolder(dataDirectory);
  });

  const points = [
    { point: 'claimed', hasEffect: false },
    { point: 'done', hasEffect: false },
    { point: 'kept', hasEffect: true },
  ];
  it.each(points)('has one effect when it is sent again ($point)', async ({ point, hasEffect }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const mortal = await spawnServer('mortal-server-process.ts', dataDirectory, databaseUrl, point);
      const name = `${point} ${round}`;
      const headers = { 'idempotency-key': name };
      const body = { name, fields: FIELDS };
      await expect(new Client(mortal.url, server.newKey).post('/templates', body, headers)).rejects.toThrow();
      expect(await mortal.exit).toEqual([null, 'SIGKILL']);
      const again = await client.post('/templates', body, headers);
      expect(again.status).toBe(201);
      expect(again.headers.get('idempotent-replayed')).toBe(hasEffect ? 'true' : null);
      const { body: page } = await client.get<{ items: { name: string; id: string }[] }>('/templates?limit=100');
      expect(page.items.filter((item) => item.name === name).map(({ id }) => id)).toEqual([again.body.id]);
    }
  });

  it.each(points)('makes one file of an upload when it is sent again ($point)', async ({ point, hasEffect }) => {
    const mortal = await spawnServer('mortal-server-process.ts', dataDirectory, databaseUrl, point);
    const name = `upload-${point}.csv`;
    const upload = (to: Client) => to.upload<{ id: string }>(name, 'a\n1\n', { 'idempotency-key': name });
    await expect(upload(new Client(mortal.url, server.newKey))).rejects.toThrow();
    expect(await mortal.exit).toEqual([null, 'SIGKILL']);
    expect((await client.get(`/workspace/files/${name}`)).status).toBe(hasEffect ? 200 : 404);
    const again = await upload(client);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, hasEffect ? 'true' : null]);
    expect((await client.get(`/workspace/files/${name}`)).text).toBe('a\n1\n');
  });
});
