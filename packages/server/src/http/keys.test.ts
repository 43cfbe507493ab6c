import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayBeApiKey } from '../security/api-key.ts';
import { startServer } from '../start-server.ts';
import type { Client, ListBody } from '../testing/client.ts';
import { expectError } from '../testing/client.ts';
import { mintKey } from '../testing/datagen-client.ts';
import { join, type KeyBody, type Somebody } from '../testing/people.ts';
import { quietly, STORES, startOn, type TestServer } from '../testing/servers.ts';
import { tries } from '../testing/tries.ts';
import { until } from '../testing/until.ts';

const SCHEMA = { schema: [{ name: 'id', type: 'uuid' }], count: 1 };
const HOUR = 3_600_000;

describe.each(STORES)('keys over HTTP, on the %s store', (kind) => {
  let server: TestServer;
  let owner: Client;
  let ada: Somebody;
  beforeAll(async () => {
    server = await startOn(kind);
    owner = server.client;
    ada = await join(owner, 'member');
  });
  afterAll(() => server?.close());
  const make = async (by: Client, body: object = {}): Promise<KeyBody> => {
    const answer = await by.post<KeyBody>('/keys', { name: 'key', ...body });
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
    return answer.body;
  };
  const statusOf = async (key: string): Promise<number> => (await owner.as(key).get('/templates')).status;

  it('are shown once, and stored as hashes', async () => {
    const { key, id, display } = await make(ada.client, { name: ' CI ' });
    expect(key).toMatch(/^dmk_member_\w{49}$/);
    expect(mayBeApiKey(key)).toBe(true);
    expect(key.startsWith(display.slice(0, -1))).toBe(true);
    const read = await ada.client.get<KeyBody>(`/keys/${id}`);
    expect(read.body).toMatchObject({ id, name: 'CI', personId: ada.id, projectId: null, lastUsedAt: null });
    const list = await ada.client.get<ListBody<KeyBody>>('/keys');
    for (const { text } of [read, list]) expect(text).not.toContain(key.slice(16));
    const store = await server.openDatabase();
    const stored = JSON.stringify([
      await store.selectFrom('api_key').selectAll().execute(),
      await store.selectFrom('audit_entry').selectAll().execute(),
    ]);
    await store.destroy();
    expect(stored).not.toContain(key.slice(16));
  });

  it('note their last use', async () => {
    const { key, id } = await make(ada.client);
    await statusOf(key);
    await expect
      .poll(async () => (await ada.client.get<KeyBody>(`/keys/${id}`)).body.lastUsedAt)
      .toMatch(/^\d{4}-.*Z$/);
  });

  it('are renamed, and revoked from the next request on', async () => {
    const { key, id } = await make(ada.client);
    expect((await ada.client.patch(`/keys/${id}`, { name: 'new name' })).body).toMatchObject({ name: 'new name' });
    expect(await statusOf(key)).toBe(200);
    expect((await ada.client.delete(`/keys/${id}`)).status).toBe(204);
    expect(await statusOf(key)).toBe(401);
    expectError(await ada.client.get(`/keys/${id}`), 404, 'not_found');
    expectError(await ada.client.delete(`/keys/${id}`), 404, 'not_found');
  });

  it('of others are for administrators to see and revoke, not to make anew', async () => {
    const { key, id } = await make(ada.client);
    const bob = await join(owner, 'member');
    expectError(await bob.client.get(`/keys/${id}`), 404, 'not_found');
    expect((await bob.client.get<ListBody<KeyBody>>('/keys')).body.items.map(({ personId }) => personId)).toEqual([
      bob.id,
    ]);
    expect((await owner.get<KeyBody>(`/keys/${id}`)).body.personId).toBe(ada.id);
    expectError(await owner.post(`/keys/${id}/rotate`), 403, 'forbidden');
    expect((await owner.delete(`/keys/${id}`)).status).toBe(204);
    expect(await statusOf(key)).toBe(401);
  });

  it('carry the role that their holder has now, not the one at their making', async () => {
    const bob = await join(owner, 'member');
    await owner.patch(`/people/${bob.id}`, { role: 'viewer' });
    expectError(await bob.client.post('/templates', { name: 'x', fields: [] }), 403, 'forbidden');
    expectError(await owner.as(bob.key).post('/templates', { name: 'x', fields: [] }), 403, 'forbidden');
  });

  it('that may only read do that, and make no keys', async () => {
    const { key } = await make(owner, { readOnly: true });
    const reader = owner.as(key);
    expect((await reader.get('/templates')).status).toBe(200);
    expectError(await reader.post('/templates', { name: 'x', fields: [] }), 403, 'forbidden');
    expectError(await reader.post('/keys', { name: 'x' }), 403, 'forbidden');
    expectError(await reader.post('/people/me/password', {}), 403, 'forbidden');
    expect((await reader.post('/api/v1/generate', SCHEMA)).status).toBe(403);
  });

  it('for one project see that one, and make keys for no other', async () => {
    const { body: project } = await owner.post<{ id: string }>('/projects', { name: 'Second' });
    const limited = owner.as((await make(owner, { projectId: project.id })).key);
    const template = await limited.create([{ name: 'id', type: 'sequence' }]);
    expectError(await owner.get(`/templates/${template}`), 404, 'not_found');
    expect((await owner.get(`/templates/${template}`, { 'x-datamaker-project': project.id })).status).toBe(200);
    expect((await limited.get<ListBody<{ id: string }>>('/projects')).body.items).toMatchObject([{ id: project.id }]);
    expect((await make(limited)).projectId).toBe(project.id);
    const { body: first } = await owner.get<ListBody<{ id: string }>>('/projects');
    const other = first.items.find(({ id }) => id !== project.id)?.id;
    expectError(await limited.post('/keys', { name: 'x', projectId: other }), 404, 'not_found');
    expectError(await limited.post('/projects', { name: 'x' }), 403, 'forbidden');
    expectError(await limited.get('/audit'), 403, 'forbidden');
  });

  it('end when they were to, and make none that last longer', async () => {
    const expiresAt = new Date(Date.now() + HOUR).toISOString();
    const { key, id } = await make(ada.client, { expiresAt });
    const ending = owner.as(key);
    expect((await make(ending)).expiresAt).toBe(expiresAt);
    const later = new Date(Date.now() + 2 * HOUR).toISOString();
    expect(
      expectError(await ending.post('/keys', { name: 'x', expiresAt: later }), 422, 'validation_error'),
    ).toMatchObject([{ code: 'expiry_too_late', pointer: '/expiresAt' }]);
    const store = await server.openDatabase();
    await store.updateTable('api_key').set({ expires_at: new Date() }).where('id', '=', id).execute();
    await store.destroy();
    expect(await statusOf(key)).toBe(401);
    for (const wrong of ['2020-01-01T00:00:00Z', 'tomorrow', '2027-13-01T00:00:00Z', 5]) {
      expectError(await ada.client.post('/keys', { name: 'x', expiresAt: wrong }), 422, 'validation_error');
    }
  });

  it('are made anew, and work beside each other for a while', async () => {
    const old = await make(ada.client, { readOnly: true, name: 'rolling' });
    const rotated = await ada.client.post<KeyBody & { replaced: KeyBody }>(`/keys/${old.id}/rotate`, {
      overlapHours: 1,
    });
    expect(rotated).toMatchObject({ status: 201, body: { name: 'rolling', readOnly: true, expiresAt: null } });
    const left = Date.parse(rotated.body.replaced.expiresAt ?? '') - Date.now();
    expect(left).toBeGreaterThan(HOUR - 60_000);
    expect(left).toBeLessThan(HOUR + 60_000);
    expect([await statusOf(old.key), await statusOf(rotated.body.key)]).toEqual([200, 200]);
    // It is for the same, and for no more.
    const { body: project } = await owner.post<{ id: string }>('/projects', { name: 'of a key' });
    const scopes = ['read', 'generate', 'admin'];
    const bound = await make(ada.client, { projectId: project.id, scopes });
    const anew = await ada.client.post<KeyBody>(`/keys/${bound.id}/rotate`, {});
    expect(anew.body).toMatchObject({ projectId: project.id, scopes, personId: ada.id });
    expect(anew.headers.get('location')).toBe(`/keys/${anew.body.id}`);
    // One that ends before that is not prolonged.
    const expiresAt = new Date(Date.now() + HOUR).toISOString();
    const soon = await make(ada.client, { expiresAt });
    const longer = await ada.client.post<{ replaced: KeyBody }>(`/keys/${soon.id}/rotate`, { overlapHours: 72 });
    expect(longer.body).toMatchObject({ expiresAt, replaced: { expiresAt } });
    const at = await ada.client.post<KeyBody>(`/keys/${rotated.body.id}/rotate`, { overlapHours: 0 });
    expect([await statusOf(rotated.body.key), await statusOf(at.body.key)]).toEqual([401, 200]);
    for (const overlapHours of [-1, 73, 1.5, '1']) {
      expectError(await ada.client.post(`/keys/${at.body.id}/rotate`, { overlapHours }), 422, 'validation_error');
    }
  });

  it('are changed while requests run, and none of these is lost', async () => {
    let current = await make(ada.client);
    let isOver = false;
    const statuses = new Map<number, number>();
    const turns = Array.from({ length: 8 }, () => 0);
    const load = async (client: number): Promise<void> => {
      while (!isOver) {
        const status = await statusOf(current.key);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        turns[client] = (turns[client] ?? 0) + 1;
      }
    };
    /** What was asked before has its answer. */
    const goOn = async (): Promise<void> => {
      const then = [...turns];
      await until(() => isOver || turns.every((turn, client) => turn > (then[client] ?? 0) + 1));
    };
    const running = turns.map((_, client) => load(client));
    const store = await server.openDatabase();
    for (let round = 0; round < tries(5, 100); round++) {
      const before = current;
      const rotated = await ada.client.post<KeyBody>(`/keys/${before.id}/rotate`, { overlapHours: 72 });
      await goOn();
      current = rotated.body;
      await goOn();
      await store.updateTable('api_key').set({ expires_at: new Date() }).where('id', '=', before.id).execute();
      expect(await statusOf(before.key)).toBe(401);
    }
    await store.destroy();
    isOver = true;
    await Promise.all(running);
    expect([...statuses.keys()]).toEqual([200]);
  });

  it('that are revoked while requests run are good for none that comes after the answer', async () => {
    for (let round = 0; round < tries(10, 200); round++) {
      const { key, id } = await make(ada.client);
      const holder = owner.as(key);
      const running = Array.from({ length: 10 }, () => holder.get('/api/v1/usage'));
      await ada.client.delete(`/keys/${id}`);
      const after = await Promise.all([holder.get('/templates'), holder.get('/api/v1/usage')]);
      expect(after.map(({ status }) => status)).toEqual([401, 401]);
      await Promise.all(running);
    }
  });

  it('of the DataGen door are none of these', async () => {
    const free = owner.as(await mintKey(owner));
    expectError(await free.get('/keys'), 401, 'unauthorized');
    expect((await free.post('/api/v1/generate', SCHEMA)).status).toBe(200);
  });
});

describe('a key that is revoked in one process', () => {
  it('works in no other from then on, through either door', async () => {
    const first = await startOn('external');
    const { dataDirectory, databaseUrl = '' } = first;
    const second = await startServer(quietly({ dataDirectory, databaseUrl }));
    try {
      const owner = first.client;
      for (let round = 0; round < tries(20, 200); round++) {
        const { body } = await owner.post<KeyBody>('/keys', { name: 'x' });
        const there = (path: string) =>
          fetch(second.url + path, { headers: { 'x-api-key': body.key } }).then(({ status }) => status);
        expect([await there('/templates'), await there('/api/v1/usage')]).toEqual([200, 200]);
        await owner.delete(`/keys/${body.id}`);
        expect([await there('/templates'), await there('/api/v1/usage')]).toEqual([401, 401]);
      }
    } finally {
      await second.close();
      await first.close();
    }
  });
});
