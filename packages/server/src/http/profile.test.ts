import type { Profile } from '@datamaker/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, expectError } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

let server: TestServer;
let client: Client;
let id: string;
beforeAll(async () => {
  server = await startOn('external');
  client = server.client;
  id = await client.create([
    { name: 'n', type: 'number', options: { min: 1, max: 6 }, null_percentage: 25 },
    { name: 'state', type: 'enum', options: { values: ['a', 'b'], weights: [3, 1] } },
    { name: 'in', type: 'template', options: { fields: [{ name: 'mail', type: 'email', unique: true }] } },
  ]);
});
afterAll(() => server?.close());

const profile = (body: object, ref = id) =>
  client.post<Profile & { readonly seed: string }>(`/templates/${ref}/profile`, body);

describe('POST /templates/{ref}/profile', () => {
  it('tells of every field, and of what the template promises', async () => {
    const { status, body } = await profile({ count: 5000, seed: 's' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ rows: 5000, seed: 's', truncated: false });
    expect(body.fields.map(({ path, type }) => [path, type])).toEqual([
      ['n', 'number'],
      ['state', 'enum'],
      ['in', 'template'],
      ['in.mail', 'email'],
    ]);
    expect(body.fields[0]).toMatchObject({ count: 5000, numbers: { min: 1, max: 6 }, histogram: { of: 'numbers' } });
    expect(body.fields.flatMap(({ checks }) => checks.filter(({ ok }) => !ok))).toEqual([]);
    expect((await profile({ count: 5000, seed: 's' }, `${id}@v1`)).body).toEqual(body);
  });

  it('looks at 10,000 rows when nothing is said, and at overridden ones', async () => {
    expect((await profile({})).body.rows).toBe(10_000);
    const { body } = await profile({ count: 10, overrides: { state: 'z' } });
    expect(body.fields[1]).toMatchObject({ type: 'constant', distinct: { value: 1, exact: true } });
  });

  it.each([
    [{ count: 0 }, '/count'],
    [{ count: 1.5 }, '/count'],
    [{ count: '10' }, '/count'],
    [{ seed: '' }, '/seed'],
    [{ format: 'csv' }, '/format'],
    [{ overrides: { nope: 1 } }, '/overrides/nope'],
  ])('refuses %j', async (body, pointer) => {
    const problems = expectError(await profile(body), 422, 'validation_error');
    expect(problems.map((problem) => problem.pointer)).toContain(pointer);
  });

  it('says how many rows it looks at at most', async () => {
    expect(expectError(await profile({ count: 100_001 }), 422, 'validation_error')).toEqual([
      { code: 'invalid_value', pointer: '/count', message: 'count must be at most 100000' },
    ]);
  });

  it('refuses more rows than a unique field can give, and a template that is not there', async () => {
    const few = await client.create([{ name: 'b', type: 'boolean', options: { unique: true } }]);
    const problems = expectError(await profile({ count: 3 }, few), 422, 'validation_error');
    expect(problems[0]).toMatchObject({ code: 'unique_exhausted' });
    expectError(await profile({}, 'tmpl_nope'), 404, 'not_found');
    expectError(await client.get(`/templates/${id}/profile`), 405, 'method_not_allowed');
  });
});
