import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type RunningServer, type ServerOptions, startServer } from './start-server.ts';
import { Client } from './testing/client.ts';
import { type ExternalPostgres, startExternalPostgres } from './testing/external-postgres.ts';
import { quietly, removeFolder, temporaryFolder } from './testing/servers.ts';
import { until } from './testing/until.ts';

const BROUGHT = 'a key of the team, 30 letters!';

let postgres: ExternalPostgres;
beforeAll(async () => {
  postgres = await startExternalPostgres();
});
afterAll(() => postgres?.stop());

/** Where one server after the other keeps its data. */
async function place(): Promise<ServerOptions> {
  const dataDirectory = temporaryFolder();
  onTestFinished(() => removeFolder(dataDirectory));
  return quietly({ dataDirectory, databaseUrl: await postgres.createDatabase() });
}

/** Runs a server for as long as `use` takes. */
async function during<T>(options: ServerOptions, use: (server: RunningServer) => Promise<T>): Promise<T> {
  const server = await startServer(options);
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

const statusWith = async (server: RunningServer, key: string | undefined): Promise<number> =>
  (await new Client(server.url, key).get('/templates')).status;

/** Why a server does not start. */
async function refusalOf(options: ServerOptions): Promise<string> {
  const error = await startServer(options).then(
    (server) => server.close().then(() => new Error('it has started')),
    (reason: Error) => reason,
  );
  expect(error).toMatchObject({ name: 'StartError' });
  expect(error.message).toMatch(/^[^\n]+$/);
  return error.message;
}

describe('a server', () => {
  it('is ready when it has started, and gone when it is closed', async () => {
    const url = await during(await place(), async (server) => {
      const answer = await fetch(`${server.url}/healthz`);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ status: 'ok' });
      return server.url;
    });
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('makes a key at its first start and never tells it again', async () => {
    const options = await place();
    const key = await during(options, async (server) => {
      expect(server.newKey).toMatch(/^dmk_owner_/);
      expect(await statusWith(server, server.newKey)).toBe(200);
      return server.newKey;
    });
    await during(options, async (server) => {
      expect(server.newKey).toBeUndefined();
      expect(await statusWith(server, key)).toBe(200);
    });
  });

  it('takes the key that it is given, and another one later beside it', async () => {
    const options = await place();
    const second = 'dmk_another_key_brought_along';
    await during({ ...options, apiKey: BROUGHT }, async (server) => {
      expect(server.newKey).toBeUndefined();
      expect(await statusWith(server, BROUGHT)).toBe(200);
      expect(await statusWith(server, second)).toBe(401);
      expect(await statusWith(server, undefined)).toBe(401);
    });
    await during({ ...options, apiKey: second }, async (server) => {
      expect(await statusWith(server, second)).toBe(200);
      expect(await statusWith(server, BROUGHT)).toBe(200);
    });
    await during(options, async (server) => {
      expect(server.newKey).toBeUndefined();
      expect(await statusWith(server, second)).toBe(200);
    });
  });

  it('makes one workspace and one key, though two start at once', async () => {
    const options = await place();
    const servers = await Promise.all([startServer(options), startServer(options)]);
    try {
      const keys = servers.map(({ newKey }) => newKey).filter((key) => key !== undefined);
      expect(keys).toHaveLength(1);
      for (const server of servers) expect(await statusWith(server, keys[0])).toBe(200);
    } finally {
      await Promise.all(servers.map((server) => server.close()));
    }
  });
});

describe('a server does not start', () => {
  it.each([
    ['short-key', /^DATAMAKER_API_KEY has 9 characters: use at least 24/],
    ['x'.repeat(23), /23 characters/],
    ['x'.repeat(513), /at most 512/],
    [`${'x'.repeat(30)}\n`, /ASCII/],
    ['ключ-ключ-ключ-ключ-ключ-ключ', /ASCII/],
    [` ${'x'.repeat(30)}`, /space/],
    [`dmk_owner_${'0'.repeat(49)}`, /checksum/],
  ])('with the key %j', async (apiKey, reason) => {
    expect(await refusalOf({ ...(await place()), apiKey })).toMatch(reason);
  });

  it('on a port that is in use, and lets go of the database', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const pipes = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'PipeWrap').length;
    try {
      const options = await place();
      const before = pipes();
      expect(await refusalOf({ ...options, port })).toBe(`Port ${port} is in use: set PORT to another.`);
      await until(() => pipes() <= before);
      // The key that was not shown is not lost: the next start makes it.
      await during(options, async (server) => expect(await statusWith(server, server.newKey)).toBe(200));
    } finally {
      other.close();
    }
    // Connections that are forgotten live on for ten seconds.
  }, 5000);

  it('on an address that is not of this machine', async () => {
    expect(await refusalOf({ ...(await place()), host: '192.0.2.1' })).toMatch(/^Cannot listen on 192\.0\.2\.1/);
  });

  it.each(['postgresql://u@localhost:1/x', 'postgresql://u@127.0.0.1:1/x', 'postgresql://u@no.invalid/x', 'nonsense'])(
    'with a database that cannot be used: %s',
    async (databaseUrl) => {
      const refusal = await refusalOf({ ...(await place()), databaseUrl });
      expect(refusal).toMatch(/^The database of DATABASE_URL cannot be used: \S/);
    },
  );

  it('in a data directory that is a file', async () => {
    const options = await place();
    const dataDirectory = join(options.dataDirectory ?? '', 'file');
    writeFileSync(dataDirectory, '');
    expect(await refusalOf({ ...options, dataDirectory })).toMatch(/^The data directory .* cannot be made/);
  });
});
