import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addProject } from '../testing/add-project.ts';
import type { Client, ListBody, TemplateBody } from '../testing/client.ts';
import { expectError } from '../testing/client.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';

const ID = { name: 'id', type: 'sequence' };
const NAME = { name: 'first', type: 'first_name' };

describe.each(STORES)('templates over HTTP, on the %s store', (kind) => {
  let server: TestServer;
  let client: Client;
  beforeAll(async () => {
    server = await startOn(kind);
    client = server.client;
  });
  afterAll(() => server?.close());

  it('are created, and read where Location says', async () => {
    const created = await client.post('/templates', { name: 'customer', fields: [ID, NAME], locale: 'de' });
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toBe(`/templates/${created.body.id}`);
    expect(created.body).toEqual({
      id: expect.stringMatching(/^tmpl_[0-9a-z]{26}$/),
      name: 'customer',
      fields: [ID, NAME],
      locale: 'de',
      version: 1,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: created.body.createdAt,
    });
    const read = await client.get(created.headers.get('location') ?? '');
    expect(read.status).toBe(200);
    expect(read.body).toEqual(created.body);
  });

  it('are listed by name, as they are called now', async () => {
    const named = async (name: string) =>
      (await client.get<ListBody<TemplateBody>>(`/templates?name=${encodeURIComponent(name)}&limit=1`)).body;
    const first = await client.create([ID], 'Ä twin');
    const second = await client.create([ID], 'Ä twin');
    const page = await named('Ä twin');
    expect([page.items.map(({ id }) => id), page.total]).toEqual([[second], 2]);
    const next = `/templates?name=${encodeURIComponent('Ä twin')}&cursor=${page.next_cursor}`;
    expect((await client.get<ListBody<TemplateBody>>(next)).body.items.map(({ id }) => id)).toEqual([first]);
    expectError(await client.get(`/templates?cursor=${page.next_cursor}`), 400, 'invalid_cursor');
    await client.patch(`/templates/${first}`, { name: 'else' });
    expect([(await named('Ä twin')).total, (await named('nobody')).total]).toEqual([1, 0]);
    expectError(await client.get('/templates?name='), 422, 'validation_error');
  });

  it('get a new version by PATCH, and keep the old ones', async () => {
    const id = await client.create([ID], 'before');
    const changed = await client.patch(`/templates/${id}`, { name: 'after', fields: [ID, NAME], locale: 'fr' });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ id, name: 'after', fields: [ID, NAME], locale: 'fr', version: 2 });
    expect((await client.get(`/templates/${id}`)).body).toEqual(changed.body);
    const old = await client.get(`/templates/${id}@v1`);
    expect(old.body).toMatchObject({ id, name: 'before', fields: [ID], version: 1 });
    expect((await client.get(`/templates/${id}@v2`)).body).toMatchObject({ name: 'after', version: 2 });
    const third = await client.patch(`/templates/${id}`, { locale: null });
    expect(third.body).toMatchObject({ name: 'after', version: 3 });
    expect(third.body).not.toHaveProperty('locale');
    const weighted = await client.patch(`/templates/${id}`, { weighting: 'population' });
    expect(weighted.body).toMatchObject({ fields: [ID, NAME], weighting: 'population', version: 4 });
    expectError(await client.patch(`/templates/${id}`, { weighting: 'zipf' }), 422, 'validation_error');
    expectError(await client.get(`/templates/${id}@v5`), 404, 'not_found');
    expectError(await client.patch(`/templates/${id}@v1`, { name: 'x' }), 404, 'not_found');
    const rows = await client.post<object[]>(`/templates/${id}@v1/generate`, { count: 1 });
    expect(rows.body).toEqual([{ id: 1 }]);
    const { status, body } = await client.get<ListBody<TemplateBody>>(`/templates/${id}/versions`);
    expect(status).toBe(200);
    expect(body.items.map(({ version, name }) => [version, name])).toEqual([
      [4, 'after'],
      [3, 'after'],
      [2, 'after'],
      [1, 'before'],
    ]);
    expect(body).toMatchObject({ next_cursor: null, total: 4 });
  });

  it('lose no change when many come at once', async () => {
    const id = await client.create([ID]);
    const names = Array.from({ length: 12 }, (_, index) => `name ${index}`);
    const changed = await Promise.all(names.map((name) => client.patch(`/templates/${id}`, { name })));
    expect(changed.map(({ body }) => body.version).toSorted((a, b) => a - b)).toEqual(names.map((_, i) => i + 2));
    for (const { body } of changed) {
      expect((await client.get(`/templates/${id}@v${body.version}`)).body.name).toBe(body.name);
    }
  });

  it('stay as they are when a change is refused', async () => {
    const id = await client.create([ID], 'kept');
    expectError(
      await client.patch(`/templates/${id}`, { name: 'x', fields: [{ type: 'nope' }] }),
      422,
      'validation_error',
    );
    expectError(await client.patch(`/templates/${id}`, {}), 422, 'validation_error');
    expectError(await client.patch(`/templates/${id}`, { version: 9 }), 422, 'validation_error');
    expect((await client.get(`/templates/${id}`)).body).toMatchObject({ name: 'kept', version: 1 });
  });

  it('are gone after DELETE', async () => {
    const id = await client.create([ID]);
    expect(await client.delete(`/templates/${id}`)).toMatchObject({ status: 204, text: '' });
    for (const answer of [
      await client.get(`/templates/${id}`),
      await client.get(`/templates/${id}@v1`),
      await client.get(`/templates/${id}/versions`),
      await client.patch(`/templates/${id}`, { name: 'x' }),
      await client.post(`/templates/${id}/generate`, { count: 1 }),
      await client.post(`/templates/${id}/preview`),
      await client.delete(`/templates/${id}`),
    ])
      expectError(answer, 404, 'not_found');
    const { body } = await client.get<ListBody<TemplateBody>>('/templates?limit=100');
    expect(body.items.map((item) => item.id)).not.toContain(id);
    const nesting = { name: 'order', type: 'template', options: { template_id: id } };
    const refused = await client.post('/templates', { name: 'orders', fields: [nesting] });
    expect(expectError(refused, 422, 'validation_error')).toMatchObject([
      { code: 'template_not_found', pointer: '/fields/0/options/template_id' },
    ]);
  });

  it.each([
    `O'Brien "the" \\ quote`,
    "'); DROP TABLE template; --",
    '{{first}} ${1} %s $1 :a ?',
    'Zoë 👩‍👩‍👧 漢字 \u202e rtl',
    '  spaces around  ',
    '__proto__',
    'constructor',
  ])('keep a name as it was given: %s', async (name) => {
    const fields = [{ name, type: 'constant', options: { value: name } }];
    const { status, body } = await client.post('/templates', { name, fields });
    expect(status).toBe(201);
    expect((await client.get(`/templates/${body.id}`)).body).toMatchObject({ name, fields });
    const rows = await client.post<object[]>(`/templates/${body.id}/generate`, { count: 1 });
    expect(Object.entries(rows.body[0] ?? {})).toEqual([[name, name]]);
  });

  describe('in a list', () => {
    let holder: Client;
    beforeAll(async () => {
      holder = client.as(await addProject(server));
    });
    const list = (query: string, as = holder) => as.get<ListBody<TemplateBody>>(`/templates${query}`);

    it('are shown each exactly once, though others are added meanwhile', async () => {
      const ids = [];
      for (let index = 0; index < 25; index++) ids.push(await holder.create([ID], `listed ${index}`));
      const seen: string[] = [];
      let query = '?limit=7';
      for (;;) {
        const { body } = await list(query);
        seen.push(...body.items.map(({ id }) => id));
        expect(body.items.length).toBeLessThanOrEqual(7);
        if (body.next_cursor === null) break;
        query = `?limit=7&cursor=${encodeURIComponent(body.next_cursor)}`;
        await holder.create([ID], 'added meanwhile');
      }
      expect(seen).toEqual(ids.toReversed());
      expect((await list('')).body).toMatchObject({ total: 28, items: { length: 20 } });
    });

    it('are not shown for cursors that it did not give', async () => {
      const cursor = (await list('?limit=1')).body.next_cursor ?? '';
      expect((await list(`?limit=1&cursor=${cursor}`)).status).toBe(200);
      for (const bad of [`A${cursor}`, `${cursor}A`, cursor.slice(0, -1), cursor.replace('.', ''), 'x.y', '%00', '.']) {
        expectError(await list(`?cursor=${bad}`), 400, 'invalid_cursor');
      }
    });

    it('of another project are not shown, nor anything of them elsewhere', async () => {
      const cursor = (await list('?limit=1')).body.next_cursor ?? '';
      const other = holder.as(await addProject(server));
      expectError(await list(`?cursor=${cursor}`, other), 400, 'invalid_cursor');
      expect((await list('', other)).body).toEqual({ items: [], next_cursor: null, total: 0 });
      const id = await holder.create([ID]);
      expectError(await other.get(`/templates/${id}`), 404, 'not_found');
      expectError(await other.get(`/templates/${id}@v1`), 404, 'not_found');
      expectError(await other.get(`/templates/${id}/versions`), 404, 'not_found');
      expectError(await other.patch(`/templates/${id}`, { name: 'x' }), 404, 'not_found');
      expectError(await other.delete(`/templates/${id}`), 404, 'not_found');
      // Not that it is at another version.
      for (const method of ['PATCH', 'DELETE']) {
        const body = method === 'PATCH' ? { name: 'x' } : undefined;
        expectError(await other.send(method, `/templates/${id}`, body, { 'if-match': '"x"' }), 404, 'not_found');
      }
      expectError(await other.post(`/templates/${id}/generate`, { count: 1 }), 404, 'not_found');
      const fields = [{ name: 'x', type: 'template', options: { template_id: id } }];
      expectError(await other.post('/templates', { name: 'thief', fields }), 422, 'validation_error');
      expect((await holder.get(`/templates/${id}`)).body.version).toBe(1);
    });

    it.each(['?limit=0', '?limit=101', '?limit=1.5', '?limit=x', '?limit=', '?offset=3'])(
      'are not shown for %s',
      async (query) => {
        expectError(await list(query), 422, 'validation_error');
      },
    );
  });
});
