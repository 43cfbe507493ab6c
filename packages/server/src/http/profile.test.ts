import type { Profile } from '@datamaker/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLANS } from '../services/limits/plans.ts';
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

  it('looks at as many rows as have half a million values', async () => {
    const values = Array.from({ length: 5000 }, () => 1);
    const wide = await client.create([{ name: 'list', type: 'constant', options: { value: values } }]);
    const { body } = await profile({ count: 1000 }, wide);
    // A list is a value, too.
    expect(body.rows).toBe(Math.ceil(500_000 / 5001));
    expect(body.truncated).toBe(false);
  });

  it('lets others be served, one at a time for a workspace, until the client goes away', async () => {
    const heavy = await client.create(
      Array.from({ length: 60 }, (_, i) => ({ name: `mail${i}`, type: 'email', unique: true })),
    );
    const gone = new AbortController();
    let isOver = false;
    const first = fetch(`${client.url}/templates/${heavy}/profile`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ count: 100_000 }),
      signal: gone.signal,
    }).then(
      () => {
        isOver = true;
      },
      () => undefined,
    );
    for (let i = 0; i < 5; i++) expect((await client.get(`/templates/${heavy}`)).status).toBe(200);
    let isNext = false;
    const second = profile({ count: 10 }).then(({ status }) => {
      isNext = true;
      return status;
    });
    for (let i = 0; i < 5; i++) expect((await client.get('/templates')).status).toBe(200);
    expect([isOver, isNext]).toEqual([false, false]);
    gone.abort();
    await first;
    expect(await second).toBe(200);
  });

  it('counts as a preview', async () => {
    const few = await startOn('external', {
      plans: { ...PLANS, 'self-hosted': { ...PLANS.free, previewsPerMinute: 2 } },
    });
    try {
      const made = await few.client.create([{ name: 'n', type: 'sequence' }]);
      const ask = () => few.client.post(`/templates/${made}/profile`, { count: 1 });
      expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
      const refused = await ask();
      expectError(refused, 429, 'rate_limited');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await few.close();
    }
  });

  it('refuses more rows than a unique field can give, and a template that is not there', async () => {
    const few = await client.create([{ name: 'b', type: 'boolean', options: { unique: true } }]);
    const problems = expectError(await profile({ count: 3 }, few), 422, 'validation_error');
    expect(problems[0]).toMatchObject({ code: 'unique_exhausted' });
    expectError(await profile({}, 'tmpl_nope'), 404, 'not_found');
    expectError(await client.get(`/templates/${id}/profile`), 405, 'method_not_allowed');
  });
});
