import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Client, TemplateBody } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

/** All that a template has, nothing of it as it is by default. */
const DOCUMENT = {
  fields: [
    { name: 'id', type: 'sequence', options: { start: 7 } },
    { name: 'who', type: 'full_name' },
    { name: 'where', type: 'city' },
  ],
  locale: 'de_DE',
  weighting: 'population',
};
const OTHER = { name: 'other', fields: [{ name: 'n', type: 'number' }], locale: 'fr_FR', weighting: 'uniform' };

const good = <T>({ status, text, body }: Answer<T>): T => {
  expect({ text, isGood: status < 300 }).toMatchObject({ isGood: true });
  return body;
};

/** Ways to come by the same template again; each gives what names it. */
const WAYS: Readonly<Record<string, (client: Client, id: string) => Promise<string>>> = {
  'a version': async (client, id) => {
    good(await client.patch(`/templates/${id}`, OTHER));
    return `${id}@v1`;
  },
  'a rollback': async (client, id) => {
    good(await client.patch(`/templates/${id}`, OTHER));
    return good(await client.post(`/templates/${id}/rollback`, { version: 1 })).id;
  },
  'a duplicate': async (client, id) => good(await client.post(`/templates/${id}/duplicate`, {})).id,
  'a duplicate of a version': async (client, id) => {
    good(await client.patch(`/templates/${id}`, OTHER));
    return good(await client.post(`/templates/${id}@v1/duplicate`, {})).id;
  },
  'an export and an import': async (client, id) => {
    const bundle = good(await client.get<object>(`/templates/${id}/export`));
    const { templates } = good(await client.post<{ templates: TemplateBody[] }>('/templates/bundle', bundle));
    return templates[0]?.id ?? '';
  },
  'a change of its name': async (client, id) => good(await client.patch(`/templates/${id}`, { name: 'renamed' })).id,
  'a restore': async (client, id) => {
    expect((await client.delete(`/templates/${id}`)).status).toBe(204);
    return good(await client.post(`/templates/${id}/restore`, {})).id;
  },
};

describe('a template', () => {
  let server: TestServer;
  let client: Client;
  beforeAll(async () => {
    server = await startOn('external');
    client = server.client;
  });
  afterAll(() => server?.close());

  const rowsOf = async (ref: string): Promise<string> =>
    (await client.post(`/templates/${ref}/generate`, { count: 30, seed: 'same', format: 'ndjson' })).text;

  it.each(Object.entries(WAYS))('is all that it was, and makes the same rows, by %s', async (_, copy) => {
    const { id } = good(await client.post('/templates', { name: 'one', ...DOCUMENT }));
    const rows = await rowsOf(id);
    expect(rows.split('\n')).toHaveLength(31);
    const ref = await copy(client, id);
    expect(good(await client.get(`/templates/${ref}`))).toMatchObject(DOCUMENT);
    expect(await rowsOf(ref)).toBe(rows);
  });

  it('has nothing that is not tried', async () => {
    const { paths } = good(
      await client.get<{
        paths: Record<
          string,
          { post: { requestBody: { content: Record<string, { schema: { properties: object } }> } } }
        >;
      }>('/openapi.json'),
    );
    const schema = paths['/templates']?.post.requestBody.content['application/json']?.schema;
    expect(Object.keys(schema?.properties ?? {}).toSorted()).toEqual(['name', ...Object.keys(DOCUMENT)].toSorted());
  });
});
