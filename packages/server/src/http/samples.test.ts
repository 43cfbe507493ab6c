import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addProject } from '../testing/add-project.ts';
import { type Client, type ErrorBody, expectError } from '../testing/client.ts';
import { A_STORE, startOn, type TestServer } from '../testing/servers.ts';

const sample = (name: string, from: string, column?: string) => ({
  name,
  type: 'sample',
  options: { from, ...(column === undefined ? {} : { column }) },
});

describe.each(A_STORE)('fields that pick from sets and files (%s)', (kind) => {
  let server: TestServer;
  let client: Client;
  beforeAll(async () => {
    server = await startOn(kind);
    client = server.client;
  });
  afterAll(() => server?.close());

  const rowsOf = async (id: string, count = 50): Promise<Record<string, unknown>[]> => {
    const answer = await client.post<Record<string, unknown>[]>(`/templates/${id}/generate`, { count, seed: 's' });
    expect({ status: answer.status, text: answer.text.slice(0, 300) }).toMatchObject({ status: 200 });
    return answer.body;
  };
  const save = async (name: string, rows: readonly object[]): Promise<void> => {
    expect((await client.post('/sets', { name, rows })).status).toBe(201);
  };
  const put = async (name: string, content: string): Promise<void> => {
    expect([200, 201]).toContain((await client.upload(name, content)).status);
  };
  /** The codes of what is wrong with a template of such fields. */
  const refused = async (...fields: object[]) => {
    const answer = await client.post<ErrorBody>('/templates', { name: 't', fields });
    return expectError(answer, 422, 'validation_error');
  };

  it('take records of a set, whole, the newest version or one that is named', async () => {
    await save('customers', [
      { id: 'DE-1', city: 'Köln' },
      { id: 'FR-1', city: null },
    ]);
    const newest = await client.create([sample('id', 'customers', 'id'), sample('city', 'customers', 'city')]);
    const first = await client.create([sample('id', 'customers@v1', 'id')]);
    const records = new Set((await rowsOf(newest)).map(({ id, city }) => `${id} ${city}`));
    expect([...records].toSorted()).toEqual(['DE-1 Köln', 'FR-1 null']);
    await save('customers', [{ id: 'NL-1', city: 'Delft' }]);
    expect(new Set((await rowsOf(newest)).map(({ id }) => id))).toEqual(new Set(['NL-1']));
    expect(new Set((await rowsOf(first)).map(({ id }) => id))).toEqual(new Set(['DE-1', 'FR-1']));
  });

  it.each([
    ['CSV', 'id,city\n1,Köln\n2,\n', [{ v: { id: '1', city: 'Köln' } }, { v: { id: '2', city: null } }]],
    ['CSV with semicolons', 'id;city\n1;"a;b"\n', [{ v: { id: '1', city: 'a;b' } }]],
    ['CSV of one column', 'id\n1\n', [{ v: { id: '1' } }]],
    ['JSON', '["pen", {"a": [1]}]', [{ v: 'pen' }, { v: { a: [1] } }]],
    ['NDJSON', '{"a":1}\n\n{"a":null}\n', [{ v: { a: 1 } }, { v: { a: null } }]],
  ])('take records of a file of %s', async (name, content, records) => {
    await put(`lookups/${name}`, content);
    const id = await client.create([sample('v', `lookups/${name}`)]);
    const found = new Set((await rowsOf(id)).map((row) => JSON.stringify(row)));
    expect(found).toEqual(new Set(records.map((row) => JSON.stringify(row))));
  });

  it('take them in every place that a field may be', async () => {
    await save('deep', [{ x: 1 }]);
    const inner = await client.create([sample('x', 'deep', 'x')]);
    const id = await client.create([
      { name: 'o', type: 'object', options: { fields: [{ name: 'p', type: 'from_set', options: { set: 'deep' } }] } },
      { name: 'n', type: 'template', options: { template_id: inner } },
    ]);
    expect(await rowsOf(id, 1)).toEqual([{ o: { p: { x: 1 } }, n: { x: 1 } }]);
    const mask = await client.post('/mask', { rows: [{ x: 1 }], strategies: { x: 'keep' }, templateId: inner });
    expect(mask.text).not.toContain('resource_not_found');
    expect((await client.post(`/templates/${id}/profile`, { count: 10 })).status).toBe(200);
  });

  it('are read also for a bundle, and for a request that has an Idempotency-Key', async () => {
    await put('bundled.json', '["pen"]');
    const body = { name: 'picks', fields: [sample('v', 'bundled.json')] };
    const created = await client.post('/templates', body, { 'idempotency-key': 'picks' });
    expect(created.status).toBe(201);
    const { text } = await client.get(`/templates/${created.body.id}/export`);
    expect((await client.post('/templates/bundle', text)).status).toBe(201);
    const rows = await client.post(
      `/templates/${created.body.id}/generate`,
      { count: 1 },
      { 'idempotency-key': 'rows' },
    );
    expect(rows.body).toEqual([{ v: 'pen' }]);
  });

  it('become a set of rows, since what they picked from may go', async () => {
    await put('going.csv', 'id\n1\n2\n');
    const id = await client.create([sample('v', 'going.csv', 'id')]);
    const saved = await client.post('/sets', { name: 'of-sample', template_id: id, count: 100, seed: 'x' });
    expect(saved.body).toMatchObject({ stored_as: 'rows', seed: 'x', template_id: id, row_count: 100 });
    const before = (await client.get('/sets/of-sample?format=ndjson')).text;
    await client.delete('/workspace/files/going.csv');
    expect((await client.get('/sets/of-sample?format=ndjson')).text).toBe(before);
    expect((await client.post('/sets/of-sample/verify')).body).toMatchObject({ matches: true });
    const answer = await client.post(`/templates/${id}/generate`, { count: 1 });
    expect(expectError(answer, 422, 'validation_error')[0]).toMatchObject({
      code: 'resource_not_found',
      pointer: '/fields/0/options/from',
    });
  });

  it.each([
    ['resource_not_found', 'nothing there', undefined],
    ['resource_not_found', 'customers@v99', undefined],
    ['resource_not_found', '../secret', undefined],
    ['invalid_character', 'a\0b', undefined],
    ['resource_not_found', 'empty.csv', 'id\n'],
    ['invalid_json', 'list.json', '{"a": 1}'],
    ['invalid_json', 'lines', `${'{"a":1}\n'.repeat(30)}{"a":\n`],
    ['invalid_csv', 'cells.csv', 'a,b\n1,2\n'.repeat(30).concat('1,2,3\n')],
    ['duplicate_column', 'twice.csv', 'a,a\n1,2\n'],
    ['invalid_csv', 'nameless.csv', ',,\n1,2,3\n'],
    ['number_too_large', 'ids.json', '[{"id": 12345678901234567890}]'],
    ['number_too_large', 'ids.ndjson', '{"id": 1}\n{"id": 12345678901234567890}\n'],
    ['invalid_utf8', 'latin.csv', 'id,x\nM\xfcller,y\n'],
    ['invalid_format', 'a.yaml', 'a: 1\nb: 2\n'],
    ['resource_too_large', 'large.csv', `id,text\n${`1,${'x'.repeat(1000)}\n`.repeat(34_000)}`],
  ])('say %s of %j, and no value', async (code, name, content) => {
    if (content !== undefined) {
      const bytes = code === 'invalid_utf8' ? Buffer.from(content, 'latin1') : content;
      expect((await client.upload(name, bytes)).status).toBe(201);
    }
    const [problem] = await refused({ name: 'id', type: 'sequence' }, sample('v', name));
    expect(problem).toMatchObject({ code, pointer: '/fields/1/options/from', hint: expect.stringMatching(/\S/) });
    expect(problem?.message).not.toMatch(/ller|12345678901234567890/);
  });

  it('say where a set has numbers that lose digits, and which columns there are', async () => {
    await client.post('/sets', '{"name":"ids","rows":[{"id":1},{"id":12345678901234567890}]}');
    expect((await refused(sample('v', 'ids')))[0]).toMatchObject({ code: 'number_too_large' });
    await save('cols', [{ number: 1 }]);
    expect((await refused(sample('v', 'cols', 'numer')))[0]).toMatchObject({
      code: 'unknown_column',
      hint: expect.stringContaining('number'),
    });
  });

  it('see nothing of other projects', async () => {
    await save('secret-set', [{ a: 'canary' }]);
    await put('secret-file.json', '["canary"]');
    const id = await client.create([sample('a', 'secret-set', 'a'), sample('b', 'secret-file.json')]);
    const other = client.as(await addProject(server));
    for (const from of ['secret-set', 'secret-set@v1', 'secret-file.json']) {
      const answer = await other.post<ErrorBody>('/templates', { name: 't', fields: [sample('v', from)] });
      expect(expectError(answer, 422, 'validation_error')[0]?.code).toBe('resource_not_found');
      expect(answer.text).not.toContain('canary');
    }
    expect(await rowsOf(id, 1)).toEqual([{ a: 'canary', b: 'canary' }]);
  });
});
