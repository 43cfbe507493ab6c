import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addProject } from '../testing/add-project.ts';
import { type Client, expectError, type ListBody } from '../testing/client.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';

interface SetBody {
  readonly name: string;
  readonly version: number;
  readonly row_count: number;
  readonly sha256: string;
  readonly template_id: string | null;
  readonly template_version: number | null;
  readonly seed: string | null;
  readonly engine_version: string | null;
  readonly stored_as: string;
  readonly rows: readonly Record<string, unknown>[];
  readonly offset: number;
  readonly next_offset: number | null;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe.each(STORES)('saved sets (%s)', (kind) => {
  let server: TestServer;
  let client: Client;
  beforeAll(async () => {
    server = await startOn(kind);
    client = server.client;
  });
  afterAll(() => server?.close());

  const save = async (body: object | string): Promise<SetBody> => {
    const answer = await client.post<SetBody>('/sets', body);
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
    return answer.body;
  };
  const load = async (path: string): Promise<SetBody> => (await client.get<SetBody>(`/sets/${path}`)).body;
  const audit = async (subject: string) => {
    const store = await server.openDatabase();
    const { rows } = await store
      .selectFrom('audit_entry')
      .selectAll()
      .execute()
      .then((all) => ({ rows: all.filter(({ details }) => (details as { name?: string }).name === subject) }))
      .finally(() => store.destroy());
    return rows.map(({ action }) => action);
  };

  it('are saved, listed, loaded and deleted as the API says', async () => {
    const saved = await client.post<SetBody>('/sets', { name: 'cities', rows: [{ id: 1, city: 'Köln' }] });
    expect(saved.status).toBe(201);
    expect(saved.headers.get('location')).toBe('/sets/cities');
    expect(saved.body).toMatchObject({
      name: 'cities',
      version: 1,
      row_count: 1,
      stored_as: 'rows',
      template_id: null,
    });
    const list = (await client.get<ListBody<SetBody>>('/sets')).body;
    expect(list.items.find(({ name }) => name === 'cities')).toEqual(saved.body);
    expect(await load('cities')).toEqual({
      ...saved.body,
      offset: 0,
      next_offset: null,
      rows: [{ id: 1, city: 'Köln' }],
    });
    expect((await client.delete('/sets/cities')).status).toBe(204);
    expectError(await client.get('/sets/cities'), 404, 'not_found');
    expectError(await client.delete('/sets/cities'), 404, 'not_found');
    expect(await audit('cities')).toEqual(['set.saved', 'set.deleted']);
    // The name is free again, and what was deleted stays deleted.
    expect(await save({ name: 'cities', rows: [] })).toMatchObject({ version: 1, row_count: 0 });
    expect((await load('cities')).rows).toEqual([]);
    const store = await server.openDatabase();
    const deleted = await store
      .selectFrom('saved_set')
      .where('deleted_at', 'is not', null)
      .where('name', '=', 'cities')
      .select('purge_at')
      .execute()
      .finally(() => store.destroy());
    const days = (Number(deleted[0]?.purge_at) - Date.now()) / 86_400_000;
    expect(deleted).toHaveLength(1);
    expect(Math.round(days)).toBe(30);
  });

  it('get a version each time, and no version changes', async () => {
    for (const n of [1, 2, 3]) expect(await save({ name: 'v', rows: [{ n }] })).toMatchObject({ version: n });
    expect(await load('v')).toMatchObject({ version: 3, rows: [{ n: 3 }] });
    expect(await load('v?version=1')).toMatchObject({ version: 1, rows: [{ n: 1 }] });
    const { items, total } = (await client.get<ListBody<SetBody>>('/sets/v/versions')).body;
    expect([items.map(({ version }) => version), total]).toEqual([[3, 2, 1], 3]);
    expectError(await client.get('/sets/v?version=4'), 404, 'not_found');
    for (const bad of ['0', '-1', 'x', '1.5', '99999999999999999']) {
      expectError(await client.get(`/sets/v?version=${bad}`), 422, 'validation_error');
    }
    const versions = await Promise.all(
      Array.from({ length: 20 }, (_, n) => save({ name: 'race', rows: [{ n }] }).then(({ version }) => version)),
    );
    expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('keep rows exactly as they are written', async () => {
    const rows =
      '[ {"10": 1, "2": 12345678901234567890, "a": null, "n":-0.10, "e" : 1E400 , "t": "\\u00e9\\u0000\\ud800 é", ' +
      '"o": { "z": [ 1.0, true , {} , [] ], "a": "\\" , }" } , "__proto__": {"x":1}, "": ""},{} ]';
    const kept =
      '{"10":1,"2":12345678901234567890,"a":null,"n":-0.10,"e":1E400,"t":"é\\u0000\\ud800 é",' +
      '"o":{"z":[1.0,true,{},[]],"a":"\\" , }"},"__proto__":{"x":1},"":""}';
    const { sha256: digest } = await save(`{"rows": ${rows}, "name": "exact"}`);
    const ndjson = await client.get('/sets/exact?format=ndjson');
    expect(ndjson.text).toBe(`${kept}\n{}\n`);
    expect(digest).toBe(sha256(ndjson.text));
    expect((await client.get('/sets/exact')).text).toContain(`"rows":[${kept},{}]}`);
    expect((await client.get('/sets/exact?format=json')).text).toBe(`[${kept},{}]`);
    expect((await client.get('/sets/exact?format=csv')).text.split('\n')[1]).toMatch(
      /^1,12345678901234567890,,-0\.10,1E400,/,
    );
  });

  it('keep any rows', async () => {
    const row = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
        await save(JSON.stringify({ name: 'any', rows }, null, 1));
        const { text } = await client.get('/sets/any?format=json');
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(rows)));
        expect(text).toBe(JSON.stringify(rows));
      }),
      { numRuns: 40 },
    );
  });

  it('are given in pages that join to the whole, across chunks', async () => {
    const rows = Array.from({ length: 2500 }, (_, id) => ({ id, text: `${id} `.repeat(80) }));
    const { sha256: digest } = await save({ name: 'long', rows });
    const all: unknown[] = [];
    for (let offset: number | null = 0; offset !== null; ) {
      const page: SetBody = await load(`long?offset=${offset}&limit=700`);
      expect(page.offset).toBe(offset);
      all.push(...page.rows);
      offset = page.next_offset;
    }
    expect(all).toEqual(rows);
    expect((await load('long')).rows).toEqual(rows);
    expect(sha256((await client.get('/sets/long?format=ndjson')).text)).toBe(digest);
    const csv = (await client.get('/sets/long?format=csv&offset=1234&limit=2')).text;
    expect(csv.split('\n').map((line) => line.slice(0, 9))).toEqual(['id,text', '1234,1234', '1235,1235', '']);
    expect((await load('long?offset=99999')).rows).toEqual([]);
    expect((await client.get('/sets/long?format=ndjson&offset=99999')).text).toBe('');
  });

  it('of a template are recipes with a receipt, which verify checks', async () => {
    const id = await client.create([
      { name: 'id', type: 'sequence' },
      { name: 'since', type: 'datetime', options: { min: '2020-01-01T00:00:00Z', max: 'now' } },
      { name: 'name', type: 'full_name' },
    ]);
    const saved = await save({ name: 'recipe', template_id: id, count: 5000, seed: 'demo' });
    expect(saved).toMatchObject({ template_id: id, template_version: 1, seed: 'demo', stored_as: 'recipe' });
    expect(saved.engine_version).toMatch(/^\d+\.\d+\.\d+/);
    await client.patch(`/templates/${id}`, { fields: [{ name: 'other', type: 'uuid' }] });
    await client.delete(`/templates/${id}`);
    const ndjson = (await client.get('/sets/recipe?format=ndjson')).text;
    expect(sha256(ndjson)).toBe(saved.sha256);
    const rows = ndjson
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect((await load('recipe')).rows).toEqual(rows);
    expect(await load('recipe?offset=4998&limit=1')).toMatchObject({ rows: [rows[4998]], next_offset: 4999 });
    expect((await client.get('/sets/recipe?format=sql&limit=1')).text).toMatch(/^INSERT INTO /);
    expectError(await client.get('/sets/recipe?format=docx'), 422, 'validation_error');
    expect((await client.get('/sets/recipe?format=csv&limit=1')).text).toBe(
      `id,since,name\n${Object.values(rows[0]).join(',')}\n`,
    );
    expect((await client.get('/sets/recipe?format=xlsx&limit=1')).text).toMatch(/^PK/);
    const verified = await client.post('/sets/recipe/verify');
    expect(verified.body).toMatchObject({ matches: true, sha256: saved.sha256, found_sha256: saved.sha256 });
    const store = await server.openDatabase();
    await store
      .updateTable('set_version')
      .set({ seed: 'x', sha256: Buffer.alloc(32) })
      .where('template_id', '=', id)
      .execute();
    await store.destroy();
    expect((await client.post('/sets/recipe/verify')).body).toMatchObject({
      matches: false,
      found_sha256: saved.sha256,
    });
  });

  it('that were given are verified by what is stored', async () => {
    await save({ name: 'kept', rows: [{ a: 1 }, { a: 2 }] });
    expect((await client.post('/sets/kept/verify')).body).toMatchObject({ matches: true, stored_as: 'rows' });
  });

  it('are compared row by row and by key', async () => {
    await save({
      name: 'd',
      rows: [
        { id: 1, a: 1 },
        { id: 2, a: 2 },
        { id: 3, a: 12345678901 },
      ],
    });
    await save(
      '{"name":"d","rows":[{"id":3,"a":12345678901},{"id":1,"a":1},{"id":2,"a":22},{"id":4,"a":12345678901234567890}]}',
    );
    const byKey = await client.get('/sets/d/diff?from=1&to=2&key=id');
    expect(byKey.text).toBe(
      '{"name":"d","from":1,"to":2,"key":"id","unchanged":2,"truncated":false,' +
        '"added":{"count":1,"rows":[{"id":4,"a":12345678901234567890}]},"removed":{"count":0,"rows":[]},' +
        '"changed":{"count":1,"rows":[{"at":2,"before":{"id":2,"a":2},"after":{"id":2,"a":22}}]}}',
    );
    const byPlace = (
      await client.get<Record<string, { count: number; rows: unknown[] }>>('/sets/d/diff?from=2&to=1&limit=1')
    ).body;
    expect(byPlace).toMatchObject({ unchanged: 0, added: { count: 0 }, removed: { count: 1 }, changed: { count: 3 } });
    expect([byPlace['changed']?.rows.length, byPlace['truncated']]).toEqual([1, true]);
    await save({ name: 'd', rows: [{ id: 1 }, { id: 1 }, {}] });
    expect(expectError(await client.get('/sets/d/diff?from=1&to=3&key=id'), 422, 'validation_error')[0]?.code).toBe(
      'duplicate_key',
    );
    expect(expectError(await client.get('/sets/d/diff?from=1&to=3&key=x'), 422, 'validation_error')[0]?.code).toBe(
      'missing_key',
    );
    expectError(await client.get('/sets/d/diff?from=1&to=9'), 404, 'not_found');
    expectError(await client.get('/sets/d/diff?from=1'), 422, 'validation_error');
  });

  it.each([
    ['nothing', {}],
    ['no name', { rows: [] }],
    ['neither rows nor template', { name: 'x' }],
    ['both', { name: 'x', rows: [], template_id: 'tmpl_x' }],
    ['a seed for given rows', { name: 'x', rows: [], seed: 1 }],
    ['an unknown key', { name: 'x', rows: [], colour: 1 }],
    ['rows that are no list', { name: 'x', rows: {} }],
    ['a row that is no object', { name: 'x', rows: [{}, 1] }],
    ['a row that is a list', { name: 'x', rows: [[]] }],
    ['a key twice', '{"name":"x","rows":[{"a":{"b":1,"b":2}}]}'],
    ['the rows twice', '{"name":"x","rows":[{"a":1}],"rows":[{"b":1}]}'],
    [
      'too many columns',
      { name: 'x', rows: [Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`c${i}`, i]))] },
    ],
    ['too many rows', `{"name":"x","rows":[${'{},'.repeat(100_000)}{}]}`],
    ['an empty name', { name: '', rows: [] }],
    ['a path for a name', { name: 'a/b', rows: [] }],
    ['dots for a name', { name: '..', rows: [] }],
    ['NUL in a name', { name: 'a\0b', rows: [] }],
    ['a name that turns text around', { name: 'a\u202eb', rows: [] }],
    ['a long name', { name: 'x'.repeat(129), rows: [] }],
    ['a name with look-alikes', { name: 'p\u0430ypal', rows: [] }],
    ['a name with an @', { name: 'x@v3', rows: [] }],
    ['a name of a device', { name: 'Nul', rows: [] }],
  ])('refuse %s', async (_, body) => {
    const before = (await client.get<ListBody<SetBody>>('/sets')).body.total;
    for (const { code, hint } of expectError(await client.post('/sets', body), 422, 'validation_error')) {
      expect(code).toMatch(/^[a-z_]+$/);
      if (hint !== undefined) expect(hint).toMatch(/\S/);
    }
    expect((await client.get<ListBody<SetBody>>('/sets')).body.total).toBe(before);
  });

  it('refuse what is too large, and templates that are not there', async () => {
    const answer = await client.post('/sets', { name: 'big', rows: [{ a: 'x'.repeat(10 * 1024 * 1024) }] });
    expectError(answer, 413, 'payload_too_large');
    expect(answer.text).toContain('10 MiB');
    expectError(await client.post('/sets', { name: 't', template_id: 'tmpl_x', count: 1 }), 404, 'not_found');
    const id = await client.create([{ name: 'id', type: 'sequence' }]);
    const order = { name: 't', template_id: id };
    for (const count of [undefined, 0, -1, 1.5, 'x', 1_000_001]) {
      expectError(await client.post('/sets', { ...order, count }), 422, 'validation_error');
    }
    expectError(await client.post('/sets', { ...order, count: 1, version: 2 }), 404, 'not_found');
    for (const version of [0, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
      expectError(await client.post('/sets', { ...order, count: 1, version }), 422, 'validation_error');
    }
    expect((await client.post('/sets', { ...order, template_id: `${id}@v1`, count: '3' })).status).toBe(201);
  });

  it('of others do not exist', async () => {
    await save({ name: 'mine', rows: [{ a: 'canary' }] });
    const other = client.as(await addProject(server));
    for (const path of ['/sets/mine', '/sets/mine?version=1', '/sets/mine/versions', '/sets/mine/diff?from=1&to=1']) {
      const answer = await other.get(path);
      expectError(answer, 404, 'not_found');
      expect(answer.text).not.toContain('canary');
    }
    expectError(await other.post('/sets/mine/verify'), 404, 'not_found');
    expectError(await other.delete('/sets/mine'), 404, 'not_found');
    expect((await other.get<ListBody<SetBody>>('/sets')).body).toMatchObject({ items: [], total: 0 });
    expect((await other.post<SetBody>('/sets', { name: 'mine', rows: [] })).body.version).toBe(1);
    expect((await load('mine')).rows).toEqual([{ a: 'canary' }]);
    expectError(await client.as(undefined).get('/sets/mine'), 401, 'unauthorized');
  });
});
