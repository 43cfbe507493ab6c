import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOOPBACK_SPELLINGS } from '../../../connectors/src/dial/testing/loopback-spellings.ts';
import { Outbound } from '../outbound.ts';
import { readSettings } from '../read-settings.ts';
import { startServer } from '../start-server.ts';
import type { Client } from '../testing/client.ts';
import { quietly, startOn, type TestServer } from '../testing/servers.ts';
import { tries } from '../testing/tries.ts';

interface ConnectionBody {
  readonly id: string;
  readonly verification: { readonly status: string; readonly problem: string; readonly message: string };
}

/** Counts who comes, on a port of this machine. */
async function listener(): Promise<{ readonly port: number; readonly server: Server; readonly reached: () => number }> {
  let reached = 0;
  const server = createServer((socket) => {
    reached++;
    socket.destroy();
  }).listen(0, '::');
  await once(server, 'listening');
  return { port: (server.address() as { port: number }).port, server, reached: () => reached };
}

const authority = (host: string): string => (host.includes(':') ? `[${host}]` : host);

describe('where connections lead', () => {
  let server: TestServer;
  let client: Client;
  let inside: Awaited<ReturnType<typeof listener>>;
  let made = 0;
  beforeAll(async () => {
    server = await startOn('external');
    client = server.client;
    inside = await listener();
  });
  afterAll(async () => {
    inside?.server.close();
    await server?.close();
  });

  const create = async (url: string, asked = client) => {
    const body = { name: `connection ${++made}`, type: 'postgres', url };
    return asked.post<ConnectionBody>('/connections', body);
  };

  it('is never this machine, however that is written', async () => {
    const step = Math.ceil(LOOPBACK_SPELLINGS.length / tries(60, 1000));
    const some = LOOPBACK_SPELLINGS.filter((_, index) => index % step === 0);
    expect(some.length).toBeGreaterThan(30);
    const wrong: string[] = [];
    for (const host of some) {
      const { status, body } = await create(`postgres://test:x@${authority(host)}:${inside.port}/postgres`);
      if (status === 422) continue;
      const { problem } = body.verification;
      if (status !== 201 || !['target_not_allowed', 'dns'].includes(problem))
        wrong.push(`${host}: ${status} ${problem}`);
    }
    expect(wrong).toEqual([]);
    expect(inside.reached()).toBe(0);
  });

  it.each(['169.254.169.254', '10.0.0.1', '192.168.1.1', '[fd00::1]', '[fe80::1]', '100.64.0.1', '0.0.0.0'])(
    'is not %s',
    async (host) => {
      const { body } = await create(`postgres://test:x@${host}/postgres`);
      expect(body.verification).toMatchObject({ status: 'unverified', problem: 'target_not_allowed' });
    },
  );

  it('is neither the server itself nor its database, whatever is opened', async () => {
    const open = await startOn('external', { privateTargets: ['127.0.0.0/8', '::1', '10.0.0.0/8', '172.16.0.0/12'] });
    try {
      const own = [new URL(open.client.url).port, new URL(open.databaseUrl ?? '').port];
      for (const port of own) {
        for (const host of ['127.0.0.1', '127.9.9.9', 'localhost', '[::ffff:127.0.0.1]']) {
          const { body } = await create(`postgres://test:x@${host}:${port}/postgres`, open.client);
          expect({ host, port, ...body.verification }).toMatchObject({ problem: 'target_not_allowed' });
        }
      }
      const other = await create(`postgres://test:x@127.0.0.1:${inside.port}/postgres`, open.client);
      expect(other.body.verification.problem).not.toBe('target_not_allowed');
      expect(inside.reached()).toBe(1);
    } finally {
      await open.close();
    }
  });

  it('is the port that is opened, and no other', async () => {
    const outbound = new Outbound(['127.0.0.1:5432']);
    await outbound.close('http://127.0.0.1:3000', 'postgres://127.0.0.1:5433/x');
    const allowed = (port: number) => outbound.dialer.addressesOf({ host: '127.0.0.1', port });
    expect(await allowed(5432)).toEqual(['127.0.0.1']);
    for (const port of [3000, 5433, 22])
      await expect(allowed(port)).rejects.toMatchObject({ problem: 'target_not_allowed' });
  });

  it('is said by ranges that are checked when the server starts', async () => {
    expect(readSettings({ DATAMAKER_ALLOW_PRIVATE_TARGETS: ' 10.1.0.0/16, 127.0.0.1:5432,[fd00::/8]:5432 ' })).toEqual({
      privateTargets: ['10.1.0.0/16', '127.0.0.1:5432', '[fd00::/8]:5432'],
    });
    for (const text of ['10.1.0.0/33', 'localhost', '10.1.0.0/16:99999', '*']) {
      expect(() => readSettings({ DATAMAKER_ALLOW_PRIVATE_TARGETS: text })).toThrow(
        /^DATAMAKER_ALLOW_PRIVATE_TARGETS cannot be used: /,
      );
      await expect(startServer(quietly({ privateTargets: [text] }))).rejects.toMatchObject({
        message: expect.stringMatching(/^DATAMAKER_ALLOW_PRIVATE_TARGETS cannot be used: /),
      });
    }
  });

  it.each([
    ['host=/tmp', 'postgres://test:x@example.org/db?host=/tmp'],
    ['options', 'postgres://test:x@example.org/db?options=-csearch_path%3Dx'],
    ['sslcert', 'postgres://test:x@example.org/db?sslmode=require&sslcert=/etc/passwd'],
    ['another scheme', 'file:///etc/passwd'],
    ['no URL', 'example.org'],
  ])('is said by URLs that name no files and no options of drivers: %s', async (_, url) => {
    const answer = await create(url);
    expect(answer).toMatchObject({
      status: 422,
      body: { error: { details: { diagnostics: [{ code: 'invalid_connection' }] } } },
    });
    expect(answer.text).not.toContain('test:x');
  });

  it('is said by options that are known', async () => {
    const body = {
      name: 'options',
      type: 'postgres',
      url: 'postgres://test:x@example.org/db',
      options: { connectionString: 'x' },
    };
    expect(await client.post('/connections', body)).toMatchObject({
      status: 422,
      body: { error: { code: 'validation_error', details: { diagnostics: [{ code: 'invalid_connection' }] } } },
    });
  });
});
