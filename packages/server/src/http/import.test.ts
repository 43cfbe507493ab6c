import { compileTemplate, generateFile, parseFormat, parseTemplate } from '@datamaker/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, expectError } from '../testing/client.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';

const SOURCE =
  'CREATE TABLE customers (id int PRIMARY KEY, email varchar(80), place point);\nCREATE TABLE orders (id int);';

/** A workbook of 100 rows. */
async function workbook(fields: readonly object[]): Promise<Buffer> {
  const template = parseTemplate({ fields });
  const format = parseFormat({ format: 'xlsx' });
  if (!template.ok || !format.ok) throw new Error('a good template was refused');
  const plan = await compileTemplate(template.value, { seed: 'x' });
  if (!plan.ok) throw new Error('a good template was refused');
  const chunks: Uint8Array[] = [];
  for await (const chunk of generateFile(plan.value, format.value, 0, 100)) chunks.push(chunk.slice());
  return Buffer.concat(chunks);
}

describe('imports over HTTP', () => {
  let server: TestServer;
  let client: Client;
  beforeAll(async () => {
    server = await startOn(STORES[0]);
    client = server.client;
  });
  afterAll(() => server?.close());

  it('give templates with notices, store nothing, and the templates can be created', async () => {
    const { status, body } = await client.post<{
      kind: string;
      templates: { name: string; fields: object[] }[];
      notices: object[];
    }>('/templates/import', { source: SOURCE, entity: 'customers' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: 'sql-ddl', templates: [{ name: 'customers' }] });
    expect(body.notices).toContainEqual(
      expect.objectContaining({ code: 'type_not_supported', line: 1, subject: 'customers.place' }),
    );
    expect((await client.get<{ total: number }>('/templates')).body.total).toBe(0);
    expect((await client.post('/templates', body.templates[0])).status).toBe(201);
  });

  it('take a spreadsheet in base64 when its kind is named', async () => {
    const bytes = await workbook([
      { name: 'id', type: 'sequence' },
      { name: 'mail', type: 'email' },
    ]);
    const sent = { source: bytes.toString('base64'), kind: 'xlsx', entity: 'Sheet1' };
    const { status, body } = await client.post<object>('/templates/import', sent);
    expect(status).toBe(200);
    expect(body).toEqual({
      kind: 'xlsx',
      templates: [
        {
          name: 'Sheet1',
          fields: [
            { name: 'id', type: 'sequence' },
            { name: 'mail', type: 'email', options: { unique: true } },
          ],
        },
      ],
      notices: [],
    });
  });

  it.each([
    [{ source: 'id,name', kind: 'xlsx' }, 'invalid_encoding', ''],
    [{ source: btoa('id,name'), kind: 'xlsx' }, 'invalid_source', ''],
    [{}, 'invalid_value', '/source'],
    [{ source: 5 }, 'invalid_value', '/source'],
    [{ source: SOURCE, file: 'x' }, 'unknown_key', '/file'],
    [{ source: '' }, 'empty_source', ''],
    [{ source: SOURCE, kind: 'sql' }, 'unknown_kind', '/kind'],
    [{ source: SOURCE, entity: 'nobody' }, 'entity_not_found', '/entity'],
    [{ source: '<!DOCTYPE a [<!ENTITY b "c">]><a/>' }, 'doctype_refused', ''],
    [{ source: `models: ${'['.repeat(100_000)}` }, 'import_too_large', ''],
  ])('refuse what is wrong, with a diagnostic: %#', async (sent, code, pointer) => {
    const response = await client.post('/templates/import', sent);
    expectError(response, 422, 'validation_error');
    expect(response.body).toMatchObject({ error: { details: { diagnostics: [{ code, pointer }] } } });
  });

  it('do not hold up other requests while a long source is read', async () => {
    const long = Array.from(
      { length: 4000 },
      (_, i) => `CREATE TABLE t${i % 900} (a${i} int, b varchar(${(i % 200) + 1}));`,
    ).join('\n');
    let done = false;
    const imported = client.post<{ templates: object[] }>('/templates/import', { source: long }).finally(() => {
      done = true;
    });
    expect((await client.get('/healthz')).status).toBe(200);
    expect(done).toBe(false);
    expect((await imported).status).toBe(200);
  });
});
