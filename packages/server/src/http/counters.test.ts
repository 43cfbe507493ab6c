import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_COUNTERS } from '../services/counter-service.ts';
import { addProject } from '../testing/add-project.ts';
import { type Client, expectError, type ListBody } from '../testing/client.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';

interface Counted {
  readonly name: string;
  readonly value: number;
  readonly first?: number;
}

describe.each(STORES)('counters on the %s store', (kind) => {
  let server: TestServer;
  let client: Client;
  beforeAll(async () => {
    server = await startOn(kind);
    client = server.client;
  });
  afterAll(() => server?.close());
  const next = (name: string, body: object = {}, headers: Record<string, string> = {}) =>
    client.post<Counted>(`/counters/${encodeURIComponent(name)}/next`, body, headers);
  const peek = async (name: string, headers = {}): Promise<number> =>
    (await client.get<Counted>(`/counters/${encodeURIComponent(name)}`, headers)).body.value;

  it('count 1, 2, 3, begin anew, and are deleted', async () => {
    expect(await peek('seq')).toBe(0);
    expect((await next('seq')).body).toEqual({ name: 'seq', value: 1, first: 1 });
    expect((await next('seq')).body.value).toBe(2);
    expect((await next('seq', { count: 10 })).body).toEqual({ name: 'seq', value: 12, first: 3 });
    expect(await peek('seq')).toBe(12);
    const listed = (await client.get<ListBody<Counted>>('/counters')).body.items;
    expect(listed.find(({ name }) => name === 'seq')).toMatchObject({ value: 12, createdAt: expect.any(String) });
    expect((await client.post<Counted>('/counters/seq/reset', {})).body).toEqual({ name: 'seq', value: 0 });
    expect((await next('seq')).body.value).toBe(1);
    expect((await client.delete('/counters/seq')).status).toBe(204);
    expectError(await client.delete('/counters/seq'), 404, 'not_found');
    expect(await peek('seq')).toBe(0);
    const actions = (await client.get<ListBody<{ action: string; subject_id: string }>>('/audit')).body.items;
    expect(actions.map(({ action }) => action).filter((action) => action.startsWith('counter.'))).toEqual([
      'counter.deleted',
      'counter.reset',
    ]);
  });

  it('give no number twice, and skip none, to those who count at once', async () => {
    const blocks = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => (await next('busy', { count: 1 + (i % 5) })).body),
    );
    const numbers = blocks.flatMap(({ first = 0, value }) =>
      Array.from({ length: value - first + 1 }, (_, i) => first + i),
    );
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: numbers.length }, (_, i) => i + 1));
  });

  it('give the same numbers to a request that is sent again', async () => {
    const headers = { 'idempotency-key': 'count-once' };
    const first = await next('once', { count: 5 }, headers);
    const again = await next('once', { count: 5 }, headers);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await peek('once')).toBe(5);
  });

  it('are of one project', async () => {
    const other = client.as(await addProject(server));
    await next('shared');
    expect((await other.get<Counted>('/counters/shared')).body.value).toBe(0);
    expect((await other.post<Counted>('/counters/shared/next', {})).body.value).toBe(1);
    expect(await peek('shared')).toBe(1);
  });

  it('have any name', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
          .filter((name) => !['.', '..'].includes(name) && !/\p{Cc}/u.test(name)),
        async (name) => {
          const { status, body } = await next(name);
          expect({ status, body }).toMatchObject({ status: 200, body: { name } });
        },
      ),
      { numRuns: 30 },
    );
    expect((await next('n'.repeat(128))).status).toBe(200);
  });

  it.each([
    ['n'.repeat(129), {}],
    ['a\nb', {}],
    ['seq', { count: 0 }],
    ['seq', { count: 1.5 }],
    ['seq', { count: 1_000_001 }],
    ['seq', { count: '3' }],
    ['seq', { number: 3 }],
  ])('refuse %j with %j', async (name, body) => {
    expectError(await next(name, body), 422, 'validation_error');
  });

  it('end where numbers of JSON do', async () => {
    const store = await server.openDatabase();
    await next('end');
    await store
      .updateTable('counter')
      .set({ value: String(Number.MAX_SAFE_INTEGER - 2) })
      .where('name', '=', 'end')
      .execute();
    expect((await next('end', { count: 2 })).body.value).toBe(Number.MAX_SAFE_INTEGER);
    expectError(await next('end'), 409, 'conflict');
    await store.destroy();
  });

  it('are not without number', async () => {
    const store = await server.openDatabase();
    const project = await store.selectFrom('project').select(['id', 'workspace_id']).executeTakeFirstOrThrow();
    const names = Array.from({ length: MAX_COUNTERS }, (_, i) => `filler ${i}`);
    await store
      .insertInto('counter')
      .values(names.map((name) => ({ name, project_id: project.id, workspace_id: project.workspace_id, value: '0' })))
      .execute();
    expectError(await next('one more'), 409, 'conflict');
    expect((await next('filler 1')).body.value).toBe(1);
    await store.deleteFrom('counter').where('name', 'like', 'filler%').execute();
    await store.destroy();
  });
});
