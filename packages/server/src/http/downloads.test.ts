import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, expectError } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

const TEXT = 'a,b\n1,2\n3,4\n';

describe('what is downloaded', () => {
  let server: TestServer;
  let client: Client;
  let template: string;
  beforeAll(async () => {
    server = await startOn('external', { runs: { workers: 1 } });
    client = server.client;
    template = await client.create([{ name: 'id', type: 'sequence' }]);
    expect((await client.upload('f.csv', TEXT)).status).toBe(201);
  });
  afterAll(() => server?.close());

  const runOutput = async (): Promise<string> => {
    const body = { count: 3, format: 'csv', async: true };
    const { run_id: run } = (await client.post<{ run_id: string }>(`/templates/${template}/generate`, body)).body;
    expect((await client.get(`/runs/${run}?wait=true`)).body).toMatchObject({ state: 'done' });
    return `/runs/${run}/output`;
  };

  it.each(['a file', 'the output of a run'])(
    'need not be sent again, and goes on where it broke off: %s',
    async (what) => {
      const path = what === 'a file' ? '/workspace/files/f.csv' : await runOutput();
      const whole = await client.get(path);
      const size = whole.text.length;
      const tag = whole.headers.get('etag') ?? '';
      expect(tag).toMatch(/^"[\w-]{43}"$/);
      expect(Object.fromEntries(whole.headers)).toMatchObject({
        'accept-ranges': 'bytes',
        'cache-control': 'private, no-cache',
        'content-disposition': expect.stringMatching(/^attachment; filename="\w+\.csv"; filename\*=UTF-8''\w+\.csv$/),
        'content-length': String(size),
        'content-security-policy': "sandbox; default-src 'none'",
        'content-type': expect.stringMatching(/^text\/csv/),
        'cross-origin-resource-policy': 'same-origin',
      });
      for (const known of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
        const { status, text, headers } = await client.get(path, { 'if-none-match': known });
        expect([status, text, headers.get('etag')]).toEqual([304, '', tag]);
      }
      expect((await client.get(path, { 'if-none-match': '"x"' })).text).toBe(whole.text);
      const part = async (range: string, more = {}) => {
        const { status, headers, text } = await client.get(path, { range, ...more });
        return [status, headers.get('content-range'), headers.get('content-length'), text];
      };
      const rest = [206, `bytes 2-${size - 1}/${size}`, String(size - 2), whole.text.slice(2)];
      expect(await part('bytes=2-')).toEqual(rest);
      expect(await part(`bytes=2-${size + 5}`)).toEqual(rest);
      expect(await part(`bytes=-${size - 2}`)).toEqual(rest);
      expect(await part('bytes=1-1')).toEqual([206, `bytes 1-1/${size}`, '1', whole.text[1]]);
      // Of the same bytes, by their tag itself, and of no others.
      expect(await part('bytes=2-', { 'if-range': tag })).toEqual(rest);
      for (const other of ['"x"', `W/${tag}`, 'Wed, 21 Oct 2026 07:28:00 GMT']) {
        expect(await part('bytes=2-', { 'if-range': other })).toEqual([200, null, String(size), whole.text]);
      }
      for (const range of ['bytes=2-1', 'lines=1-2', 'bytes=0-1,3-4', 'bytes=-']) {
        expect(await part(range)).toEqual([200, null, String(size), whole.text]);
      }
      const behind = await client.get(path, { range: `bytes=${size}-` });
      expectError(behind, 416, 'range_not_satisfiable');
      expect(behind.headers.get('content-range')).toBe(`bytes */${size}`);
      expect(['etag', 'content-disposition', 'accept-ranges'].map((name) => behind.headers.get(name))).toEqual(
        Array(3).fill(null),
      );
    },
  );

  it('of a set says which rows of which version it is', async () => {
    for (const n of [1, 2]) {
      const rows = Array.from({ length: 5 * n }, (_, id) => ({ id, n }));
      expect((await client.post('/sets', { name: 'numbers', rows })).status).toBe(201);
    }
    const told = async (query: string) => {
      const { headers } = await client.get(`/sets/numbers${query}`);
      return ['x-datamaker-version', 'x-datamaker-rows', 'x-datamaker-spreadsheet-safe', 'content-disposition'].map(
        (name) => headers.get(name),
      );
    };
    expect(await told('')).toEqual(['2', '10', null, null]);
    expect(await told('?offset=7')).toEqual(['2', '3', null, null]);
    expect(await told('?offset=2&limit=4&version=1')).toEqual(['1', '3', null, null]);
    const name = (extension: string) => `attachment; filename*=UTF-8''numbers.${extension}`;
    expect(await told('?format=csv&limit=4')).toEqual(['2', '4', 'false', name('csv')]);
    expect(await told('?format=ndjson&limit=4')).toEqual(['2', '4', null, name('ndjson')]);
    const verified = async (query: string) => (await client.post(`/sets/numbers/verify${query}`, {})).body;
    expect(await verified('?version=1')).toMatchObject({ version: 1, row_count: 5, matches: true });
    expect(await verified('')).toMatchObject({ version: 2, row_count: 10, matches: true });
    expectError(await client.post('/sets/numbers/verify?version=3', {}), 404, 'not_found');
  });

  it('of templates and scenarios need not be sent to whoever has it', async () => {
    const scenario = (await client.post('/scenarios?force=true', { name: 's', code: 'print(1)' })).body.id;
    for (const path of [`/templates/${template}`, `/scenarios/${scenario}`, `/scenarios/${scenario}/code`]) {
      const { headers } = await client.get(path);
      const tag = headers.get('etag') ?? '';
      for (const known of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
        const again = await client.get(path, { 'if-none-match': known });
        expect([path, again.status, again.text, again.headers.get('etag')]).toEqual([path, 304, '', tag]);
      }
      expect((await client.get(path, { 'if-none-match': '"x"' })).status).toBe(200);
      // A version of it is tagged as itself.
      expect((await client.get(path.replace(/(_\w+)/, '$1@v1'))).headers.get('etag')).toBe(tag);
    }
  });
});
