import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client, ListBody } from '../testing/client.ts';
import { expectError } from '../testing/client.ts';
import { join } from '../testing/people.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';

interface ActBody {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly personId: string;
  readonly subjectId: string;
  readonly requestId: string;
}

describe.each(STORES)('the audit over HTTP, on the %s store', (kind) => {
  let server: TestServer;
  let owner: Client;
  beforeAll(async () => {
    server = await startOn(kind);
    owner = server.client;
  });
  afterAll(() => server?.close());
  const list = async (query: string) => (await owner.get<ListBody<ActBody>>(`/audit${query}`)).body;

  it('has each write once, with who and in which request', async () => {
    const created = await owner.post<{ id: string }>('/templates', {
      name: 'x',
      fields: [{ name: 'id', type: 'sequence' }],
    });
    const { id } = created.body;
    const changed = await owner.patch(`/templates/${id}`, { name: 'y' });
    expectError(await owner.patch(`/templates/${id}`, { fields: [{}] }), 422, 'validation_error');
    const deleted = await owner.delete(`/templates/${id}`);
    const acts = await list(`?subject=${id}`);
    expect(acts.items.map(({ action, requestId }) => [action, requestId])).toEqual([
      ['template.deleted', deleted.headers.get('request-id')],
      ['template.changed', changed.headers.get('request-id')],
      ['template.created', created.headers.get('request-id')],
    ]);
    expect(acts.total).toBe(3);
  });

  it('is filtered, and paged without loss while acts are added', async () => {
    const somebody = await join(owner, 'member');
    const ids = [];
    for (let index = 0; index < 12; index++) ids.push(await somebody.client.create([{ name: 'id', type: 'sequence' }]));
    const query = `?person=${somebody.id}&action=template.created&limit=5`;
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: ListBody<ActBody> = await list(cursor === '' ? query : `${query}&cursor=${cursor}`);
      seen.push(...page.items.map(({ subjectId }) => subjectId));
      cursor = page.next_cursor;
      await somebody.client.create([{ name: 'id', type: 'sequence' }]);
    }
    expect(seen).toEqual(ids.toReversed());
    const first = await list(query);
    expectError(await owner.get(`/audit?limit=5&cursor=${first.next_cursor}`), 400, 'invalid_cursor');
  });

  it('is filtered by time, from a moment on and before another', async () => {
    const { items } = await list('?limit=100');
    const middle = items[Math.floor(items.length / 2)] as ActBody;
    const at = encodeURIComponent(middle.at);
    const [from, to] = [await list(`?limit=100&from=${at}`), await list(`?limit=100&to=${at}`)];
    expect(from.total + to.total).toBe(items.length);
    expect(from.items.every((act) => act.at >= middle.at)).toBe(true);
    expect(to.items.every((act) => act.at < middle.at)).toBe(true);
    for (const wrong of ['?from=yesterday', '?action=', '?nonsense=1', '?action=a&action=b', '?person=%00']) {
      expectError(await owner.get(`/audit${wrong}`), 422, 'validation_error');
    }
  });

  it('is exported as lines, each act once, and that is an act as well', async () => {
    const { total } = await list('');
    const answer = await owner.get('/audit/export');
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    const acts = answer.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as ActBody);
    expect(acts).toHaveLength(total);
    expect(new Set(acts.map(({ id }) => id)).size).toBe(total);
    expect((await list('?limit=1')).items[0]).toMatchObject({ action: 'audit.exported' });
    const some = await owner.get('/audit/export?action=audit.exported');
    expect(some.text.trimEnd().split('\n')).toHaveLength(1);
  });

  it('is exported whole when it is longer than what is read at a time', async () => {
    const store = await server.openDatabase();
    const { id } = await store.selectFrom('workspace').select('id').executeTakeFirstOrThrow();
    await sql`INSERT INTO audit_entry (id, workspace_id, action, details)
      SELECT 'aud_' || n, ${id}, 'test.filled', '{}' FROM generate_series(1, 2500) AS n`.execute(store);
    await store.destroy();
    const { text } = await owner.get('/audit/export?action=test.filled');
    expect(new Set(text.trimEnd().split('\n')).size).toBe(2500);
    expect((await list('?action=test.filled')).total).toBe(2500);
  });

  it('is in order of time, page after page, though clocks and numbers disagree', async () => {
    const store = await server.openDatabase();
    const { id } = await store.selectFrom('workspace').select('id').executeTakeFirstOrThrow();
    // Three at each moment, the moments in an order of their own.
    await sql`INSERT INTO audit_entry (id, workspace_id, at, action, details)
      SELECT 'aud_t' || n, ${id}, timestamptz '2026-01-01Z' + make_interval(days => n * 7 % 11), 'test.timed', '{}'
        FROM generate_series(1, 33) AS n`.execute(store);
    await store.destroy();
    const query = '?action=test.timed&limit=4';
    const seen: ActBody[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: ListBody<ActBody> = await list(cursor === '' ? query : `${query}&cursor=${cursor}`);
      seen.push(...page.items);
      cursor = page.next_cursor;
    }
    const number = (act: ActBody): number => Number(act.id.slice('aud_t'.length));
    const expected = seen.toSorted((a, b) => b.at.localeCompare(a.at) || number(b) - number(a));
    expect(new Set(seen.map((act) => act.id)).size).toBe(33);
    expect(seen.map(number)).toEqual(expected.map(number));
    // Three of them are at each end, to the microsecond: a span has its beginning, and not its end.
    const span = '&from=2026-01-03T00:00:00Z&to=2026-01-05T00:00:00Z';
    const { items, total } = await list(`?action=test.timed&limit=100${span}`);
    expect([...new Set(items.map(({ at }) => at))]).toEqual(['2026-01-04T00:00:00.000Z', '2026-01-03T00:00:00.000Z']);
    expect([items.length, total]).toEqual([6, 6]);
  });

  it('is never changed, whoever asks the database for it', async () => {
    const store = await server.openDatabase();
    const before = await sql`SELECT count(*) FROM audit_entry`.execute(store);
    for (const change of [
      sql`UPDATE audit_entry SET action = 'x'`,
      sql`DELETE FROM audit_entry`,
      sql`TRUNCATE audit_entry`,
      sql`TRUNCATE workspace CASCADE`,
    ]) {
      await expect(change.execute(store)).rejects.toThrow(/never changed|permission denied/);
    }
    expect((await sql`SELECT count(*) FROM audit_entry`.execute(store)).rows).toEqual(before.rows);
    await store.destroy();
  });
});
