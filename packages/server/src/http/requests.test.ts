import { request } from 'node:http';
import { connect } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Client, expectError } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

const ID = { name: 'id', type: 'sequence' };
const template = (extra: object = {}) => ({ name: 'customer', fields: [ID], ...extra });

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startOn('external');
  client = server.client;
});
afterAll(() => server?.close());

describe('a body', () => {
  const refused = async (body: string | Uint8Array<ArrayBuffer> | object) =>
    expectError(await client.post('/templates', body), 422, 'validation_error');

  it.each([
    ['{"name": "x", ', 'invalid_json'],
    ['not json', 'invalid_json'],
    [new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'invalid_utf8'],
    [new Uint8Array([0x22, 0xc0, 0xaf, 0x22]), 'invalid_utf8'],
  ])('that is no JSON in UTF-8 is refused with the place (%s)', async (body, code) => {
    expect(await refused(body)).toMatchObject([{ code, pointer: '', hint: expect.any(String) }]);
  });

  it('names the line and column where it stops being JSON', async () => {
    const [diagnostic] = await refused('{\n  "name": "x",\n  oops\n}');
    expect(diagnostic?.message).toContain('line 3, column 3');
  });

  it.each([['[]'], ['null'], ['"text"'], ['17'], ['']])('of another shape is refused: %s', async (text) => {
    expect(await refused(text)).not.toEqual([]);
  });

  it('with unknown keys is refused, each named', async () => {
    const diagnostics = await refused(template({ nmae: 1, 'a/b': 2 }));
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['unknown_key', 'unknown key "nmae"'],
      ['unknown_key', 'unknown key "a/b"'],
    ]);
  });

  it.each([
    ['an empty name', { name: '' }, '/name'],
    ['a name of 201 characters', { name: 'x'.repeat(201) }, '/name'],
    ['a name that is no text', { name: 7 }, '/name'],
    ['a name with a line break', { name: 'a\nb' }, '/name'],
    ['a name with an escape character', { name: 'a\u001bb' }, '/name'],
    ['a name with NUL', { name: 'a\0b' }, '/name'],
    ['half a surrogate pair', { name: 'a\ud800b' }, '/name'],
    ['fields that are no list', { fields: {} }, '/fields'],
    ['no fields', { fields: [] }, '/fields'],
    ['a field that is no object', { fields: [7] }, '/fields/0'],
    ['duplicate names', { fields: [ID, ID] }, '/fields/1/name'],
    ['an unknown locale', { locale: 'xx' }, '/fields/0'],
    ['min above max', { fields: [{ name: 'n', type: 'number', options: { min: 2, max: 1 } }] }, '/fields/0/options'],
    [
      'NUL in an option',
      { fields: [{ name: 'c', type: 'constant', options: { value: '\0' } }] },
      '/fields/0/options/value',
    ],
    ['an unknown option', { fields: [{ ...ID, options: { strat: 1 } }] }, '/fields/0/options/strat'],
    [
      'an unsatisfiable regex',
      { fields: [{ name: 'r', type: 'regex', options: { pattern: 'a(?!a)\\b[]' } }] },
      '/fields/0/options/pattern',
    ],
  ])('with %s is refused at the place', async (_, extra, pointer) => {
    const diagnostics = await refused(template(extra));
    expect(diagnostics.map((diagnostic) => diagnostic.pointer.startsWith(pointer))).toContain(true);
  });

  it('with an unknown type is refused with the nearest known one', async () => {
    const [diagnostic] = await refused(template({ fields: [{ name: 'n', type: 'frist_name' }] }));
    expect(diagnostic).toMatchObject({ code: 'unknown_type', pointer: '/fields/0/type' });
    expect(diagnostic?.hint).toContain('first_name');
  });

  it('with 5,000 fields is refused with the limit', async () => {
    const fields = Array.from({ length: 5000 }, (_, index) => ({ name: `f${index}`, type: 'null' }));
    expect(await refused(template({ fields }))).toMatchObject([{ code: 'too_many_fields', pointer: '/fields' }]);
  });

  it('nested 100,000 levels deep is refused', async () => {
    const answer = await client.post('/templates', `{"fields":${'['.repeat(1e5)}${']'.repeat(1e5)}}`);
    expectError(answer, 400, 'bad_request');
  });

  it('cannot reach a prototype', async () => {
    await refused('{"name":"x","fields":[{"name":"id","type":"sequence"}],"__proto__":{"polluted":1}}');
    await refused('{"name":"x","fields":[{"name":"id","type":"sequence","__proto__":{"polluted":1}}]}');
    await refused('{"name":"x","fields":[{"name":"id","type":"__proto__"}]}');
    await refused('{"name":"x","fields":[{"name":"id","type":"constructor"}]}');
    await refused('{"name":"x","constructor":{"prototype":{"polluted":1}},"fields":[]}');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    const id = await client.create([ID]);
    const overridden = await client.post(`/templates/${id}/preview`, '{"overrides":{"__proto__":{"polluted":1}}}');
    expectError(overridden, 422, 'validation_error');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('of 6 MB is refused', async () => {
    expectError(await client.post('/templates', `"${'x'.repeat(6e6)}"`), 413, 'payload_too_large');
  });

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'nonsense'])(
    'labelled as %s is refused',
    async (type) => {
      expectError(await client.post('/templates', '{}', { 'content-type': type }), 415, 'unsupported_media_type');
    },
  );

  it('may be labelled as JSON with a character set', async () => {
    const answer = await client.post('/templates', template(), { 'content-type': 'Application/JSON; charset=utf-8' });
    expect(answer.status).toBe(201);
  });
});

describe('a template that nests itself', () => {
  it('is refused when it is changed to do so, directly or through another', async () => {
    const nest = (template_id: string) => ({ name: 'inner', type: 'template', options: { template_id } });
    const inner = await client.create([ID], 'inner');
    const outer = await client.create([nest(inner)], 'outer');
    for (const id of [inner, outer]) {
      const answer = await client.patch(`/templates/${inner}`, { fields: [ID, nest(id)] });
      expect(expectError(answer, 422, 'validation_error').map(({ code }) => code)).toContain('cyclic_template');
    }
    expect((await client.post(`/templates/${outer}/preview`)).status).toBe(200);
  });
});

describe('a route', () => {
  it.each([
    ['PUT', '/templates', 'GET, POST'],
    ['DELETE', '/templates', 'GET, POST'],
    ['POST', '/templates/tmpl_x', 'GET, PATCH, DELETE'],
    ['GET', '/templates/tmpl_x/generate', 'POST'],
    ['GET', '/templates/tmpl_x/preview', 'POST'],
    ['POST', '/templates/tmpl_x/versions', 'GET'],
    ['POST', '/healthz', 'GET'],
    ['OPTIONS', '/templates?limit=1', 'GET, POST'],
  ])('does not take %s %s and tells what it takes', async (method, path, allow) => {
    const answer = await client.send(method, path);
    expectError(answer, 405, 'method_not_allowed');
    expect(answer.headers.get('allow')).toBe(allow);
  });

  it.each([
    ['/nothing', 404],
    ['/templates/tmpl_x/nothing', 404],
    ['/templates/tmpl_doesnotexist', 404],
    ['/templates/tmpl_x@vx', 404],
    ['/templates/tmpl_x@v99999999999', 404],
    ['/templates/%00', 404],
    ['/templates/..%2f..%2fetc%2fpasswd', 404],
    [`/templates/${'x'.repeat(500)}`, 404],
    ["/templates/'%20OR%201=1", 404],
  ])('that does not exist is not found: %s', async (path, status) => {
    expectError(await client.get(path), status, 'not_found');
  });

  it('with a broken escape is refused in the same shape', async () => {
    expectError(await client.get('/templates/%zz'), 400, 'bad_request');
  });
});

describe('a key', () => {
  it('is asked for on every route but /healthz', async () => {
    const nobody = client.as(undefined);
    for (const [method, path] of [
      ['GET', '/templates'],
      ['POST', '/templates'],
      ['GET', '/templates/tmpl_x'],
      ['PATCH', '/templates/tmpl_x'],
      ['DELETE', '/templates/tmpl_x'],
      ['GET', '/templates/tmpl_x/versions'],
      ['POST', '/templates/tmpl_x/generate'],
      ['POST', '/templates/tmpl_x/preview'],
    ] as const) {
      const answer = await nobody.send(method, path);
      expectError(answer, 401, 'unauthorized');
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect(await nobody.get('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('must be right', async () => {
    for (const wrong of [
      'x',
      'x'.repeat(30),
      'dmk_owner_',
      `dmk_owner_${'0'.repeat(49)}`,
      "' OR 1=1; -- 012345678901234",
    ])
      expectError(await client.as(wrong).get('/templates'), 401, 'unauthorized');
    expectError(await client.as(undefined).get('/templates', { authorization: 'Basic YTpi' }), 401, 'unauthorized');
  });

  it('may be sent as X-API-Key, with or without Authorization, as long as they agree', async () => {
    const nobody = client.as(undefined);
    const key = server.key;
    expect((await nobody.get('/templates', { 'x-api-key': key })).status).toBe(200);
    expect((await nobody.get('/templates', { authorization: `bearer ${key}` })).status).toBe(200);
    expect((await client.get('/templates', { 'x-api-key': key })).status).toBe(200);
    expectError(await client.get('/templates', { 'x-api-key': `${key}x` }), 400, 'conflicting_credentials');
  });
});

describe('a fault of the server', () => {
  const FAULT = { status: 500, says: 'Something went wrong in the server' };

  it.each([
    ['saved_set', '/sets', { accept: '*/*' }],
    ['saved_set', '/sets', { accept: 'application/problem+json' }],
    ['datagen_contract', '/api/v1/contracts/ctr_0123456789ab', { accept: '*/*' }],
  ])('shows nothing of itself: without the table %s, of %s', async (table, path, headers) => {
    const store = await server.openDatabase();
    const rename = (from: string, to: string) =>
      sql`ALTER TABLE ${sql.table(from)} RENAME TO ${sql.id(to)}`.execute(store);
    await rename(table, `${table}_away`);
    try {
      const { status, text } = await client.get(path, headers);
      expect({ status, says: /Something went wrong in the server/.exec(text)?.[0] }).toEqual(FAULT);
      expect(text).not.toMatch(/relation|does not exist|saved_set|datagen_contract|select/i);
    } finally {
      await rename(`${table}_away`, table);
      await store.destroy();
    }
    expect((await client.get(path, headers)).status).not.toBe(500);
  });
});

describe('what is no HTTP', () => {
  it('is answered in the same shape', async () => {
    const { port } = new URL(client.url);
    const said = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
    const [head = '', body = ''] = said.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    const answer = { status: 400, text: body, body: JSON.parse(body), headers: headersOf(head) };
    expectError(answer as Answer<unknown>, 400, 'bad_request');
  });

  it('may be headers that are too large', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { 'x-api-key': 'x'.repeat(100_000) };
      request(`${client.url}/templates`, { headers }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(400);
  });
});

function headersOf(head: string): Headers {
  const lines = head.split('\r\n').slice(1);
  return new Headers(lines.map((line) => line.split(': ') as [string, string]));
}
