import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addProject } from '../testing/add-project.ts';
import { type Client, expectError, type ListBody } from '../testing/client.ts';
import { registerWorker } from '../testing/register-worker.ts';
import { routesOfApp } from '../testing/routes-of-app.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

interface Thing {
  readonly id: string;
  readonly name: string;
}

/** What can be deleted and restored: how it is made, and where deleted ones are listed. */
interface Kind {
  readonly body: object;
  readonly deleted: string;
  /** What it is called in paths; default: its id. */
  readonly by?: 'name';
}

const ROUTES: Readonly<Record<string, Kind>> = {
  '/templates': { body: { name: 'one', fields: [{ name: 'id', type: 'sequence' }] }, deleted: '/templates/deleted' },
  '/sets': { body: { name: 'one', rows: [{ id: 1 }] }, deleted: '/sets?deleted=true', by: 'name' },
  '/connections': {
    body: { name: 'one', type: 'postgres', url: 'postgres://test@127.0.0.1:1/shop' },
    deleted: '/connections?deleted=true',
  },
  '/scenarios': { body: { name: 'one', code: 'print(1)' }, deleted: '/scenarios/deleted' },
  '/chats': { body: { name: 'one' }, deleted: '/chats/deleted' },
};

describe('what was deleted', () => {
  let server: TestServer;
  let owner: Client;
  let other: Client;
  beforeAll(async () => {
    server = await startOn('external', { runs: { workers: 0, scenarioWorkers: 0 } });
    await registerWorker(server);
    owner = server.client;
    other = owner.as(await addProject(server));
  });
  afterAll(() => server?.close());

  it.each(Object.entries(ROUTES))('of %s is there for its own project, and for no other', async (path, kind) => {
    const { body, deleted, by = 'id' } = kind;
    const made = await owner.post<Thing>(path, body);
    expect({ status: made.status, text: made.text }).toMatchObject({ status: 201 });
    const place = `${path}/${made.body[by]}`;
    const listed = async (client: Client, list: string) => {
      const answer = await client.get<ListBody<Thing>>(list);
      expect(answer.body.total).toBe(answer.body.items.length);
      return answer.body.items.map((one) => one.name);
    };
    expect((await owner.delete(place)).status).toBe(204);
    expect(await listed(owner, deleted)).toEqual(['one']);
    expect(await listed(other, deleted)).toEqual([]);
    expectError(await other.post(`${place}/restore`, {}), 404, 'not_found');
    expect(await listed(owner, deleted)).toEqual(['one']);
    expect((await owner.post<Thing>(`${place}/restore`, {})).body).toMatchObject({ name: 'one' });
    expect(await listed(owner, deleted)).toEqual([]);
    expect((await owner.get<Thing>(place)).body).toMatchObject({ name: 'one' });
    expectError(await other.get(place), 404, 'not_found');
    // A restore of what is there changes nothing, and not for others either.
    expect((await owner.post<Thing>(`${place}/restore`, {})).status).toBe(200);
    expectError(await other.post(`${place}/restore`, {}), 404, 'not_found');
  });

  it('is tried wherever something can be restored', async () => {
    const restores = (await routesOfApp()).map(({ path }) => /^(.*)\/:\w+\/restore$/.exec(path)?.[1] ?? '');
    expect([...new Set(restores)].filter((path) => path !== '').toSorted()).toEqual(Object.keys(ROUTES).toSorted());
  });
});
