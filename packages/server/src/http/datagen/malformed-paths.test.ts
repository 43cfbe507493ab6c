import { afterAll, beforeAll, expect, it } from 'vitest';
import { AGENTIC } from '../../testing/datagen-client.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startOn('external');
});
afterAll(() => server?.close());

it.each([
  ['/api/v1/contracts/%', 400, 'bad_request'],
  ['/api/v1/contracts/%ff', 400, 'bad_request'],
  [`/api/v1/contracts/${'x'.repeat(300)}`, 404, 'not_found'],
])('%s is refused in the shapes of this door', async (path, status, code) => {
  const sentences = await server.client.get<unknown>(path);
  expect([sentences.status, sentences.body]).toEqual([status, { detail: [expect.stringContaining('the')] }]);
  const structured = await server.client.get<unknown>(path, AGENTIC);
  expect([structured.status, structured.body]).toMatchObject([status, [{ error: true, code }]]);
});

it('paths of the other door are refused in its shape', async () => {
  for (const path of ['/templates/%', '/api/v10/%']) {
    const { status, body } = await server.client.get<unknown>(path);
    expect([status, body]).toMatchObject([400, { error: { code: 'bad_request' } }]);
  }
});
