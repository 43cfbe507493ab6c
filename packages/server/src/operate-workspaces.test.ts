import { writeFileSync } from 'node:fs';
import { join as pathOf } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addWorkspace, listWorkspaces, removeWorkspace, setPlan } from './operate-workspaces.ts';
import { parsePlans } from './services/limits/plans.ts';
import { type Client, expectError, type ListBody } from './testing/client.ts';
import { join } from './testing/people.ts';
import { removeFolder, STORES, startOn, type TestServer, temporaryFolder } from './testing/servers.ts';

const ID = { name: 'id', type: 'sequence' };
interface Act {
  readonly action: string;
  readonly subjectId: string;
  readonly personId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

describe.each(STORES)('workspaces that an operator makes beside a server that runs, on the %s store', (kind) => {
  let server: TestServer;
  let place: { dataDirectory: string; databaseUrl?: string };
  beforeAll(async () => {
    server = await startOn(kind, { planChanges: 'operator' });
    const { dataDirectory, databaseUrl } = server;
    place = { dataDirectory, ...(databaseUrl === undefined ? {} : { databaseUrl }) };
  });
  afterAll(() => server?.close());
  const add = async (name: string, more: { plan?: string; project?: string } = {}) => {
    const added = await addWorkspace(place, { name, ...more });
    return { ...added, owner: server.client.as(added.key) };
  };
  const actsOf = async (owner: Client) => (await owner.get<ListBody<Act>>('/audit?limit=100')).body.items;

  it('has a project, an owner and a key, is listed, and says in its audit that it was made', async () => {
    const { owner, ...added } = await add('  Team B ', { plan: 'pro', project: 'Shop' });
    expect(added).toMatchObject({ name: 'Team B', plan: 'pro', deletedAt: null });
    expect((await owner.get('/workspace')).body).toMatchObject({ id: added.id, name: 'Team B', plan: 'pro' });
    expect((await owner.get<ListBody<object>>('/projects')).body).toMatchObject({
      items: [{ id: added.projectId, name: 'Shop' }],
      total: 1,
    });
    expect((await owner.get('/people/me')).body).toMatchObject({ id: added.ownerId, role: 'owner' });
    const made = { action: 'workspace.created', subjectId: added.id, personId: null };
    expect(await actsOf(owner)).toMatchObject([{ ...made, details: { name: 'Team B', plan: 'pro' } }]);
    await join(owner, 'member');
    const listed = await listWorkspaces(place);
    expect(listed[0]).toMatchObject({ name: 'My workspace', plan: 'self-hosted', people: 1, projects: 1 });
    expect(listed.find(({ id }) => id === added.id)).toMatchObject({ name: 'Team B', people: 2, projects: 1 });
  });

  it('hides two of them from each other and from the first one', async () => {
    const [one, two] = [(await add('One')).owner, (await add('Two')).owner];
    const all = [server.client, one, two];
    for (const own of all) {
      const template = await own.create([ID]);
      const { body: key } = await own.post<{ id: string }>('/keys', { name: 'k' });
      const { body: project } = await own.post<{ id: string }>('/projects', { name: 'p' });
      const { id: person } = await join(own, 'admin');
      for (const path of [`/templates/${template}`, `/projects/${project.id}`, `/people/${person}`]) {
        expect((await own.get(path)).status).toBe(200);
        for (const other of all) if (other !== own) expectError(await other.get(path), 404, 'not_found');
      }
      for (const other of all) {
        if (other === own) continue;
        expectError(await other.delete(`/keys/${key.id}`), 404, 'not_found');
        expectError(await other.get('/templates', { 'x-datamaker-project': project.id }), 404, 'not_found');
        for (const list of ['/templates', '/projects', '/people', '/keys', '/audit']) {
          const { text } = await other.get(`${list}?limit=100`);
          for (const id of [template, key.id, project.id, person]) expect(text).not.toContain(id);
        }
      }
    }
  });

  it('holds a plan from the next request on, and leaves it to the operator', async () => {
    const { owner, id } = await add('Planned');
    expect((await owner.get('/workspace')).headers.get('x-ratelimit-limit')).toBeNull();
    expect(await setPlan(place, 'Planned', 'free')).toMatchObject({ id, plan: 'free' });
    expect((await owner.get('/workspace')).headers.get('x-ratelimit-limit')).toBe('60');
    const [refusal] = expectError(await owner.patch('/workspace', { plan: 'self-hosted' }), 403, 'forbidden');
    expect(refusal).toMatchObject({ code: 'plan_of_operator', pointer: '/plan' });
    // Nothing of a request that is refused is done; one that leaves the plan as it is changes the name.
    expectError(await owner.patch('/workspace', { name: 'Free', plan: 'pro' }), 403, 'forbidden');
    expect((await owner.get('/workspace')).body).toMatchObject({ name: 'Planned', plan: 'free' });
    expect((await owner.patch('/workspace', { name: 'Still', plan: 'free' })).body).toMatchObject({ name: 'Still' });
    expect(await setPlan(place, id, 'pro')).toMatchObject({ name: 'Still', plan: 'pro' });
    await setPlan(place, id, 'pro');
    const acts = (await actsOf(owner)).filter(({ personId }) => personId === null).map(({ details }) => details);
    expect(acts).toEqual([{ plan: 'pro' }, { plan: 'free' }, { name: 'Planned', plan: 'self-hosted' }]);
    expect(await setPlan({ ...place, plans: parsePlans('{"team":{}}') }, id, 'team')).toMatchObject({ plan: 'team' });
  });

  it('is removed as its owner would, and restored by them', async () => {
    const { owner, id } = await add('Short');
    await expect(removeWorkspace(place, 'Short', async () => 'short')).rejects.toMatchObject({ code: 'other_name' });
    expect((await owner.get('/templates')).status).toBe(200);
    const removed = await removeWorkspace(place, id, async ({ name }) => name);
    expect(removed.purgeAt?.getTime()).toBeGreaterThan(Date.now());
    expectError(await owner.get('/templates'), 403, 'workspace_deleted');
    await expect(removeWorkspace(place, id, async ({ name }) => name)).rejects.toMatchObject({
      code: 'already_deleted',
    });
    // Its name is free meanwhile, and names two when it is back.
    await add('short');
    await expect(add(' SHORT ')).rejects.toMatchObject({ code: 'name_taken' });
    expect((await owner.post('/workspace/restore', {})).status).toBe(200);
    expect((await owner.get('/templates')).status).toBe(200);
  });

  it('makes one of those that are asked for with a name at once, and none half', async () => {
    const results = await Promise.allSettled(Array.from({ length: 4 }, () => add('Same')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const named = (await listWorkspaces(place)).filter(({ name }) => name === 'Same');
    expect(named).toMatchObject([{ people: 1, projects: 1 }]);
  });

  it.each([
    ['name_taken', () => addWorkspace(place, { name: 'my WORKSPACE' })],
    ['invalid_name', () => addWorkspace(place, { name: ' ' })],
    ['invalid_name', () => addWorkspace(place, { name: 'a\u0007b' })],
    ['invalid_name', () => addWorkspace(place, { name: 'x'.repeat(201) })],
    ['invalid_name', () => addWorkspace(place, { name: 'New', project: '' })],
    ['unknown_plan', () => addWorkspace(place, { name: 'New', plan: 'gold' })],
    ['unknown_plan', () => addWorkspace(place, { name: 'New', plan: '__proto__' })],
    ['unknown_plan', () => setPlan(place, 'My workspace', 'toString')],
    ['unknown_workspace', () => setPlan(place, 'Nobody', 'free')],
    ['unknown_workspace', () => removeWorkspace(place, 'ws_00000000000000000000', async () => '')],
  ])('refuses with %s, and changes nothing (%#)', async (code, use) => {
    const before = await listWorkspaces(place);
    await expect(use()).rejects.toMatchObject({ name: 'StartError', code });
    expect(await listWorkspaces(place)).toEqual(before);
  });

  it('asks for the id where two have a name', async () => {
    const [{ id, owner }, { id: other }] = [await add('Twin'), await add('Twin of it')];
    await setPlan(place, other, 'free');
    await owner.patch('/workspace', { name: 'Twin of it' });
    await expect(setPlan(place, 'Twin of it', 'pro')).rejects.toThrow(id);
    expect(await setPlan(place, id, 'pro')).toMatchObject({ id, plan: 'pro' });
  });

  it('makes no key with another secret than that of the servers', async () => {
    const folder = temporaryFolder();
    const elsewhere = { ...place, dataDirectory: folder };
    if (kind === 'external') {
      await expect(addWorkspace(elsewhere, { name: 'Lost' })).rejects.toMatchObject({ code: 'other_secret' });
      writeFileSync(pathOf(folder, 'secret'), 'another secret of somebody else\n');
      await expect(addWorkspace(elsewhere, { name: 'Lost' })).rejects.toMatchObject({ code: 'other_secret' });
    } else {
      await expect(addWorkspace(elsewhere, { name: 'Lost' })).rejects.toThrow('There is no database in');
    }
    removeFolder(folder);
    await expect(addWorkspace({ dataDirectory: folder }, { name: 'Lost' })).rejects.toThrow('no data directory');
    expect((await listWorkspaces(place)).map(({ name }) => name)).not.toContain('Lost');
  });
});
