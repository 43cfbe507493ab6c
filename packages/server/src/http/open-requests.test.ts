import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../start-server.ts';
import { connect, type Store } from '../store/open-store.ts';
import { Client } from '../testing/client.ts';
import { type ExternalPostgres, startExternalPostgres } from '../testing/external-postgres.ts';
import { join } from '../testing/people.ts';
import { quietly, removeFolder, temporaryFolder } from '../testing/servers.ts';
import { type SpawnedServer, spawnServer } from '../testing/spawn-server.ts';
import { until } from '../testing/until.ts';

const METRICS = 'metrics-of-the-test';

/** An answer of which only the beginning has been read: more than the system buffers is still to come. */
async function begin(url: string, headers: Readonly<Record<string, string>>, body?: object): Promise<IncomingMessage> {
  const type = { 'content-type': 'application/json' };
  const asked = request(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...type, ...headers },
    agent: false,
  });
  asked.on('error', () => undefined).end(body === undefined ? undefined : JSON.stringify(body));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(200);
  answer.on('error', () => undefined);
  await once(answer, 'readable');
  expect(answer.read(1)).not.toBeNull();
  return answer;
}

/** Reads to the end. @returns whether it came to one */
async function isWhole(answer: IncomingMessage): Promise<boolean> {
  const closed = new Promise((resolve) => answer.once('close', resolve));
  answer.resume();
  if (!answer.closed) await closed;
  return answer.complete;
}

describe('answers that take long, of two server processes on one database', () => {
  const dataDirectory = temporaryFolder();
  let postgres: ExternalPostgres;
  let here: RunningServer;
  let there: SpawnedServer;
  let store: Store;
  let owner: Client;
  let templateId: string;
  beforeAll(async () => {
    postgres = await startExternalPostgres();
    const databaseUrl = await postgres.createDatabase();
    here = await startServer(quietly({ dataDirectory, databaseUrl }));
    there = await spawnServer('server-process.ts', dataDirectory, databaseUrl, 'fatal', METRICS);
    store = connect({ url: databaseUrl }, () => undefined);
    owner = new Client(here.url, here.newKey);
    templateId = await owner.create([{ name: 'text', type: 'paragraph' }]);
    expect((await owner.post('/sets', { name: 'big', template_id: templateId, count: 300_000 })).status).toBe(201);
    expect((await owner.upload('big.csv', `text\n${'some more of it\n'.repeat(3_000_000)}`)).status).toBe(201);
  }, 60_000);
  afterAll(async () => {
    there?.child.kill('SIGKILL');
    await store?.destroy();
    await here?.close();
    await postgres?.stop();
    removeFolder(dataDirectory);
  });

  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
  const generate = (headers: Readonly<Record<string, string>>) =>
    begin(`${there.url}/templates/${templateId}/generate`, headers, { count: 5_000_000, format: 'csv' });
  /** What the other process is answering at the moment, apart from this. */
  const running = async (): Promise<number> => {
    const text = await (await fetch(`${there.url}/metrics`, { headers: bearer(METRICS) })).text();
    return Number(/^datamaker_http_requests_running (\d+)$/m.exec(text)?.[1]) - 1;
  };

  it('are cut off when what began them ends, and no others', { timeout: 60_000 }, async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => join(owner, 'member')));
    const [revoked, expired, out, removed, fallen, staying] = people as typeof people & {
      [K in 0 | 1 | 2 | 3 | 4 | 5]: (typeof people)[0];
    };
    const cookie = { cookie: out.browser.cookie, 'sec-fetch-site': 'same-origin' };
    const cut = [
      await generate(bearer(revoked.key)),
      await generate(bearer(expired.key)),
      await generate(cookie),
      await generate(bearer(removed.key)),
      await generate(bearer(fallen.key)),
    ];
    // Whoever may no longer make rows may still read; and others go on.
    const kept = [
      await begin(`${there.url}/workspace/files/big.csv`, bearer(fallen.key)),
      await generate(bearer(staying.key)),
    ];
    expect(await running()).toBe(7);
    expect((await revoked.client.delete(`/keys/${revoked.keyId}`)).status).toBe(204);
    await store.updateTable('api_key').set({ expires_at: new Date() }).where('id', '=', expired.keyId).execute();
    expect((await out.browser.send('DELETE', '/session')).status).toBe(204);
    expect((await owner.delete(`/people/${removed.id}`)).status).toBe(204);
    expect((await owner.patch(`/people/${fallen.id}`, { role: 'viewer' })).status).toBe(200);
    await until(async () => (await running()) <= 2);
    expect(await Promise.all(cut.map(isWhole))).toEqual(cut.map(() => false));
    expect(await running()).toBe(2);
    expect(await isWhole(kept[0] as IncomingMessage)).toBe(true);
    kept[1]?.destroy();
    await until(async () => (await running()) === 0);
  });

  it('are cut off of whatever kind they are', { timeout: 60_000 }, async () => {
    const person = await join(owner, 'member');
    const headers = bearer(person.key);
    const rows = { field_names: ['comment', 'description', 'notes'], count: 100_000 };
    const cut = [
      await begin(`${there.url}/sets/big`, headers),
      await begin(`${there.url}/sets/big?format=csv`, headers),
      await begin(`${there.url}/workspace/files/big.csv`, headers),
      await begin(`${there.url}/api/v1/generate-ai`, headers, rows),
      await begin(`${there.url}/api/v1/generate-ai/stream`, headers, rows),
    ];
    expect(await running()).toBe(cut.length);
    expect((await person.client.delete(`/keys/${person.keyId}`)).status).toBe(204);
    await until(async () => (await running()) === 0);
    expect(await Promise.all(cut.map(isWhole))).toEqual(cut.map(() => false));
  });
});
