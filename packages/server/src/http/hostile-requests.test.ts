import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectError } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

const ID = { name: 'id', type: 'sequence' };
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

let server: TestServer;
let id: string;
beforeAll(async () => {
  server = await startOn('external');
  id = await server.client.create([ID]);
});
afterAll(() => server?.close());

it.each(['generate', 'preview'])('values nested 5,000 levels deep are refused by %s', async (action) => {
  const count = action === 'generate' ? '"count":1,' : '';
  const answer = await server.client.post(`/templates/${id}/${action}`, `{${count}"overrides":{"id":${nested(5000)}}}`);
  expectError(answer, 400, 'bad_request');
});

it('values may be nested as deep as people write them', async () => {
  const answer = await server.client.post<object[]>(
    `/templates/${id}/generate`,
    `{"count":1,"overrides":{"id":${nested(100)}}}`,
  );
  expect(JSON.stringify(answer.body)).toContain(nested(100));
});

it('keys with many slashes are not deep', async () => {
  const value = { ['/'.repeat(300)]: 1 };
  const answer = await server.client.post('/templates', {
    name: 'slashes',
    fields: [{ name: 'c', type: 'constant', options: { value } }],
  });
  expect(answer.status).toBe(201);
});

it('NUL characters are refused at their place, in keys as well', async () => {
  const value = { 'a/b': [{ 'x\0': 1 }] };
  const answer = await server.client.post('/templates', {
    name: 'nul',
    fields: [{ name: 'c', type: 'constant', options: { value } }],
  });
  expect(expectError(answer, 422, 'validation_error')).toMatchObject([
    { code: 'invalid_character', pointer: '/fields/0/options/value/a~1b/0/x\\u0000' },
  ]);
});

it('an answer names a hundred mistakes at most, and guesses at what was meant only for the first', async () => {
  const names = Array.from({ length: 3000 }, (_, index) => `some_other_field_name_number_${index}`);
  const wide = await server.client.create(
    Array.from({ length: 1000 }, (_, index) => ({ name: `some_long_field_name_number_${index}`, type: 'null' })),
  );
  const overrides = Object.fromEntries(names.map((name) => [name, 1]));
  const answer = await server.client.post(`/templates/${wide}/generate`, { count: 1, overrides });
  const diagnostics = expectError(answer, 422, 'validation_error');
  expect(diagnostics).toHaveLength(100);
  expect(diagnostics.filter(({ hint }) => hint?.startsWith('did you mean')).length).toBeLessThanOrEqual(10);
  expect(answer.text).toContain('and 2999 more');
  const unknown = await server.client.post(`/templates/${wide}/preview`, overrides);
  expect(expectError(unknown, 422, 'validation_error')).toHaveLength(100);
});

it.each(['1e1', '0x10', '+5', ' 5', '5 ', '٥'])('the limit %j is refused', async (limit) => {
  const answer = await server.client.get(`/templates?limit=${encodeURIComponent(limit)}`);
  expectError(answer, 422, 'validation_error');
});

it('many changes at once do not wait for each other', async () => {
  const nest = { name: 'inner', type: 'template', options: { template_id: id } };
  const ids = [];
  for (let index = 0; index < 24; index++) ids.push(await server.client.create([nest], `outer ${index}`));
  const changed = await Promise.all(
    ids.map((outer) => server.client.patch(`/templates/${outer}`, { name: 'changed' })),
  );
  expect(changed.map(({ status }) => status)).toEqual(ids.map(() => 200));
});

it('a preview says how many rows it has', async () => {
  const answer = await server.client.post(`/templates/${id}/preview`);
  expect(answer.headers.get('x-datamaker-rows')).toBe('3');
});
