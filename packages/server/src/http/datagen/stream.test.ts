import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerationBody } from '../../testing/datagen-client.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';

const PATH = '/api/v1/generate-ai/stream';
const NAMES = ['customer_id', 'email'];

let server: TestServer;
beforeAll(async () => {
  server = await startOn('external');
});
afterAll(() => server?.close());

/** The events of a stream, as HTML, 9.2.6 reads them. */
function eventsOf(text: string): { event: string; data: string }[] {
  return text
    .split('\n\n')
    .map((block) => block.split('\n').filter((line) => line !== '' && !line.startsWith(':')))
    .filter((lines) => lines.length > 0)
    .map((lines) => ({
      event: lines.find((line) => line.startsWith('event: '))?.slice(7) ?? '',
      data: lines
        .filter((line) => line.startsWith('data: '))
        .map((line) => line.slice(6))
        .join('\n'),
    }));
}

describe('the stream', () => {
  it('tells what goes on in the documented order, with a sign of life first', async () => {
    const { status, headers, text } = await server.client.post(PATH, { field_names: NAMES, count: 4500, seed: 's' });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/event-stream');
    expect(text.startsWith(': heartbeat\n\n')).toBe(true);
    const events = eventsOf(text);
    expect(events.map(({ event }) => event)).toEqual([
      'status',
      'schema',
      'status',
      'progress',
      'progress',
      'progress',
      'result',
      'done',
    ]);
    expect([events[0]?.data, events[2]?.data]).toEqual(['inferring_schema', 'generating_rows']);
    const [schema = '', result = '', done = ''] = [1, 6, 7].map((index) => events[index]?.data);
    expect(JSON.parse(schema)).toMatchObject(NAMES.map((name) => ({ name })));
    const rows = events.slice(3, 6).map(({ data }) => JSON.parse(data));
    expect(rows.map((progress) => progress.rows)).toEqual([2000, 4000, 4500]);
    expect(rows.at(-1)).toEqual({ rows: 4500, count: 4500, percent: 100 });
    const payload = JSON.parse(result) as GenerationBody;
    expect(payload.records).toHaveLength(4500);
    expect(JSON.parse(done)).toEqual({ generation_id: payload.generation_id });
    // The same rows as without a stream.
    const plain = await server.client.post<GenerationBody>('/api/v1/generate-ai', {
      field_names: NAMES,
      count: 4500,
      seed: 's',
    });
    expect(payload.records).toEqual(plain.body.records);
    expect(Object.keys(payload)).toEqual(Object.keys(plain.body));
  });

  it.each([
    ['csv', undefined],
    ['parquet', 'base64'],
  ])('holds %s as content', async (output_format, encoding) => {
    const body = { field_names: NAMES, count: 3, seed: 's', output_format };
    const { text } = await server.client.post(PATH, body);
    const result = JSON.parse(eventsOf(text).find(({ event }) => event === 'result')?.data ?? '{}');
    const plain = await fetch(`${server.client.url}/api/v1/generate-ai`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': server.key },
      body: JSON.stringify(body),
    });
    const bytes = Buffer.from(await plain.arrayBuffer());
    expect(result.content_encoding).toBe(encoding);
    expect(Buffer.from(result.content, encoding === undefined ? 'utf8' : 'base64').equals(bytes)).toBe(true);
    expect(result.media_type).toBe(plain.headers.get('content-type'));
  });

  it('ends with an error when the contract is not what was expected, after showing it', async () => {
    const expected = 'A'.repeat(64);
    const { status, text } = await server.client.post(PATH, { field_names: NAMES, expected_contract_hash: expected });
    expect(status).toBe(200);
    const events = eventsOf(text);
    expect(events.map(({ event }) => event)).toEqual(['status', 'schema', 'error']);
    expect(JSON.parse(events[2]?.data ?? '')).toMatchObject({
      detail: 'Inferred contract hash mismatch.',
      expected_contract_hash: expected.toLowerCase(),
      actual_contract_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      status: 409,
    });
  });

  it('is not opened for a body that is wrong, nor without a key', async () => {
    expect((await server.client.post(PATH, {})).status).toBe(422);
    expect((await server.client.as(undefined).post(PATH, { field_names: NAMES })).status).toBe(402);
  });
});
