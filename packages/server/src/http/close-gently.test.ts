import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type RunningServer, startServer } from '../start-server.ts';
import { Client } from '../testing/client.ts';
import { type ExternalPostgres, startExternalPostgres } from '../testing/external-postgres.ts';
import { quietly, removeFolder, temporaryFolder } from '../testing/servers.ts';

/** Longer than a test may take: a server that waits for it fails the test. */
const FOREVER = 3_600_000;

let postgres: ExternalPostgres;
beforeAll(async () => {
  postgres = await startExternalPostgres();
});
afterAll(() => postgres?.stop());

async function start(graceMs: number): Promise<{ server: RunningServer; id: string }> {
  const dataDirectory = temporaryFolder();
  onTestFinished(() => removeFolder(dataDirectory));
  const server = await startServer(quietly({ dataDirectory, graceMs, databaseUrl: await postgres.createStore() }));
  onTestFinished(() => server.close());
  const fields = [
    { name: 'id', type: 'sequence' },
    { name: 'text', type: 'sentence' },
  ];
  return { server, id: await new Client(server.url, server.newKey).create(fields) };
}

/** Asks for rows. Nothing of the answer is read yet. */
function generate(server: RunningServer, id: string, count: number, agent: Agent | false): Promise<IncomingMessage> {
  const headers = { 'x-api-key': server.newKey as string, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    request(`${server.url}/templates/${id}/generate`, { method: 'POST', headers, agent }, resolve)
      .on('error', reject)
      .end(JSON.stringify({ count, format: 'csv' }));
  });
}

const lines = async (answer: IncomingMessage): Promise<number> => {
  let count = 0;
  for await (const chunk of answer) for (const byte of chunk as Buffer) if (byte === 10) count++;
  return count;
};

it('finishes answers that are under way, and takes no new ones', async () => {
  const { server, id } = await start(FOREVER);
  const answer = await generate(server, id, 300_000, false);
  const closed = server.close();
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  expect(await lines(answer)).toBe(300_001);
  await closed;
});

it('does not wait for connections that are merely kept alive', async () => {
  const { server, id } = await start(FOREVER);
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  // One is idle before it closes, the other becomes so.
  await lines(await generate(server, id, 1, agent));
  const answer = await generate(server, id, 300_000, new Agent({ keepAlive: true }));
  const closed = server.close();
  expect(await lines(answer)).toBe(300_001);
  await closed;
});

it('cuts off what does not finish in time', async () => {
  const { server, id } = await start(50);
  const answer = await generate(server, id, 1e12, false);
  const cut = once(answer, 'error').then(([error]) => error as Error);
  answer.read();
  await server.close();
  answer.resume();
  expect((await cut).message).toBe('aborted');
  expect(answer.complete).toBe(false);
});

it('may be asked for twice', async () => {
  const { server } = await start(FOREVER);
  await Promise.all([server.close(), server.close()]);
});
