import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addProject } from '../testing/add-project.ts';
import { type Client, expectError, type ListBody, type TemplateBody } from '../testing/client.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';

const ID = { name: 'id', type: 'uuid' };
const EMAIL = { name: 'email', type: 'email' };
const CITY = { name: 'city', type: 'city', options: { locale: 'de_DE' } };

describe.each(STORES)('a template, with the %s store', (kind) => {
  let server: TestServer;
  let client: Client;
  let other: Client;
  beforeAll(async () => {
    server = await startOn(kind);
    client = server.client;
    other = client.as(await addProject(server));
  });
  afterAll(() => server?.close());

  it('tells what became of it between two versions', async () => {
    const id = await client.create([ID, EMAIL, CITY], 'first');
    const moved = { ...CITY, options: { locale: 'en_GB' } };
    await client.patch(`/templates/${id}`, { name: 'second', fields: [moved, ID, { name: 'iban', type: 'iban' }] });
    const { status, body } = await client.get<object>(`/templates/${id}/diff?from=1&to=2`);
    expect(status).toBe(200);
    expect(body).toEqual({
      from: 1,
      to: 2,
      same: false,
      changed: { name: { from: 'first', to: 'second' } },
      fields: {
        added: [{ name: 'iban', type: 'iban' }],
        removed: [EMAIL],
        changed: [{ name: 'city', from: CITY, to: moved, pointers: ['/options/locale'] }],
        reordered: true,
      },
    });
    expect((await client.get<object>(`/templates/${id}/diff?from=2&to=2`)).body).toMatchObject({ same: true });
    expectError(await client.get(`/templates/${id}/diff?from=1&to=3`), 404, 'not_found');
    expectError(await client.get(`/templates/${id}/diff?from=0&to=1`), 422, 'validation_error');
    expectError(await other.get(`/templates/${id}/diff?from=1&to=2`), 404, 'not_found');
  });

  it('is rolled back by a new version', async () => {
    const id = await client.create([ID], 'first');
    await client.patch(`/templates/${id}`, { name: 'second', locale: 'de_DE', fields: [EMAIL] });
    const back = await client.post(`/templates/${id}/rollback`, { version: 1 });
    expect(back.status).toBe(200);
    expect(back.body).toMatchObject({ id, name: 'first', version: 3, fields: [ID] });
    expect(back.body.locale).toBeUndefined();
    expectError(await client.post(`/templates/${id}/rollback`, { version: 9 }), 404, 'not_found');
    const greatest = 2 ** 31 - 1;
    expectError(await client.post(`/templates/${id}/rollback`, { version: greatest }), 404, 'not_found');
    for (const version of [greatest + 1, Number.MAX_SAFE_INTEGER]) {
      expectError(await client.post(`/templates/${id}/rollback`, { version }), 422, 'validation_error');
    }
    expectError(await client.post(`/templates/${id}@v1/rollback`, { version: 1 }), 404, 'not_found');
    expectError(await client.post(`/templates/${id}/rollback`, {}), 422, 'validation_error');
    expectError(await other.post(`/templates/${id}/rollback`, { version: 1 }), 404, 'not_found');
    expect((await client.get(`/templates/${id}@v2`)).body).toMatchObject({ name: 'second', locale: 'de_DE' });
  });

  it('is changed by whoever has seen its newest version, and by nobody else', async () => {
    const created = await client.post('/templates', { name: 'tagged', fields: [ID] });
    const path = `/templates/${created.body.id}`;
    const first = created.headers.get('etag') ?? '';
    expect(first).toBe((await client.get(path)).headers.get('etag'));
    const second = await client.send<TemplateBody>('PATCH', path, { name: 'b' }, { 'if-match': first });
    expect([second.status, second.body.version]).toEqual([200, 2]);
    for (const tag of [first, `W/${second.headers.get('etag')}`, '"x"', 'nonsense']) {
      const headers = { 'if-match': tag };
      expectError(await client.send('PATCH', path, { name: 'c' }, headers), 412, 'version_conflict');
      expectError(await client.send('DELETE', path, undefined, headers), 412, 'version_conflict');
      expectError(await client.post(`${path}/rollback`, { version: 1 }, headers), 412, 'version_conflict');
    }
    expect((await client.get(path)).body).toMatchObject({ name: 'b', version: 2 });
    const tags = `${first}, ${second.headers.get('etag')}`;
    expect((await client.send('PATCH', path, { name: 'c' }, { 'if-match': tags })).status).toBe(200);
    expect((await client.send('DELETE', path, undefined, { 'if-match': '*' })).status).toBe(204);
  });

  it('has one winner when two change what both have seen', async () => {
    const created = await client.post('/templates', { name: 'race', fields: [ID] });
    const headers = { 'if-match': created.headers.get('etag') ?? '' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        client.send('PATCH', `/templates/${created.body.id}`, { name: `race ${index}` }, headers),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(412)]);
  });

  it('need not be sent to whoever has it', async () => {
    const id = await client.create([ID]);
    const tag = (await client.get(`/templates/${id}`)).headers.get('etag') ?? '';
    const known = await client.get(`/templates/${id}`, { 'if-none-match': `"x", W/${tag}` });
    expect([known.status, known.text]).toEqual([304, '']);
    await client.patch(`/templates/${id}`, { name: 'other' });
    expect((await client.get(`/templates/${id}`, { 'if-none-match': tag })).status).toBe(200);
  });

  it('is copied', async () => {
    const id = await client.create([ID], 'original');
    await client.patch(`/templates/${id}`, { fields: [EMAIL] });
    const copy = await client.post(`/templates/${id}/duplicate`, {});
    expect(copy.status).toBe(201);
    expect(copy.body).toMatchObject({ name: 'original (copy)', fields: [EMAIL], version: 1 });
    expect(copy.headers.get('location')).toBe(`/templates/${copy.body.id}`);
    const older = await client.post(`/templates/${id}@v1/duplicate`, { name: 'older' });
    expect(older.body).toMatchObject({ name: 'older', fields: [ID] });
    expectError(await other.post(`/templates/${id}/duplicate`, {}), 404, 'not_found');
  });

  it('comes back when its deletion is taken back', async () => {
    const id = await client.create([ID], 'lost');
    expectError(await other.post(`/templates/${id}/restore`, {}), 404, 'not_found');
    await client.delete(`/templates/${id}`);
    const { body } = await client.get<ListBody<{ id: string; name: string; deletedAt: string }>>('/templates/deleted');
    expect(body.items[0]).toMatchObject({ id, name: 'lost', deletedAt: expect.stringMatching(/Z$/) });
    expect((await other.get<ListBody<object>>('/templates/deleted')).body.items).toEqual([]);
    expectError(await other.post(`/templates/${id}/restore`, {}), 404, 'not_found');
    expectError(await client.get(`/templates/${id}`), 404, 'not_found');
    for (let times = 0; times < 2; times++) {
      expect((await client.post(`/templates/${id}/restore`, {})).body).toMatchObject({ id, name: 'lost', version: 1 });
    }
    expect((await client.get(`/templates/${id}`)).status).toBe(200);
  });

  it('is taken elsewhere with what it nests', async () => {
    const inner = await client.create([CITY], 'inner');
    const middle = await client.create([{ name: 'in', type: 'template', options: { template_id: inner } }], 'middle');
    const id = await client.create(
      [
        ID,
        { name: 'a', type: 'template', options: { template_id: middle } },
        { name: 'b', type: 'template', options: { template_id: inner } },
      ],
      'outer',
    );
    const exported = await client.get<{ templates: TemplateBody[] }>(`/templates/${id}/export`);
    expect(exported.headers.get('content-disposition')).toBe(`attachment; filename="${id}.template.json"`);
    expect(exported.body.templates.map(({ name }) => name)).toEqual(['inner', 'middle', 'outer']);
    const imported = await other.post<{ templates: TemplateBody[] }>('/templates/bundle', exported.body);
    expect(imported.status).toBe(201);
    const outer = imported.body.templates.at(-1);
    expect(outer?.id).not.toBe(id);
    const rows = async (who: Client, ref: string | undefined) =>
      (await who.post(`/templates/${ref}/generate`, { count: 5, seed: 'x', format: 'json' })).text;
    expect(await rows(other, outer?.id)).toBe(await rows(client, id));
    expectError(await other.get(`/templates/${id}/export`), 404, 'not_found');
  });

  it('comes from a bundle whole or not at all', async () => {
    const bundle = (...templates: object[]) => ({ kind: 'datamaker/templates', version: 1, templates });
    const nest = (name: string, of: string) => ({ name, type: 'template', options: { template_id: of } });
    const total = async () => (await client.get<ListBody<object>>('/templates')).body.total;
    const before = await total();
    const send = (body: object) => client.post('/templates/bundle', body);
    const wrong = await send(
      bundle(
        { id: 'b', name: 'b', fields: [nest('a', 'a')] },
        { id: 'a', name: 'a', fields: [{ name: 'x', type: 'none' }] },
      ),
    );
    expect(expectError(wrong, 422, 'validation_error')[0]?.pointer).toMatch(/^\/templates\/1\/fields\/0/);
    const late = await send(
      bundle({ id: 'a', name: 'a', fields: [ID] }, { id: 'b', name: 'b', fields: [nest('c', 'tmpl_none')] }),
    );
    expect(expectError(late, 422, 'validation_error')[0]?.pointer).toMatch(/^\/templates\/1/);
    const cycle = await send(
      bundle({ id: 'a', name: 'a', fields: [nest('b', 'b')] }, { id: 'b', name: 'b', fields: [nest('a', 'a')] }),
    );
    expect(expectError(cycle, 422, 'validation_error')[0]).toMatchObject({ code: 'template_cycle' });
    const twice = await send(bundle({ id: 'a', name: 'a', fields: [ID] }, { id: 'a', name: 'b', fields: [ID] }));
    expect(expectError(twice, 422, 'validation_error')[0]).toMatchObject({
      code: 'duplicate_id',
      pointer: '/templates/1',
    });
    expectError(await send({ kind: 'other', version: 1, templates: [] }), 422, 'validation_error');
    expect(await total()).toBe(before);
  });

  it('is checked while it is written', async () => {
    const check = (body: object) => client.post<{ valid: boolean; diagnostics: object[] }>('/templates/validate', body);
    expect((await check({ fields: [ID] })).body).toEqual({ valid: true, diagnostics: [] });
    const { status, body } = await check({ fields: [ID, { name: 'id', type: 'none' }] });
    expect([status, body.valid]).toEqual([200, false]);
    expect(body.diagnostics.length).toBeGreaterThan(0);
    expect(body.diagnostics[0]).toMatchObject({ pointer: expect.stringMatching(/^\/fields\/1/) });
    expectError(await check({ name: 'x' }), 422, 'validation_error');
  });
});
