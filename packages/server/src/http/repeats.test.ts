import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addProject } from '../testing/add-project.ts';
import { type Answer, type Client, expectError, type ListBody, type TemplateBody } from '../testing/client.ts';
import { World } from '../testing/matrix/world.ts';
import { join } from '../testing/people.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';
import { tries } from '../testing/tries.ts';

const FIELDS = [
  { name: 'id', type: 'uuid' },
  { name: 'email', type: 'email' },
];
/** Of a hundred requests with the same key. */
const CROWDS = tries(4, 200);
const keyed = (key: string) => ({ 'idempotency-key': key });

describe.each(STORES)('a POST with an Idempotency-Key, with the %s store', (kind) => {
  let server: TestServer;
  let client: Client;
  beforeAll(async () => {
    server = await startOn(kind);
    client = server.client;
  });
  afterAll(() => server?.close());
  const named = async (name: string): Promise<number> => {
    const store = await server.openDatabase();
    const found = await store.selectFrom('template_version').where('name', '=', name).select('name').execute();
    await store.destroy();
    return found.length;
  };

  /** As clients do who are told that the same request is still under way. */
  const insistent = async (body: object, key: string): Promise<Answer<TemplateBody>> => {
    for (;;) {
      const answer = await client.post('/templates', body, keyed(key));
      if (answer.status !== 409) return answer;
      expectError(answer, 409, 'request_in_progress');
      expect(answer.headers.get('retry-after')).toBe('1');
    }
  };

  it('has one effect and one answer', async () => {
    const body = { name: 'once', fields: FIELDS };
    const first = await client.post('/templates', body, keyed('k1'));
    const second = await client.post('/templates', { fields: FIELDS, name: 'once' }, keyed('k1'));
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.text).toBe(first.text);
    expect(second.headers.get('location')).toBe(`/templates/${first.body.id}`);
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await named('once')).toBe(1);
    expect((await client.post('/templates', body, keyed('k2'))).body.id).not.toBe(first.body.id);
  });

  it('has one effect however many come at once', async () => {
    for (let crowd = 0; crowd < CROWDS; crowd += 4) {
      const keys = Array.from({ length: 4 }, (_, index) => `crowd ${crowd + index} ${randomUUID()}`);
      const answers = await Promise.all(
        keys.flatMap((key) => Array.from({ length: 100 }, () => insistent({ name: key, fields: FIELDS }, key))),
      );
      for (const key of keys) {
        expect(await named(key)).toBe(1);
        const mine = answers.filter(({ body }) => body.name === key);
        expect(mine).toHaveLength(100);
        expect(new Set(mine.map(({ text }) => text)).size).toBe(1);
        expect(mine.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
      }
    }
  });

  it('is refused when another request had the key', async () => {
    await client.post('/templates', { name: 'a', fields: FIELDS }, keyed('reused'));
    const other = await client.post('/templates', { name: 'b', fields: FIELDS }, keyed('reused'));
    expectError(other, 422, 'idempotency_key_reused');
    expect(await named('b')).toBe(0);
  });

  it.each(['', 'x'.repeat(256)])('is refused with a key that is none (%#)', async (key) => {
    expectError(
      await client.post('/templates', { name: 'none', fields: FIELDS }, keyed(key)),
      400,
      'invalid_idempotency_key',
    );
    expect((await client.post('/templates', { name: 'x', fields: FIELDS }, keyed('x'.repeat(255)))).status).toBe(201);
  });

  it('may be corrected when it failed', async () => {
    for (const wrong of [{ name: 'wrong' }, { name: 'wrong', fields: [{ name: 'id', type: 'none' }] }]) {
      expectError(await client.post('/templates', wrong, keyed('corrected')), 422, 'validation_error');
    }
    const right = await client.post('/templates', { name: 'right', fields: FIELDS }, keyed('corrected'));
    expect([right.status, right.headers.get('idempotent-replayed')]).toEqual([201, null]);
  });

  it('is another request in another project', async () => {
    const project = await client.post<{ id: string }>('/projects', { name: 'Other' });
    const elsewhere = { ...keyed('in a project'), 'x-datamaker-project': project.body.id };
    const body = { name: 'in a project', fields: FIELDS };
    expect((await client.post('/templates', body, keyed('in a project'))).status).toBe(201);
    expectError(await client.post('/templates', body, elsewhere), 422, 'idempotency_key_reused');
  });

  it('is another for somebody else', async () => {
    const other = client.as(await addProject(server));
    const mine = await client.post('/templates', { name: 'mine', fields: FIELDS }, keyed('shared'));
    const theirs = await other.post('/templates', { name: 'mine', fields: FIELDS }, keyed('shared'));
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(theirs.body.id).not.toBe(mine.body.id);
    expect(theirs.headers.get('idempotent-replayed')).toBeNull();
    // What is made again of what was noted, too.
    const generate = `/templates/${mine.body.id}/generate`;
    const somebody = (await join(client, 'member')).client;
    const rows = [
      await client.post(generate, { count: 5 }, keyed('shared')),
      await somebody.post(generate, { count: 5 }, keyed('shared')),
    ];
    expect(rows.map(({ status, headers }) => [status, headers.get('idempotent-replayed')])).toEqual([
      [200, null],
      [200, null],
    ]);
    expect(rows[1]?.text).not.toBe(rows[0]?.text);
    const world = await World.make(server);
    const headers = { ...(await world.headersOf('foreign')), ...keyed('shared') };
    const foreign = await client.as(undefined).post('/templates', { name: 'another', fields: FIELDS }, headers);
    expect([foreign.status, foreign.headers.get('idempotent-replayed')]).toEqual([201, null]);
    await world.close();
  });

  it('gets the same rows again, also when the template has changed', async () => {
    const inner = await client.create([{ name: 'city', type: 'city' }]);
    const id = await client.create([...FIELDS, { name: 'home', type: 'template', options: { template_id: inner } }]);
    const body = { count: 50, format: 'json' };
    const first = await client.post(`/templates/${id}/generate`, body, keyed('rows'));
    expect(first.status).toBe(200);
    await client.patch(`/templates/${id}`, { fields: [{ name: 'other', type: 'uuid' }] });
    await client.patch(`/templates/${inner}`, { fields: [{ name: 'other', type: 'uuid' }] });
    const second = await client.post(`/templates/${id}/generate`, body, keyed('rows'));
    expect(second.text).toBe(first.text);
    expect(second.headers.get('x-datamaker-seed')).toBe(first.headers.get('x-datamaker-seed'));
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expectError(
      await client.post(`/templates/${id}/generate`, { ...body, count: 51 }, keyed('rows')),
      422,
      'idempotency_key_reused',
    );
    expect((await client.post(`/templates/${id}/generate`, body)).text).not.toBe(first.text);
  });

  it('gets the same rows for all that come at once', async () => {
    const id = await client.create(FIELDS);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => client.post(`/templates/${id}/preview`, {}, keyed('preview'))),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it('may be corrected when rows could not be made', async () => {
    const id = await client.create(FIELDS);
    expectError(await client.post(`/templates/${id}/generate`, { count: -1 }, keyed('count')), 422, 'validation_error');
    expect((await client.post(`/templates/${id}/generate`, { count: 1 }, keyed('count'))).status).toBe(200);
  });

  it('masks the rows that it brings again, of which nothing is kept', async () => {
    const rows = [{ email: `canary-${kind}@example.org` }];
    const body = { rows, strategies: { email: 'hash' } };
    const [first, second] = [
      await client.post('/mask', body, keyed('mask')),
      await client.post('/mask', body, keyed('mask')),
    ];
    expect(first.status).toBe(200);
    expect(second.text).toBe(first.text);
    const store = await server.openDatabase();
    const kept = await store.selectFrom('request_claim').where('route', '=', 'POST /mask').selectAll().execute();
    await store.destroy();
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain('canary');
  });

  it('is kept for a day, and forgotten after it', async () => {
    const body = { name: 'daily', fields: FIELDS };
    const first = await client.post('/templates', body, keyed('daily'));
    const letPass = async (hours: number): Promise<void> => {
      const store = await server.openDatabase();
      await store
        .updateTable('request_claim')
        .set({ created_at: new Date(Date.now() - hours * 3_600_000) })
        .where('request_key', '=', 'daily')
        .execute();
      await store.destroy();
    };
    await letPass(23);
    expect((await client.post('/templates', body, keyed('daily'))).text).toBe(first.text);
    await letPass(25);
    const second = await client.post('/templates', { ...body, name: 'daily again' }, keyed('daily'));
    expect([second.status, second.headers.get('idempotent-replayed')]).toEqual([201, null]);
    expect(second.body.id).not.toBe(first.body.id);
  });

  it('does not hold up others', async () => {
    const list = await client.get<ListBody<TemplateBody>>('/templates', keyed('read'));
    expect([list.status, list.headers.get('idempotent-replayed')]).toEqual([200, null]);
  });
});
