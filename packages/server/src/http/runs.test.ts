import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';

const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'name', type: 'first_name' },
];
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface RunBody {
  readonly id: string;
  readonly state: string;
  readonly progress: { rows: number; bytes: number; total: number };
  readonly output: { sha256: string; url: string; size: number } | null;
  readonly error: { code: string; message: string } | null;
}

describe.each(STORES)('runs on the %s store', (kind) => {
  let server: TestServer;
  let id: string;
  beforeAll(async () => {
    server = await startOn(kind);
    id = await server.client.create(FIELDS);
  });
  afterAll(() => server?.close());

  it('make the bytes of a stream with the same seed', async () => {
    const { client } = server;
    const body = { count: 5000, format: 'csv', seed: 'demo' };
    const stream = await client.post(`/templates/${id}/generate`, body);
    const submitted = await client.post<{ run_id: string }>(`/templates/${id}/generate`, { ...body, async: true });
    expect(submitted.status).toBe(202);
    expect(submitted.body).toEqual({ run_id: expect.stringMatching(/^run_\w{20}$/), state: 'queued' });
    const place = `/runs/${submitted.body.run_id}`;
    expect(submitted.headers.get('location')).toBe(place);
    const { body: run } = await client.get<RunBody>(`${place}?wait=true`);
    expect(run).toMatchObject({ state: 'done', error: null, progress: { rows: 5000, total: 5000 } });
    expect(run.output?.sha256).toBe(sha256(stream.text));
    const output = await client.get(`${place}/output`);
    expect(output.status).toBe(200);
    expect(output.text).toBe(stream.text);
    const range = await client.get(`${place}/output`, { range: 'bytes=10-19' });
    expect({ status: range.status, text: range.text }).toEqual({ status: 206, text: stream.text.slice(10, 20) });
  });
});
