import { compileTemplate, type FormatOptions, generateFile, type Plan, parseTemplate } from '@datamaker/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, type ErrorBody, expectError } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'name', type: 'full_name' },
  { name: 'note', type: 'sentence', null_percentage: 20 },
  { name: `it's "odd"`, type: 'boolean' },
];

let server: TestServer;
let client: Client;
let id: string;
beforeAll(async () => {
  server = await startOn('external');
  client = server.client;
  id = await client.create(FIELDS, 'customer');
});
afterAll(() => server?.close());

const generate = (body: object, headers?: Record<string, string>, ref = id) =>
  client.post<Record<string, unknown>[]>(`/templates/${ref}/generate`, body, headers);

async function planOf(fields: readonly object[], seed: string): Promise<Plan> {
  const parsed = parseTemplate({ name: 'customer', fields });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const compiled = await compileTemplate(parsed.value, { seed });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  return compiled.value;
}

async function madeHere(format: FormatOptions, rows: number, seed: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of generateFile(await planOf(FIELDS, seed), format, 0, rows)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

describe('rows', () => {
  it.each([
    ['json', 'application/json', 'json', {}],
    ['ndjson', 'application/x-ndjson', 'ndjson', {}],
    ['csv', 'text/csv', 'csv', { lineEnding: 'crlf' }],
    ['sql', 'application/sql', 'sql', { dialect: 'mysql', table: 'people', batch: 7 }],
    ['xml', 'application/xml', 'xml', { root: 'people' }],
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx', { sheet: 'People' }],
    ['parquet', 'application/vnd.apache.parquet', 'parquet', { compression: 'none' }],
    ['avro', 'application/vnd.apache.avro', 'avro', {}],
  ] as const)(
    'come as %s, by body and by Accept, equal to what the engine makes',
    async (format, type, extension, options) => {
      const expected = await madeHere({ format, ...options } as FormatOptions, 1000, 'seed');
      for (const answer of [
        await generate({ count: 1000, seed: 'seed', format, ...options }),
        await generate({ count: 1000, seed: 'seed', ...options }, { accept: `text/html;q=0.9, ${type}` }),
        await generate({ count: 1000, seed: 'seed', format, ...options }, { accept: 'image/png' }),
      ]) {
        expect(answer.status).toBe(200);
        expect(answer.text).toBe(expected);
        expect(answer.headers.get('content-type')).toContain(type);
        expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${id}.${extension}"`);
        expect(answer.headers.get('x-datamaker-rows')).toBe('1000');
        expect(answer.headers.get('x-datamaker-seed')).toBe('seed');
      }
    },
  );

  it('are a bare JSON array when nothing else is asked for', async () => {
    for (const accept of ['*/*', 'application/*', '']) {
      const { body, headers } = await generate({ count: 3 }, { accept });
      expect(headers.get('content-type')).toContain('application/json');
      expect(body.map((row) => row['id'])).toEqual([1, 2, 3]);
    }
  });

  it('can be had again by the seed that was drawn', async () => {
    const first = await generate({ count: 50 });
    const other = await generate({ count: 50 });
    expect(first.text).not.toBe(other.text);
    const seed = decodeURIComponent(first.headers.get('x-datamaker-seed') ?? '');
    expect((await generate({ count: 50, seed })).text).toBe(first.text);
  });

  it('can be had again by a seed of any text or number', async () => {
    for (const seed of ['ключ 🗝 "\n', 'x'.repeat(1024), 42, -1]) {
      const first = await generate({ count: 5, seed });
      expect(decodeURIComponent(first.headers.get('x-datamaker-seed') ?? '')).toBe(String(seed));
      expect((await generate({ count: 5, seed })).text).toBe(first.text);
    }
  });

  it('in CSV say whether a spreadsheet may run them', async () => {
    const texts = { name: 'text', type: 'enum', options: { values: ['=1+1'] } };
    const id = await client.create([texts]);
    const ask = async (options: object) => {
      const { headers, text } = await client.post(`/templates/${id}/generate`, { count: 1, ...options });
      return [headers.get('x-datamaker-spreadsheet-safe'), text];
    };
    expect(await ask({ format: 'csv' })).toEqual(['false', 'text\n=1+1\n']);
    expect(await ask({ format: 'csv', spreadsheetSafe: true })).toEqual(['true', "text\n'=1+1\n"]);
    expect((await ask({ format: 'ndjson' }))[0]).toBe(null);
    expect((await client.post('/sets', { name: 'sheet', rows: [{ text: '=1+1' }] })).status).toBe(201);
    const set = await client.get('/sets/sheet?format=csv');
    expect([set.headers.get('x-datamaker-spreadsheet-safe'), set.text]).toEqual(['false', 'text\n=1+1\n']);
  });

  it('in a preview are the first three of a generation', async () => {
    const preview = await client.post<object[]>(`/templates/${id}/preview`, { seed: 'p' });
    expect(preview.status).toBe(200);
    expect(preview.body).toEqual((await generate({ count: 3, seed: 'p' })).body);
    expect(preview.body).toEqual((await generate({ count: 500, seed: 'p' })).body.slice(0, 3));
    const drawn = await client.post<object[]>(`/templates/${id}/preview`);
    const seed = decodeURIComponent(drawn.headers.get('x-datamaker-seed') ?? '');
    expect((await generate({ count: 3, seed })).body).toEqual(drawn.body);
  });

  it('have the values that override a field, and all else as without', async () => {
    const overrides = { name: `O'Brien`, note: null };
    const { body } = await generate({ count: 5, seed: 's', overrides });
    const plain = (await generate({ count: 5, seed: 's' })).body;
    expect(body).toEqual(plain.map((row) => ({ ...row, ...overrides })));
    const preview = await client.post(`/templates/${id}/preview`, { seed: 's', overrides });
    expect(preview.body).toEqual(body.slice(0, 3));
  });
});

describe('a request for rows is refused', () => {
  it.each([0, -1, 1e15, 1e308, 'abc', '', 1.5, null, undefined, true, [], {}])('with the count %j', async (count) => {
    const diagnostics = expectError(await generate({ count }), 422, 'validation_error');
    expect(diagnostics).toMatchObject([{ code: 'invalid_count', pointer: '/count', hint: expect.any(String) }]);
  });

  it('with a seed that is too long, empty, or no text', async () => {
    for (const seed of ['x'.repeat(2000), '', 1.5, {}, [], true]) {
      const diagnostics = expectError(await generate({ count: 1, seed }), 422, 'validation_error');
      expect(diagnostics).toMatchObject([{ code: 'invalid_seed', pointer: '/seed' }]);
    }
    expectError(await generate({ count: 1, seed: 'x'.repeat(10e6) }), 413, 'payload_too_large');
  });

  it('with everything that is wrong named at once', async () => {
    const answer = await generate({ count: 0, seed: '', format: 'yaml', overrides: { nmae: 1 } });
    expect(expectError(answer, 422, 'validation_error').map(({ pointer }) => pointer)).toEqual([
      '/count',
      '/format',
      '/seed',
      '/overrides/nmae',
    ]);
  });

  it('with an override of no field, naming the nearest', async () => {
    const [diagnostic] = expectError(await generate({ count: 1, overrides: { nmae: 1 } }), 422, 'validation_error');
    expect(diagnostic).toMatchObject({ code: 'unknown_field', hint: 'did you mean `name`?' });
    for (const overrides of [[], 'x', 7, null]) {
      const refused = expectError(await generate({ count: 1, overrides }), 422, 'validation_error');
      expect(refused).toMatchObject([{ pointer: '/overrides' }]);
    }
  });

  it.each([
    [{ format: 'yaml' }, '/format'],
    [{ format: 'CSV;' }, '/format'],
    [{ format: 'sql', dialect: 'access' }, '/dialect'],
    [{ format: 'sql', batch: 0 }, '/batch'],
    [{ format: 'sql', table: '' }, '/table'],
    [{ format: 'csv', delimiter: 'x' }, '/delimiter'],
    [{ format: 'csv', dialect: 'mysql' }, '/dialect'],
    [{ format: 'sql', upsert: ['nobody'] }, '/upsert/0'],
    [{ format: 'custom' }, ''],
    [{ format: 'custom', line: '{{nobody}}' }, '/line'],
    [{ rows: 5 }, '/rows'],
  ])('with %j', async (body, pointer) => {
    const diagnostics = expectError(await generate({ count: 1, ...body }), 422, 'validation_error');
    expect(diagnostics.map((diagnostic) => diagnostic.pointer)).toContain(pointer);
  });

  it('with an Accept of which nothing can be made', async () => {
    expectError(
      await generate({ count: 1 }, { accept: 'image/png, text/plain, application/json;q=0' }),
      406,
      'not_acceptable',
    );
  });

  it('for more distinct values than there are, with their number', async () => {
    const unique = await client.create([{ name: 'n', type: 'number', options: { min: 1, max: 50 }, unique: true }]);
    const { body } = await generate({ count: 50 }, undefined, unique);
    expect(new Set(body.map((row) => row['n'])).size).toBe(50);
    const refused = await client.post<ErrorBody>(`/templates/${unique}/generate`, { count: 51 });
    expect(expectError(refused, 422, 'validation_error')).toMatchObject([
      { code: 'unique_exhausted', pointer: '/fields/0/options/unique', hint: expect.stringContaining('50') },
    ]);
    expect(refused.body.error.message).toContain('50');
  });

  it('when a nested template has been deleted since', async () => {
    const inner = await client.create([{ name: 'x', type: 'sequence' }]);
    const outer = await client.create([{ name: 'inner', type: 'template', options: { template_id: inner } }]);
    expect((await generate({ count: 1 }, undefined, outer)).body).toEqual([{ inner: { x: 1 } }]);
    await client.delete(`/templates/${inner}`);
    const diagnostics = expectError(await generate({ count: 1 }, undefined, outer), 422, 'validation_error');
    expect(diagnostics).toMatchObject([{ code: 'template_not_found' }]);
  });
});

describe('wrong rows', () => {
  const wrong = {
    seed: 's',
    mode: 'negative',
    negative: { share: 50, rules: ['required', 'type'], fields: ['id', 'name'] },
  };

  it('break one rule each and say which, in rows and in a preview', async () => {
    const { status, body } = await generate({ count: 40, ...wrong });
    expect(status).toBe(200);
    const said = body.map((row) => row['_violation']);
    expect(said.filter((text) => text !== null)).toHaveLength(20);
    for (const text of said) if (text !== null) expect(text).toMatch(/^(id|name): (required|type) \(/);
    const preview = await client.post<object[]>(`/templates/${id}/preview`, wrong);
    expect(preview.body).toEqual(body.slice(0, 3));
  });

  it('are wrong in CSV only as far as CSV can tell', async () => {
    const { text } = await generate({
      count: 60,
      format: 'csv',
      ...wrong,
      negative: { fields: ['name'], label: 'none' },
    });
    expect(text.split('\n')[0]).not.toContain('_violation');
    expect(text).not.toMatch(/,(42|0|-1),/);
  });

  it.each([
    [{ mode: 'wrong' }, 'invalid_mode', '/mode'],
    [{ negative: { share: 5 } }, 'invalid_negative', '/negative'],
    [{ mode: 'negative', negative: { rules: ['requird'] } }, 'unknown_rule', '/negative/rules/0'],
    [{ mode: 'negative', negative: { fields: ['nmae'] } }, 'unknown_field', '/negative/fields/0'],
    [{ mode: 'boundary', negative: { fields: ['name'] } }, 'nothing_to_break', '/mode'],
  ])('are refused with %j', async (body, code, pointer) => {
    for (const answer of [await generate({ count: 1, ...body }), await client.post(`/templates/${id}/preview`, body)])
      expect(expectError(answer, 422, 'validation_error')).toMatchObject([{ code, pointer }]);
  });
});
