import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, expectError } from '../testing/client.ts';
import { A_STORE, startOn, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';

const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'name', type: 'full_name' },
  { name: 'note', type: 'sentence' },
  { name: 'twice', type: 'derived', options: { expression: 'id * 2' } },
];
const ABSENT = 'run_00000000000000000000';
/** More than is made before somebody asks for an end. */
const MANY = 4_000_000_000;
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

interface JobBody {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly progress: { rows: number; bytes: number; total: number };
  readonly parts: { total: number; done: number; running: number };
  readonly error: { code: string } | null;
  readonly rows_per_second: number | null;
}
interface ManifestBody {
  readonly rows: number;
  readonly bytes: number;
  readonly seed: string;
  readonly parts: readonly { number: number; name: string; from: number; to: number; bytes: number; sha256: string }[];
}

describe.each(A_STORE)('jobs on the %s store', (kind) => {
  let server: TestServer;
  let client: Client;
  let template: string;
  beforeAll(async () => {
    server = await startOn(kind, { runs: { jobWorkers: 2, workers: 1, scenarioWorkers: 0 } });
    client = server.client;
    template = await client.create(FIELDS);
  });
  afterAll(() => server?.close());

  const submit = async (body: object, headers = {}): Promise<string> => {
    const answer = await client.post<{ run_id: string }>('/jobs', { template_id: template, ...body }, headers);
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 202, body: { state: 'queued' } });
    expect(answer.headers.get('location')).toBe(`/jobs/${answer.body.run_id}`);
    return answer.body.run_id;
  };
  const ended = async (id: string): Promise<JobBody> => (await client.get<JobBody>(`/jobs/${id}?wait=true`)).body;
  const made = async (body: object): Promise<string> => {
    const id = await submit(body);
    expect(await ended(id)).toMatchObject({ state: 'done', error: null });
    return id;
  };
  const manifestOf = async (id: string): Promise<ManifestBody> =>
    (await client.get<ManifestBody>(`/jobs/${id}/manifest`)).body;
  /** As they are: many formats are no texts. */
  const bytesOf = async (path: string, body?: object): Promise<{ bytes: Buffer; headers: Headers }> => {
    const headers = { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(client.url + path, { headers, ...sent });
    expect(answer.status).toBe(200);
    return { bytes: Buffer.from(await answer.arrayBuffer()), headers: answer.headers };
  };
  const blobs = (): string[] => {
    const folder = join(server.dataDirectory, 'files');
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.includes('/blob_'))
      .toSorted();
  };

  it.each([
    ['csv', { from: 7, to: 2507, lineEnding: 'crlf' }],
    ['ndjson', { from: 0, to: 2500 }],
    ['json', { from: 1, to: 2501 }],
    ['sql', { from: 3, to: 2503, batch: 64, createTable: true }],
    ['xml', { from: 0, to: 2500 }],
    ['custom', { from: 0, to: 2500, line: '{{id}};{{name}}', separator: '\\n', head: '<', tail: '>' }],
  ])('make the bytes of one process in parts (%s)', async (format, more) => {
    const body = { format, seed: 'demo', overrides: { note: { pick_from: ['A', 'B'] } }, ...more };
    const { text } = await client.post(`/templates/${template}/generate`, body);
    const id = await made({ ...body, part_rows: 333 });
    const manifest = await manifestOf(id);
    expect(manifest).toMatchObject({ rows: 2500, seed: 'demo', bytes: Buffer.byteLength(text), sink: 'files', format });
    expect(manifest.parts.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const parts = await Promise.all(
      manifest.parts.map(async (part) => {
        const answer = await client.get(`/jobs/${id}/parts/${part.number}`);
        expect(answer.headers.get('content-disposition')).toContain(part.name);
        expect([Buffer.byteLength(answer.text), sha256(answer.text)]).toEqual([part.bytes, part.sha256]);
        return answer.text;
      }),
    );
    expect(parts.join('')).toBe(text);
    const whole = await client.get(`/jobs/${id}/content`);
    expect(whole.text).toBe(text);
    const checked = { ok: true, parts: 8, bytes: manifest.bytes, damaged: [] };
    expect((await client.post(`/jobs/${id}/verify`, {})).body).toEqual(checked);
    // A piece of JSON is none, and is labelled as such all the same.
    if (format === 'json') return;
    const start = Buffer.byteLength(parts[0] ?? '') - 5;
    const range = await client.get(`/jobs/${id}/content`, { range: `bytes=${start}-${start + 9}` });
    expect([range.status, range.text]).toEqual([
      206,
      Buffer.from(text)
        .subarray(start, start + 10)
        .toString(),
    ]);
  });

  it('make one part of a format that cannot be cut', async () => {
    const body = { format: 'parquet', seed: 'demo', count: 500 };
    const { text } = await client.post(`/templates/${template}/generate`, body);
    const id = await made(body);
    expect((await manifestOf(id)).parts).toHaveLength(1);
    expect((await client.get(`/jobs/${id}/content`)).text).toBe(text);
    expectError(
      await client.post('/jobs', { template_id: template, ...body, part_rows: 100 }),
      422,
      'validation_error',
    );
  });

  it.each([
    ['csv', { from: 7, to: 507, lineEnding: 'crlf' }],
    ['ndjson', { from: 0, to: 500 }],
    ['json', { from: 1, to: 501 }],
    ['sql', { from: 3, to: 503, batch: 64, createTable: true }],
    ['xml', { from: 0, to: 500 }],
    ['custom', { from: 0, to: 500, line: '{{id}};{{name}}', separator: '\\n', head: '<', tail: '>' }],
    ['xlsx', { from: 5, to: 505 }],
    ['parquet', { from: 11, to: 511, rowGroup: 50 }],
    ['avro', { from: 0, to: 500 }],
  ])('make files of their own of parts where that is asked for (%s)', async (format, { from, to, ...more }) => {
    const body = { format, seed: 'demo', overrides: { note: { pick_from: ['A', 'B'] } }, ...more };
    const id = await made({ ...body, from, to, part_files: true, part_rows: 133 });
    const manifest = await manifestOf(id);
    expect(manifest).toMatchObject({ rows: 500, part_files: true });
    expect(manifest.parts.map((part) => part.from - from)).toEqual([0, 133, 266, 399]);
    for (const part of manifest.parts) {
      const alone = await bytesOf(`/templates/${template}/generate`, { ...body, from: part.from, to: part.to });
      const file = await bytesOf(`/jobs/${id}/parts/${part.number}`);
      expect(file.bytes.equals(alone.bytes)).toBe(true);
      expect([file.bytes.length, sha256(file.bytes)]).toEqual([part.bytes, part.sha256]);
      expect(file.headers.get('content-type')).toBe(alone.headers.get('content-type'));
      expect(file.headers.get('content-disposition')).toContain(part.name);
    }
    expect((await client.get(`/jobs/${id}`)).body).toMatchObject({
      part_files: true,
      content_url: null,
      params: { part_files: true, part_rows: 133, parts: 4 },
    });
    expectError(await client.get(`/jobs/${id}/content`), 409, 'job_of_files');
    expect((await client.post(`/jobs/${id}/verify`, {})).body).toMatchObject({ ok: true, parts: 4 });
  });

  it('count, hash and drop bytes where that is asked for', async () => {
    const body = { format: 'csv', seed: 'demo', count: 1000, part_rows: 300 };
    const before = blobs();
    const [kept, hashed] = [await made(body), await made({ ...body, sink: 'hash' })];
    expect((await manifestOf(hashed)).parts).toEqual((await manifestOf(kept)).parts);
    expectError(await client.get(`/jobs/${hashed}/content`), 409, 'conflict');
    expectError(await client.get(`/jobs/${hashed}/parts/1`), 409, 'conflict');
    expect(blobs().length - before.length).toBe(4);
  });

  it('are one for one key, and runs like others', async () => {
    const headers = { 'idempotency-key': 'one job' };
    const body = { count: 100, seed: 'demo' };
    const id = await submit(body, headers);
    expect(await submit(body, headers)).toBe(id);
    const done = await ended(id);
    expect(done).toMatchObject({ id, kind: 'generation_job', progress: { rows: 100, total: 100 }, parts: { done: 1 } });
    expect((await client.get(`/runs/${id}`)).body).toMatchObject({ state: 'done', params: { template_id: template } });
    expect((await client.get<{ items: { id: string }[] }>('/runs?kind=generation_job')).body.items[0]?.id).toBe(id);
    expect((await client.delete(`/runs/${id}`)).status).toBe(204);
    expectError(await client.get(`/jobs/${id}`), 404, 'not_found');
  });

  it('keep nothing when they are cancelled', async () => {
    const before = blobs();
    const id = await submit({ count: MANY, format: 'csv', part_rows: 1_000_000 });
    await until(async () => (await client.get<JobBody>(`/jobs/${id}`)).body.parts.done > 0);
    expect(blobs().length).toBeGreaterThan(before.length);
    expectError(await client.get(`/jobs/${id}/manifest`), 409, 'conflict');
    expect((await client.post(`/runs/${id}/cancel`, {})).body).toMatchObject({ state: 'cancelled' });
    await until(() => blobs().length === before.length);
    expectError(await client.post(`/runs/${id}/resume`, {}), 409, 'conflict');
    expect(await ended(id)).toMatchObject({ state: 'cancelled', parts: { done: 0, running: 0 } });
  });

  it('refuse what cannot be', async () => {
    const refused = async (body: object, code: string): Promise<void> => {
      const answer = await client.post<{ error: { details: { diagnostics: { code: string }[] } } }>('/jobs', {
        template_id: template,
        ...body,
      });
      expectError(answer, 422, 'validation_error');
      expect(answer.body.error.details.diagnostics[0]?.code).toBe(code);
    };
    await refused({ count: 10, format: 'csv', part_rows: 0 }, 'invalid_value');
    await refused({ count: MANY, part_rows: 1 }, 'too_many_parts');
    await refused({ count: 10, part_files: 'yes' }, 'invalid_value');
    await refused({ count: MANY, format: 'parquet', part_files: true, part_rows: 1 }, 'too_many_parts');
    await refused({ count: 10, sink: '/etc/passwd' }, 'invalid_value');
    await refused({ count: 10, format: 'csv', colour: 'red' }, 'unknown_option');
    for (const id of ['../../etc/passwd', 'tmpl_x@v1', 'a\u0000b', ABSENT]) {
      expectError(await client.post('/jobs', { template_id: id, count: 1 }), 404, 'not_found');
    }
    expectError(await client.get(`/jobs/${ABSENT}`), 404, 'not_found');
    const run = await client.post<{ run_id: string }>(`/templates/${template}/generate`, { count: 1, async: true });
    expectError(await client.get(`/jobs/${run.body.run_id}`), 404, 'not_found');
    expectError(await client.get(`/jobs/${ABSENT}/parts/..%2f1`), 422, 'validation_error');
  });
});
