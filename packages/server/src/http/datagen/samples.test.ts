import { Collection, type Item, Property } from 'postman-collection';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { postmanCollection } from '../../services/datagen/samples.ts';
import { mintKey } from '../../testing/datagen-client.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';

interface ListBody {
  readonly samples: readonly { readonly path: string; readonly download: string }[];
  readonly postman_collection: string;
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

describe('the Postman collection', () => {
  type Definition = ReturnType<typeof postmanCollection>;
  const download = async (): Promise<Definition> => {
    const { body } = await server.client.get<ListBody>('/api/v1/samples');
    return (await server.client.get<Definition>(body.postman_collection)).body;
  };

  it('is one: what the SDK of Postman reads of it is all that is in it', async () => {
    const definition = await download();
    expect(definition.info.schema).toBe('https://schema.getpostman.com/json/collection/v2.1.0/collection.json');
    const read = new Collection(definition as never).toJSON();
    expect(read.info).toMatchObject({ name: definition.info.name, schema: definition.info.schema });
    expect(read.auth).toEqual({ type: 'apikey', apikey: expect.arrayContaining([...definition.auth.apikey]) });
    const items = definition.item.map(({ request, ...item }) => {
      const { raw: _, ...url } = request.url;
      const { header, ...more } = request;
      return { ...item, request: { ...more, url, ...(header.length > 0 ? { header } : {}) } };
    });
    expect(read.item).toMatchObject(items);
  });

  it('runs as it is, its requests one after the other', async () => {
    const collection = new Collection((await download()) as never);
    const statuses: (readonly [name: string, status: number])[] = [];
    for (const item of collection.items.all() as Item[]) {
      const fill = (text: string): string => Property.replaceSubstitutions(text, collection.variables.toObject());
      const { key, value } = Object.fromEntries(
        (item.getAuth()?.parameters().all() ?? []).map((parameter) => [parameter.key, fill(String(parameter.value))]),
      );
      const answer = await fetch(fill(item.request.url.toString()), {
        method: item.request.method,
        headers: { ...item.request.headers.toObject(), [String(key)]: String(value) },
        ...(item.request.body === undefined ? {} : { body: item.request.body.toString() }),
      });
      const text = await answer.text();
      statuses.push([item.name, answer.status]);
      // What the script of the first request does, which only Postman itself can run.
      if (item.events.count() > 0) {
        expect(item.events.idx(0)?.script.toSource()).toContain("set('api_key', pm.response.json().api_key)");
        collection.variables.one('api_key')?.set((JSON.parse(text) as { api_key: string }).api_key);
      }
    }
    expect(statuses.length).toBeGreaterThan(8);
    expect(statuses.filter(([, status]) => status !== 200)).toEqual([]);
  });
});
