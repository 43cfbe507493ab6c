import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addProject } from '../testing/add-project.ts';
import { type Client, type ErrorBody, expectError, type ListBody } from '../testing/client.ts';
import { A_STORE, startOn, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';

interface FileBody {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly kind: string;
  readonly content_type: string;
  readonly sha256: string;
  readonly created_at: string;
  readonly uploaded_at: string;
}

const MIB = 1024 * 1024;

describe.each(A_STORE)('workspace files (%s)', (kind) => {
  let server: TestServer;
  let client: Client;
  beforeAll(async () => {
    server = await startOn(kind);
    client = server.client;
  });
  afterAll(() => server?.close());

  const upload = (name: string, bytes: string | Uint8Array, as = client) => as.upload<FileBody>(name, bytes);
  /** All bytes of blobs and of uploads that are under way. */
  const onDisk = () => ({
    // Not what the server marks its file store with.
    blobs: globSync('files/ws_*/*', { cwd: server.dataDirectory }).filter((path) => !path.includes('/ws_000000')),
    spool: globSync('spool/*/*', { cwd: server.dataDirectory }),
  });
  const names = async (as = client): Promise<string[]> =>
    (await as.get<ListBody<FileBody>>('/workspace/files?limit=100')).body.items.map(({ name }) => name);
  const setPlan = async (plan: string): Promise<void> => {
    const store = await server.openDatabase();
    await store
      .updateTable('workspace')
      .set({ plan })
      .execute()
      .finally(() => store.destroy());
  };

  it('are uploaded once under an Idempotency-Key, and what was there stays when the upload is refused', async () => {
    await setPlan('free');
    const store = await server.openDatabase();
    const acts = async () =>
      (await store.selectFrom('audit_entry').where('action', '=', 'file.uploaded').execute()).length;
    const send = (key: string, content: string | Uint8Array) =>
      client.upload<FileBody>('once.csv', content, { 'idempotency-key': key });
    const before = await acts();
    const first = await send('a', 'a,b\n1,2\n');
    const second = await send('a', 'a,b\n1,2\n');
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect((await acts()) - before).toBe(1);
    expectError(await send('b', new Uint8Array([0, 1, 2, 3, 0])), 422, 'validation_error');
    expect((await client.get('/workspace/files/once.csv')).text).toBe('a,b\n1,2\n');
    expect((await send('c', 'a,b\n3,4\n')).status).toBe(200);
    expect((await client.get('/workspace/files/once.csv')).text).toBe('a,b\n3,4\n');
    await client.delete('/workspace/files/once.csv');
    expect(onDisk()).toEqual({ blobs: [], spool: [] });
    await store.destroy();
    await setPlan('self-hosted');
  });

  it('are uploaded, listed, downloaded, replaced and deleted as the API says', async () => {
    const name = 'lookups/postcodes.json';
    const created = await upload(name, '[{"zip":"01067"}]');
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toBe('/workspace/files/lookups/postcodes.json');
    expect(created.body).toMatchObject({ name, size: 17, kind: 'json', content_type: 'application/json' });
    expect((await client.get<ListBody<FileBody>>('/workspace/files')).body.items[0]).toEqual(created.body);
    const got = await client.get(`/workspace/files/${name}`);
    expect([got.status, got.text]).toEqual([200, '[{"zip":"01067"}]']);
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'application/json',
      'content-length': '17',
      'content-disposition': `attachment; filename="postcodes.json"; filename*=UTF-8''postcodes.json`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
    });
    const replaced = await upload(name, 'zip,city\n01067,Dresden\n');
    expect(replaced.status).toBe(200);
    expect(replaced.body).toMatchObject({ id: created.body.id, kind: 'csv', created_at: created.body.created_at });
    expect((await client.get(`/workspace/files/${name}`)).text).toBe('zip,city\n01067,Dresden\n');
    expect(onDisk()).toMatchObject({ blobs: [expect.anything()], spool: [] });
    expect((await client.delete(`/workspace/files/${name}`)).status).toBe(204);
    expectError(await client.get(`/workspace/files/${name}`), 404, 'not_found');
    expectError(await client.delete(`/workspace/files/${name}`), 404, 'not_found');
    expect(onDisk()).toEqual({ blobs: [], spool: [] });
    const store = await server.openDatabase();
    const acts = await store.selectFrom('audit_entry').where('subject_id', '=', created.body.id).selectAll().execute();
    const blobs = await store.selectFrom('file_blob').selectAll().execute();
    await store.destroy();
    const changes = acts.map(({ action }) => action).filter((action) => action.startsWith('file.'));
    expect(changes).toEqual(['file.uploaded', 'file.uploaded', 'file.deleted']);
    expect(blobs).toEqual([]);
  });

  it('are given in ranges, and not again to who has them', async () => {
    const text = '0123456789';
    await upload('digits', text);
    const get = (headers: Record<string, string>) => client.get('/workspace/files/digits', headers);
    for (const [range, part, place] of [
      ['bytes=0-0', '0', '0-0'],
      ['bytes=2-4', '234', '2-4'],
      ['bytes=7-', '789', '7-9'],
      ['bytes=-3', '789', '7-9'],
      ['bytes=5-99', '56789', '5-9'],
      ['bytes=-99', text, '0-9'],
    ] as const) {
      const answer = await get({ range });
      expect([answer.status, answer.text]).toEqual([206, part]);
      expect(answer.headers.get('content-range')).toBe(`bytes ${place}/10`);
      expect(answer.headers.get('content-length')).toBe(String(part.length));
    }
    for (const range of ['bytes=10-', 'bytes=10-20', 'bytes=-0', 'bytes=999999999999-']) {
      const answer = await get({ range });
      expectError(answer, 416, 'range_not_satisfiable');
      expect(answer.headers.get('content-range')).toBe('bytes */10');
      expect(answer.headers.get('content-disposition')).toBe(null);
    }
    for (const range of [
      'bytes=4-2',
      'bytes=a-b',
      'items=0-1',
      'bytes=0-1,3-4',
      'bytes=-',
      'bytes=9999999999999999-',
      'x',
    ]) {
      expect(await get({ range })).toMatchObject({ status: 200, text });
    }
    const etag = (await get({})).headers.get('etag') ?? '';
    expect(await get({ 'if-none-match': `"x", W/${etag}` })).toMatchObject({ status: 304, text: '' });
    expect(await get({ 'if-none-match': '"x"' })).toMatchObject({ status: 200, text });
    expect(await get({ range: 'bytes=0-0', 'if-range': etag })).toMatchObject({ status: 206, text: '0' });
    expect(await get({ range: 'bytes=0-0', 'if-range': '"old"' })).toMatchObject({ status: 200, text });
    await upload('digits', '');
    expect(await get({})).toMatchObject({ status: 200, text: '' });
    expectError(await get({ range: 'bytes=0-' }), 416, 'range_not_satisfiable');
  });

  it.each([
    ['json', 'a.csv', '{"a": 1}\n'],
    ['json', 'x', `[${'{"a":1},\n'.repeat(20_000)}{}]`],
    ['json', 'x', `{"a": "${'x'.repeat(100_000)}"}`],
    ['ndjson', 'a.json', '{"a":1}\n{"a":2}\n'],
    ['ndjson', 'x', '{"a":1}\n'.repeat(20_000)],
    ['csv', 'a.txt', 'a,b\n1,"x, y"\n2,\n'],
    ['csv', 'a.html', '\ufeffa;b\n1;2\n'],
    ['csv', 'a', 'a\tb\n1\t2\n'],
    ['csv', 'big', 'a,b\n'.repeat(20_000)],
    ['yaml', 'a.csv', '---\na: 1\n'],
    ['yaml', 'a', '# comment\nname: x\nlist:\n  - a, b\n  - c\n'],
    ['yaml', 'a', '- a: 1\n  b: 2\n- a: 2\n'],
    ['text', 'page.html', '<html><script>alert(1)</script></html>'],
    ['text', 'a.json', '{"a": '],
    ['text', 'a.xlsx', 'id\n1\n2\n'],
    ['text', 'empty.csv', ''],
    ['csv', 'latin', Buffer.from('name,city\nMüller,Köln\n', 'latin1')],
  ])('are %s by their content (%s)', async (wanted, name, content) => {
    const { body } = await upload(name, content);
    expect(body).toMatchObject({ name, kind: wanted });
    const { headers } = await client.get(`/workspace/files/${name}`);
    expect(headers.get('content-type')).toBe(body.content_type);
    expect(body.content_type).not.toMatch(/html|svg|xml;|javascript/);
    expect(body.content_type.endsWith('charset=utf-8')).toBe(['csv', 'text'].includes(wanted) && name !== 'latin');
  });

  it('are workbooks, by their content', async () => {
    const id = await client.create([{ name: 'id', type: 'sequence' }]);
    const made = await fetch(`${client.url}/templates/${id}/generate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
      body: '{"count":3,"format":"xlsx"}',
    });
    const bytes = new Uint8Array(await made.arrayBuffer());
    expect((await upload('book.txt', bytes)).body.kind).toBe('xlsx');
    const back = await fetch(`${client.url}/workspace/files/book.txt`, {
      headers: { authorization: `Bearer ${server.key}` },
    });
    expect(new Uint8Array(await back.arrayBuffer())).toEqual(bytes);
  });

  it.each([
    ['a program', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0)],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13)],
    ['an archive', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0)],
    ['text in UTF-16', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le')],
    ['text with controls', 'a\x01b'],
  ])('are not %s', async (_, content) => {
    const [problem] = expectError(await upload('x.csv', content), 422, 'validation_error');
    expect(problem?.code).toBe('unsupported_file_kind');
    expect(onDisk().spool).toEqual([]);
  });

  it('keep names as they are, with letters of all alphabets', async () => {
    for (const name of [
      'Größe/Übersicht (2).csv',
      '客户/订单 #1.json',
      "a+b&c=d;e,f'g!.txt",
      'отчёт_Q1.csv',
      'Case',
      'case',
    ]) {
      const { body, headers } = await upload(name, name);
      expect(body.name).toBe(name);
      expect((await client.get(headers.get('location') ?? '')).text).toBe(name);
      const path = `/workspace/files/${encodeURIComponent(name)}`;
      const got = await client.get(path);
      expect(got.text).toBe(name);
      const disposition = got.headers.get('content-disposition') ?? '';
      expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? '')).toBe(name.split('/').at(-1));
      expect((await client.delete(path)).status).toBe(204);
    }
  });

  const BAD_NAMES = [
    '',
    '/',
    '.',
    '..',
    '../x',
    'a/../../x',
    '/etc/passwd',
    'a//b',
    'a/',
    './a',
    'a/./b',
    '..\\x',
    'C:\\x',
    'C:x',
    'a\0b',
    '%2e%2e%2fx',
    '..%252fx',
    'a%00b',
    'x'.repeat(256),
    'é'.repeat(128),
    'a\u202ecsv.exe',
    'a\u200bb',
    'a\ufeffb',
    'a\nb',
    '\uff0e\uff0e\uff0fx',
    'a\u2024\u2024/x',
    'p\u0430ypal.csv',
    '\u0391BC',
    'CON',
    'nul.txt',
    'a/com1.csv',
    'a.',
    'a ',
    ' a',
    '-rf',
    '~/x',
    '.htaccess',
    'a\u0007',
    'e\u0301',
    '\ufb01le',
    'a?b',
    'a*b',
    'a|b',
    'a<b',
    'a"b',
    'a:b',
    '\ud800',
  ];

  it.each(BAD_NAMES)('are not called %j', async (name) => {
    const before = [await names(), onDisk()];
    const [problem] = expectError(await upload(name, 'x'), 422, 'validation_error');
    expect(problem).toMatchObject({ code: 'invalid_name', pointer: '/name' });
    expect([await names(), onDisk()]).toEqual(before);
  });

  it('are not found by paths that lead elsewhere', async () => {
    await upload('here/x', 'x');
    for (const path of [
      '/workspace/files/..%2fsecret',
      '/workspace/files/here%2f..%2fhere%2fx',
      '/workspace/files/%2e%2e/%2e%2e/secret',
      '/workspace/files/..%252f..%252fsecret',
      '/workspace/files/here/%00',
      '/workspace/files/here%5cx',
      `/workspace/files/${'x'.repeat(300)}`,
      '/workspace/files//etc/passwd',
    ]) {
      const answer = await client.get<ErrorBody>(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.text).not.toContain('root:');
    }
    expect(existsSync(join(server.dataDirectory, 'secret'))).toBe(true);
  });

  it.each([
    ['JSON', 'application/json', '{"name":"x","file":{"filepath":"/etc/passwd"}}'],
    [
      'JSON shaped like an upload',
      'application/json',
      '{"files":[{"fieldname":"file","filepath":"/etc/passwd","file":true}]}',
    ],
    ['a form', 'application/x-www-form-urlencoded', 'name=x&file=y'],
    ['text', 'text/plain', 'x'],
    ['bytes', 'application/octet-stream', 'x'],
  ])('are not taken from %s', async (_, type, body) => {
    const before = await names();
    expectError(await client.post('/workspace/files', body, { 'content-type': type }), 415, 'unsupported_media_type');
    expectError(await client.post('/workspace/files'), 415, 'unsupported_media_type');
    expect([await names(), onDisk().spool]).toEqual([before, []]);
  });

  const multipart = (...parts: readonly [string, string][]): string =>
    parts.map(([head, body]) => `--XX\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`).join('') +
    '--XX--\r\n';
  const NAME: [string, string] = ['name="name"', 'x.txt'];
  const FILE: [string, string] = ['name="file"; filename="../../evil"', 'hello'];
  it.each([
    [422, 'no name', multipart(FILE)],
    [422, 'no file', multipart(NAME)],
    [422, 'the file as a field', multipart(NAME, ['name="file"', 'x'])],
    [422, 'two names', multipart(NAME, NAME, FILE)],
    [422, 'two files', multipart(NAME, FILE, FILE)],
    [422, 'another field', multipart(['name="path"', '/etc'], FILE)],
    [422, 'another file', multipart(NAME, ['name="files"; filename="x"', 'x'])],
    [422, 'a name that is a path', multipart(['name="name"', '../x'], FILE)],
    [422, 'a long name', multipart(['name="name"', 'x'.repeat(5000)], FILE)],
    [422, 'a prototype', multipart(['name="__proto__"', 'x'], NAME, FILE)],
    [400, 'an end that is missing', multipart(NAME, FILE).slice(0, -20)],
    [400, 'no parts', 'nonsense'],
    [422, 'nothing', ''],
    [201, 'a file before its name', multipart(FILE, NAME)],
  ])('answer %i to %s', async (status, _, body) => {
    const before = [await names(), onDisk()];
    const answer = await client.post('/workspace/files', body, { 'content-type': 'multipart/form-data; boundary=XX' });
    expect([answer.status, answer.text]).toEqual([status, expect.anything()]);
    if (status === 201) {
      expect((await client.get('/workspace/files/x.txt')).text).toBe('hello');
      expect((await client.delete('/workspace/files/x.txt')).status).toBe(204);
    } else {
      expectError(answer, status, status === 400 ? 'bad_request' : 'validation_error');
    }
    expect([await names(), onDisk()]).toEqual(before);
  });

  it('refuse a multipart without a boundary', async () => {
    const answer = await client.post('/workspace/files', multipart(NAME, FILE), {
      'content-type': 'multipart/form-data',
    });
    expectError(answer, 400, 'bad_request');
  });

  it('have a largest size, declared or not', async () => {
    const before = [await names(), onDisk()];
    expect((await upload('edge', Buffer.alloc(50 * MIB, 'a'))).status).toBe(201);
    expect((await client.delete('/workspace/files/edge')).status).toBe(204);
    expectError(await upload('large', Buffer.alloc(50 * MIB + 1, 'a')), 413, 'payload_too_large');
    expectError(await upload('huge', Buffer.alloc(100 * MIB, 'a')), 413, 'payload_too_large');
    expect(await chunked(60 * MIB)).toMatch(/^HTTP\/1\.1 413 /);
    expect([await names(), onDisk()]).toEqual(before);
  });

  /** Uploads without telling the size. @returns what was answered */
  const chunked = (bytes: number, cutAfter = Number.POSITIVE_INFINITY): Promise<string> =>
    new Promise((resolve) => {
      const { hostname, port } = new URL(client.url);
      const socket = connect(Number(port), hostname);
      let answer = '';
      socket.on('data', (data) => {
        answer += data;
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(answer));
      socket.write(
        `POST /workspace/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${server.key}\r\nTransfer-Encoding: chunked\r\n` +
          'Content-Type: multipart/form-data; boundary=XX\r\n\r\n',
      );
      const send = (text: string) => socket.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
      send(
        '--XX\r\nContent-Disposition: form-data; name="name"\r\n\r\nx\r\n--XX\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n',
      );
      let sent = 0;
      const more = (): void => {
        if (socket.destroyed) return;
        if (sent >= cutAfter) return void socket.destroy();
        if (sent >= bytes) {
          send('\r\n--XX--\r\n');
          socket.end('0\r\n\r\n');
          return;
        }
        sent += MIB;
        if (send('a'.repeat(MIB))) setImmediate(more);
        else socket.once('drain', more);
      };
      more();
    });

  it('leave nothing behind when they are cut off', async () => {
    const before = [await names(), onDisk()];
    await chunked(40 * MIB, 8 * MIB);
    await until(async () => onDisk().spool.length === 0);
    const store = await server.openDatabase();
    await until(
      async () => (await store.selectFrom('file_blob').where('state', '!=', 'kept').selectAll().execute()).length === 0,
    );
    await store.destroy();
    expect([await names(), onDisk()]).toEqual(before);
  });

  it('keep their quota when many are uploaded at once', async () => {
    for (const name of await names()) await client.delete(`/workspace/files/${encodeURIComponent(name)}`);
    await setPlan('free');
    try {
      // 500 MiB in all would take long to fill: a row that is there already takes most of it.
      const { body } = await upload('filler', 'x');
      const store = await server.openDatabase();
      const MOST = 524_288_000;
      await store
        .updateTable('workspace_file')
        .set({ byte_count: String(MOST - 10_000) })
        .where('id', '=', body.id)
        .execute();
      const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => upload(`f${i}`, 'y'.repeat(1000))));
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 201)).toHaveLength(10);
      for (const answer of answers) if (answer.status !== 201) expectError(answer, 409, 'storage_quota_exceeded');
      expect(onDisk()).toMatchObject({ spool: [], blobs: { length: 11 } });
      // One of the same name takes the place of the old one, and fits.
      expect((await upload('f0', 'z'.repeat(1000))).status).toBe(answers[0]?.status === 201 ? 200 : 409);
      await store.updateTable('workspace_file').set({ byte_count: '1' }).execute();
      await store.destroy();
      expectError(await upload('a', Buffer.alloc(50 * MIB + 1, 'a')), 413, 'payload_too_large');
    } finally {
      await setPlan('self-hosted');
    }
  });

  it('of one name that are uploaded at once leave one, whole', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => upload('same', String(i % 10).repeat(100_000))),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(19).fill(200), 201]);
    expect((await client.get('/workspace/files/same')).text).toMatch(/^(\d)\1{99999}$/);
    const store = await server.openDatabase();
    const blobs = await store.selectFrom('file_blob').select('id').execute();
    await store.destroy();
    expect(
      onDisk()
        .blobs.map((path) => path.split('/').at(-1))
        .toSorted(),
    ).toEqual(blobs.map(({ id }) => id).toSorted());
  });

  it('of others do not exist', async () => {
    await upload('mine', 'canary');
    const other = client.as(await addProject(server));
    const answer = await other.get('/workspace/files/mine');
    expectError(answer, 404, 'not_found');
    expect(answer.text).not.toContain('canary');
    expectError(await other.delete('/workspace/files/mine'), 404, 'not_found');
    expect(await names(other)).toEqual([]);
    expect((await upload('mine', 'theirs', other)).status).toBe(201);
    expect((await client.get('/workspace/files/mine')).text).toBe('canary');
    expect((await other.get('/workspace/files/mine')).text).toBe('theirs');
    expectError(await client.as(undefined).get('/workspace/files/mine'), 401, 'unauthorized');
    expectError(await upload('x', 'x', client.as(undefined)), 401, 'unauthorized');
    expect(onDisk().spool).toEqual([]);
  });

  it('lie in folders of the server alone, under names that it made', () => {
    for (const path of onDisk().blobs) expect(path).toMatch(/^files\/ws_[0-9a-z]{26}\/blob_[0-9a-z]{26}$/);
    for (const folder of readdirSync(join(server.dataDirectory, 'files'))) expect(folder).toMatch(/^ws_/);
    expect(readFileSync(join(server.dataDirectory, onDisk().blobs[0] ?? ''), 'utf8')).not.toBe('');
  });
});
