import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTENTS } from '../store/projects.ts';
import type { Client, ListBody } from '../testing/client.ts';
import { expectError } from '../testing/client.ts';
import { join, type KeyBody } from '../testing/people.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';

const ID = { name: 'id', type: 'sequence' };
interface Named {
  readonly id: string;
  readonly name: string;
}

describe.each(STORES)('the workspace over HTTP, on the %s store', (kind) => {
  let server: TestServer;
  let owner: Client;
  let first: string;
  beforeAll(async () => {
    server = await startOn(kind);
    owner = server.client;
    first = (await owner.get<ListBody<Named>>('/projects')).body.items[0]?.id ?? '';
  });
  afterAll(() => server?.close());
  const project = async (name = 'new'): Promise<string> => (await owner.post<Named>('/projects', { name })).body.id;

  it('is renamed by administrators, and put on a plan by owners', async () => {
    expect((await owner.get('/workspace')).body).toMatchObject({ name: 'My workspace', plan: 'self-hosted' });
    const admin = await join(owner, 'admin');
    expect((await admin.client.patch('/workspace', { name: 'Ours' })).body).toMatchObject({ name: 'Ours' });
    expectError(await admin.client.patch('/workspace', { plan: 'free' }), 403, 'forbidden');
    expect((await owner.patch('/workspace', { plan: 'pro' })).body).toMatchObject({ name: 'Ours', plan: 'pro' });
    for (const body of [{}, { plan: 'gold' }, { name: '' }, { id: 'ws_x' }, { workspaceId: 'x', name: 'x' }]) {
      expectError(await owner.patch('/workspace', body), 422, 'validation_error');
    }
    await owner.patch('/workspace', { plan: 'self-hosted' });
  });

  it('has projects, which are created, renamed, listed and deleted', async () => {
    const id = await project(' Second ');
    expect((await owner.get(`/projects/${id}`)).body).toMatchObject({ id, name: 'Second' });
    expect((await owner.patch(`/projects/${id}`, { name: 'Third' })).body).toMatchObject({ id, name: 'Third' });
    const { body } = await owner.get<ListBody<Named>>('/projects?limit=1');
    expect(body).toMatchObject({ items: [{ id, name: 'Third' }], total: 2 });
    expect((await owner.delete(`/projects/${id}`)).status).toBe(204);
    for (const answer of [await owner.get(`/projects/${id}`), await owner.delete(`/projects/${id}`)]) {
      expectError(answer, 404, 'not_found');
    }
    expectError(await owner.get('/templates', { 'x-datamaker-project': id }), 404, 'not_found');
  });

  it('keeps projects with something in them, and the last one', async () => {
    const id = await project();
    const { body } = await owner.post<KeyBody>('/keys', { name: 'x', projectId: id });
    const limited = owner.as(body.key);
    const template = await limited.create([ID]);
    expect(expectError(await owner.delete(`/projects/${id}`), 409, 'conflict')).toMatchObject([
      { code: 'project_not_empty' },
    ]);
    // A run that is under way keeps it too, whatever became of its template.
    const order = { count: 1_000_000_000, async: true };
    const { body: run } = await limited.post<{ run_id: string }>(`/templates/${template}/generate`, order);
    const stateOf = async () => (await limited.get<{ state: string }>(`/runs/${run.run_id}`)).body.state;
    await until(async () => (await stateOf()) === 'running');
    await limited.delete(`/templates/${template}`);
    expect(expectError(await owner.delete(`/projects/${id}`), 409, 'conflict')).toMatchObject([
      { code: 'project_not_empty' },
    ]);
    await limited.post(`/runs/${run.run_id}/cancel`, {});
    await until(async () => (await stateOf()) === 'cancelled');
    expect((await owner.delete(`/projects/${id}`)).status).toBe(204);
    // Keys for it went with it.
    expectError(await limited.get('/templates'), 401, 'unauthorized');
    expect(expectError(await owner.delete(`/projects/${first}`), 409, 'conflict')).toMatchObject([
      { code: 'last_project' },
    ]);
  });

  it('knows no key of a project that is deleted, also where nobody has revoked it', async () => {
    const id = await project();
    const { body } = await owner.post<KeyBody>('/keys', { name: 'x', projectId: id });
    const limited = owner.as(body.key);
    expect((await limited.get('/templates')).status).toBe(200);
    const store = await server.openDatabase();
    await store.updateTable('project').set({ deleted_at: new Date() }).where('id', '=', id).execute();
    await store.destroy();
    expectError(await limited.get('/templates'), 401, 'unauthorized');
  });

  it('has nothing in projects that were deleted just when it came', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 25; round++) {
      const id = await project();
      const body = { name: 'x', fields: [ID] };
      const [created, deleted] = await Promise.all([
        owner.post('/templates', body, { 'x-datamaker-project': id }),
        owner.delete(`/projects/${id}`),
      ]);
      outcomes.add(`${created.status} ${deleted.status}`);
    }
    expect(['201 409', '404 204']).toEqual(expect.arrayContaining([...outcomes]));
    const store = await server.openDatabase();
    const { rows } = await sql`
      SELECT FROM template JOIN project ON project.id = project_id AND project.deleted_at IS NOT NULL
       WHERE template.deleted_at IS NULL`.execute(store);
    const late = store.insertInto('template').values({
      id: 'tmpl_late',
      workspace_id: (await store.selectFrom('workspace').select('id').executeTakeFirstOrThrow()).id,
      project_id: (
        await store.selectFrom('project').where('deleted_at', 'is not', null).select('id').executeTakeFirstOrThrow()
      ).id,
      version: 1,
    });
    await expect(late.execute()).rejects.toThrow('the project is deleted');
    await store.destroy();
    expect(rows).toEqual([]);
  });

  it('knows of all that may be in a project', async () => {
    const store = await server.openDatabase();
    const { rows } = await sql<{ name: string }>`
      SELECT table_name AS name FROM information_schema.columns
       WHERE column_name = 'project_id' AND table_schema = 'public'`.execute(store);
    await store.destroy();
    // Keys and counters go with a project; the audit stays.
    const others = ['api_key', 'audit_entry', 'counter'];
    expect(rows.map(({ name }) => name).toSorted()).toEqual([...CONTENTS, ...others].toSorted());
  });

  describe.each(['sets', 'files'] as const)('moves %s between its projects', (what) => {
    const path = what === 'sets' ? '/sets' : '/workspace/files';
    const add = (name: string, text: string, projectId = first) => {
      const headers = { 'x-datamaker-project': projectId };
      return what === 'sets'
        ? owner.post(path, { name, rows: [{ text }] }, headers)
        : owner.upload(name, text, headers);
    };
    const move = (names: readonly string[], projectId: string) =>
      owner.post(`${path}/move`, { [what]: names, projectId });
    const textOf = async (name: string, projectId: string) => {
      const { status, text } = await owner.get(`${path}/${name}`, { 'x-datamaker-project': projectId });
      return status === 200 ? text : status;
    };

    it('all or none, with what is in them, and notes it', async () => {
      const to = await project();
      for (const name of ['a', 'b']) expect((await add(name, `text of ${name}`)).status).toBe(201);
      const before = await textOf('a', first);
      expect(before).toContain('text of a');
      expectError(await move(['a', 'nothing', 'b'], to), 404, 'not_found');
      expectError(await move(['a', 'b'], 'proj_nothing'), 404, 'not_found');
      expect((await move(['a', 'b'], first)).status).toBe(204);
      expect(await textOf('a', first)).toBe(before);
      expect((await move(['a', 'b', 'a'], to)).status).toBe(204);
      expect([await textOf('a', first), await textOf('a', to)]).toEqual([404, before]);
      expect(await textOf('b', to)).toContain('text of b');
      const { body } = await owner.get<ListBody<object>>(`/audit?action=${what.slice(0, -1)}.moved`);
      expect(body.items).toMatchObject([
        { projectId: to, details: { from: first, to } },
        { projectId: to, details: { from: first, to } },
      ]);
      for (const wrong of [{ [what]: [], projectId: to }, { [what]: ['a'] }, { [what]: ['a\0'], projectId: to }]) {
        expectError(await owner.post(`${path}/move`, wrong), 422, 'validation_error');
      }
    });

    it('not where one has the name, and says which; also when two move at once', async () => {
      const to = await project();
      const other = await project();
      for (const name of ['c', 'd', 'e']) await add(name, `text of ${name}`);
      await add('d', 'theirs', to);
      await add('e', 'theirs', to);
      const diagnostics = expectError(await move(['c', 'd', 'e'], to), 409, 'conflict');
      expect(diagnostics).toMatchObject([
        { code: 'name_taken', pointer: `/${what}/1` },
        { code: 'name_taken', pointer: `/${what}/2` },
      ]);
      expect(await textOf('c', first)).toContain('text of c');
      expect(await textOf('d', to)).toContain('theirs');
      const empty = await project();
      const answers = await Promise.all([
        move(['d'], empty),
        owner.post(`${path}/move`, { [what]: ['d'], projectId: empty }, { 'x-datamaker-project': to }),
      ]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409]);
      expect((await move(['c'], other)).status).toBe(204);
      // What was deleted has left its name.
      await add('c', 'again');
      await owner.send('DELETE', `${path}/c`, undefined, { 'x-datamaker-project': other });
      expect((await move(['c'], other)).status).toBe(204);
    });
  });

  describe('moves templates between its projects', () => {
    const move = (templates: readonly string[], projectId: string) =>
      owner.post('/templates/move', { templates, projectId });
    const inside = (id: string, projectId: string) =>
      owner.get(`/templates/${id}`, { 'x-datamaker-project': projectId }).then(({ status }) => status === 200);

    it('all or none, and notes it', async () => {
      const to = await project();
      const [a, b] = [await owner.create([ID], 'a'), await owner.create([ID], 'b')];
      expectError(await move([a, 'tmpl_nothing', b], to), 404, 'not_found');
      expectError(await move([a, b], 'proj_nothing'), 404, 'not_found');
      expect([await inside(a, first), await inside(b, first)]).toEqual([true, true]);
      expect((await move([a, b, a], to)).status).toBe(204);
      expect([await inside(a, first), await inside(a, to), await inside(b, to)]).toEqual([false, true, true]);
      const { body } = await owner.get<ListBody<object>>(`/audit?subject=${a}&action=template.moved`);
      expect(body.items).toMatchObject([{ projectId: to, details: { from: first, to } }]);
      for (const wrong of [{ templates: [], projectId: to }, { templates: [a] }, { templates: a, projectId: to }]) {
        expectError(await owner.post('/templates/move', wrong), 422, 'validation_error');
      }
    });

    it('together with those whose rows are in theirs, at any depth', async () => {
      const to = await project();
      const inner = await owner.create([ID], 'inner');
      const nest = { name: 'inner', type: 'template', options: { template_id: inner } };
      const outer = await owner.create([{ name: 'wrap', type: 'object', options: { fields: [nest] } }], 'outer');
      for (const one of [inner, outer]) {
        expect(expectError(await move([one], to), 409, 'conflict')).toMatchObject([{ code: 'nested_template' }]);
      }
      // One that is deleted is nobody's to move, and holds nothing back.
      const deleted = await owner.create([ID], 'deleted');
      expect((await owner.delete(`/templates/${deleted}`)).status).toBe(204);
      expectError(await move([deleted], to), 404, 'not_found');
      expect((await owner.post(`/templates/${deleted}/restore`)).status).toBe(200);
      expect(await inside(deleted, first)).toBe(true);
      const wrapped = { name: 'wrap', type: 'object', options: { fields: [nest] } };
      expect((await owner.delete(`/templates/${await owner.create([wrapped], 'gone')}`)).status).toBe(204);
      expect((await move([outer, inner], to)).status).toBe(204);
      const rows = await owner.post<object[]>(
        `/templates/${outer}/generate`,
        { count: 1 },
        { 'x-datamaker-project': to },
      );
      expect(rows.status).toBe(200);
    });
  });
});
