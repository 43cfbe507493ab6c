import { afterAll, beforeAll, expect, it } from 'vitest';
import { mintKey } from '../../testing/datagen-client.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';

interface ListBody {
  readonly samples: readonly { readonly path: string; readonly download: string }[];
  readonly postman_collection: string;
}
interface CollectionBody {
  readonly variable: readonly { readonly key: string; readonly value: string }[];
  readonly item: readonly {
    readonly request: {
      readonly method: string;
      readonly url: { readonly raw: string };
      readonly body?: { readonly raw: string };
    };
  }[];
}

let server: TestServer;
beforeAll(async () => {
  server = await startOn('external');
});
afterAll(() => server?.close());

it('samples work as they are downloaded, on the free plan', async () => {
  const free = server.client.as(await mintKey(server.client));
  const { body } = await free.get<ListBody>('/api/v1/samples');
  expect(body.samples.length).toBeGreaterThan(4);
  for (const { path, download } of body.samples) {
    const sample = await free.get(download);
    expect(sample.headers.get('content-disposition')).toContain('attachment');
    expect((await free.post(path, sample.text)).status, download).toBe(200);
  }
  expect((await free.get('/api/v1/samples/nothing.json')).status).toBe(404);
});

it('so do the requests of the Postman collection', async () => {
  const { body: list } = await server.client.get<ListBody>('/api/v1/samples');
  const { body } = await server.client.get<CollectionBody>(list.postman_collection);
  const values: Record<string, string> = { ...Object.fromEntries(body.variable.map(({ key, value }) => [key, value])) };
  for (const { request } of body.item) {
    const url = request.url.raw.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
    const answer = await fetch(url, {
      method: request.method,
      headers: { 'x-api-key': server.key, 'content-type': 'application/json' },
      ...(request.body === undefined ? {} : { body: request.body.raw }),
    });
    await answer.arrayBuffer();
    expect([url, answer.status]).toEqual([url, 200]);
  }
});
