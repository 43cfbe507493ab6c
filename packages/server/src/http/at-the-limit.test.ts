import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_CONNECTIONS } from '../services/connection-service.ts';
import { TIERS, type TierName } from '../services/datagen/tiers.ts';
import { PLANS } from '../services/limits/plans.ts';
import { MAX_RECIPE_ROWS } from '../services/set-service.ts';
import type { Store } from '../store/open-store.ts';
import { type Answer, type Client, expectError } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { setPlan } from '../testing/set-plan.ts';

const UNLIMITED = { requestsPerMinute: null, rowsPerHour: null, previewsPerMinute: null };

/** What is promised as the most is given, and one more is not. */
describe('at its limit', () => {
  let server: TestServer;
  let client: Client;
  let store: Store;
  beforeAll(async () => {
    server = await startOn('external', {
      plans: { ...PLANS, small: { ...UNLIMITED, fileBytes: 100, storageBytes: 150, files: 3 } },
    });
    client = server.client;
    store = await server.openDatabase();
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });
  const statusOf = async (answer: Promise<Answer<unknown>>): Promise<number> => (await answer).status;

  it('is a plan of files: how large, how many, and how much together', async () => {
    await setPlan(store, 'small');
    const upload = (name: string, bytes: number) => client.upload(name, 'x'.repeat(bytes));
    expectError(await upload('a', 101), 413, 'payload_too_large');
    expect(await statusOf(upload('a', 100))).toBe(201);
    expectError(await upload('b', 51), 409, 'storage_quota_exceeded');
    expect(await statusOf(upload('b', 40))).toBe(201);
    expect(await statusOf(upload('c', 10))).toBe(201);
    // In place of one of its name there is room for it.
    expect(await statusOf(upload('b', 39))).toBe(200);
    const more = await upload('d', 1);
    expectError(more, 409, 'storage_quota_exceeded');
    expect(more.text).toContain('3 files');
    expect(await statusOf(client.delete('/workspace/files/c'))).toBe(204);
    expectError(await upload('d', 12), 409, 'storage_quota_exceeded');
    expect(await statusOf(upload('d', 11))).toBe(201);
    await setPlan(store, 'self-hosted');
  });

  it('is rows of sets beside the files: of all versions, not of recipes, and of deleted ones until they are purged', async () => {
    const own = await startOn('external', {
      plans: { ...PLANS, small: { ...UNLIMITED, fileBytes: 100, storageBytes: 150, files: 3 } },
    });
    const db = await own.openDatabase();
    try {
      await setPlan(db, 'small');
      const used = async (): Promise<number | undefined> => {
        const { body } = await own.client.get<{ meters: { name: string; used: number }[] }>('/workspace/usage');
        return body.meters.find(({ name }) => name === 'storage_bytes')?.used;
      };
      /** Rows of so many bytes as a line of JSON. */
      const save = (name: string, bytes: number) =>
        own.client.post('/sets', { name, rows: [{ a: 'x'.repeat(bytes - '{"a":""}\n'.length) }] });
      expect((await save('one', 60)).status).toBe(201);
      expect((await save('one', 60)).status).toBe(201);
      expect(await used()).toBe(120);
      expectError(await save('one', 31), 409, 'storage_quota_exceeded');
      expectError(await save('other', 31), 409, 'storage_quota_exceeded');
      expectError(await own.client.upload('a', 'x'.repeat(31)), 409, 'storage_quota_exceeded');
      expect((await own.client.get('/sets/other')).status).toBe(404);
      expect(await used()).toBe(120);
      const template = await own.client.create([{ name: 'n', type: 'sequence' }]);
      expect((await own.client.post('/sets', { name: 'recipe', template_id: template, count: 1000 })).status).toBe(201);
      expect(await used()).toBe(120);
      expect((await own.client.delete('/sets/one')).status).toBe(204);
      expect(await used()).toBe(0);
      expect((await save('two', 100)).status).toBe(201);
      expectError(await own.client.post('/sets/one/restore', {}), 409, 'storage_quota_exceeded');
      expect((await own.client.delete('/sets/two')).status).toBe(204);
      // Deleted ones are kept: there is an end to that, too.
      const kept = await save('three', 81);
      expectError(kept, 409, 'storage_quota_exceeded');
      expect(kept.text).toContain('220 bytes');
      expect((await own.client.post('/sets/one/restore', {})).status).toBe(200);
      expect(await used()).toBe(120);
      await db.deleteFrom('saved_set').where('name', 'in', ['one', 'two']).execute();
      expect(await used()).toBe(0);
      // Two at once are counted one after another.
      const answers = await Promise.all(Array.from({ length: 4 }, (_, i) => save(`at-once-${i}`, 70)));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 409, 409]);
      expect(await used()).toBe(140);
    } finally {
      await db.destroy();
      await own.close();
    }
  });

  it('are connections, those that can be restored included', async () => {
    const { id: workspace } = (await client.get('/workspace')).body;
    const { id: project } = await store.selectFrom('project').select('id').executeTakeFirstOrThrow();
    await sql`
      INSERT INTO connection (id, workspace_id, project_id, name, type, config, created_by, updated_by, deleted_at, purge_at)
      SELECT 'conn_f' || n, ${workspace}, ${project}, 'f' || n, 'rest', '{"url":"","auth":{"type":"none"},"options":{}}', 'x', 'x',
             CASE WHEN n % 2 = 0 THEN now() END, CASE WHEN n % 2 = 0 THEN now() + interval '1 day' END
        FROM generate_series(1, ${MAX_CONNECTIONS - 1}::int) AS n`.execute(store);
    const create = (name: string) =>
      client.post('/connections', { name, type: 'postgres', url: 'postgres://u@10.255.0.1/x' });
    expect(await statusOf(create('last'))).toBe(201);
    expect(expectError(await create('more'), 409, 'conflict')).toMatchObject([{ code: 'too_many_connections' }]);
    await sql`DELETE FROM connection WHERE id LIKE 'conn_f%'`.execute(store);
    expect(await statusOf(create('more'))).toBe(201);
  });

  it('are schedules of a scenario', async () => {
    const { id } = (await client.post('/scenarios', { name: 's', code: 'print(1)' })).body;
    const add = () => client.post(`/scenarios/${id}/schedules`, { cron: '@yearly', paused: true });
    for (let made = 0; made < 50; made++) expect(await statusOf(add())).toBe(201);
    expect(expectError(await add(), 409, 'conflict')).toMatchObject([{ code: 'too_many_schedules' }]);
  });

  it('are rows of a set', async () => {
    const id = await client.create([{ name: 'id', type: 'sequence' }]);
    const save = (count: number) => client.post('/sets', { name: 'most', template_id: id, count });
    expect((await save(MAX_RECIPE_ROWS)).body).toMatchObject({ row_count: MAX_RECIPE_ROWS });
    expect(expectError(await save(MAX_RECIPE_ROWS + 1), 422, 'validation_error')).toMatchObject([
      { code: 'set_too_large', pointer: '/count' },
    ]);
    expectError(await client.post('/sets/most/restore', { as: 'a/b' }), 422, 'validation_error');
    await client.delete('/sets/most');
    expect(expectError(await client.post('/sets/most/restore', { as: 'a/b' }), 422, 'validation_error')).toMatchObject([
      { pointer: '/as' },
    ]);
  });

  it('are names of sets and files, in bytes', async () => {
    const set = (bytes: number) => client.post('/sets', { name: 'é'.repeat(bytes / 2), rows: [] });
    expect([await statusOf(set(128)), await statusOf(set(130))]).toEqual([201, 422]);
    const file = (bytes: number) => client.upload('x'.repeat(bytes), 'x');
    expect([await statusOf(file(255)), await statusOf(file(256))]).toEqual([201, 422]);
  });

  it('are conditions, and how deep a body is nested', async () => {
    const { id } = (
      await client.post('/connections', { name: 'c', type: 'postgres', url: 'postgres://u@10.255.0.1/x' })
    ).body;
    const where = (count: number) =>
      encodeURIComponent(JSON.stringify(Array.from({ length: count }, () => ({ column: 'a', is: 'null' }))));
    expectError(await client.get(`/connections/${id}/rows?table=t&where=${where(50)}`), 502, 'connection_failed');
    expectError(await client.get(`/connections/${id}/rows?table=t&where=${where(51)}`), 422, 'validation_error');
    const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    expectError(await client.post('/templates', nested(200)), 422, 'validation_error');
    expectError(await client.post('/templates', nested(201)), 400, 'bad_request');
  });

  it('is the name of a copy', async () => {
    const name = `${'n'.repeat(199)}!`;
    const id = await client.create([{ name: 'id', type: 'sequence' }], name);
    const copy = await client.post(`/templates/${id}/duplicate`, {});
    expect(copy).toMatchObject({ status: 201, body: { name: `${'n'.repeat(193)} (copy)` } });
    expect(await statusOf(client.post('/templates', { name: `${name}x`, fields: [] }))).toBe(422);
  });

  it.each(Object.keys(TIERS) as TierName[])('is a call of the DataGen door on the plan %s', async (tier) => {
    await setPlan(store, tier);
    const { max_records_per_call: most, nested_depth: depth } = TIERS[tier];
    const fields = [{ name: 'id', type: 'uuid' }];
    const generate = (count: number) => client.post('/api/v1/validate', { schema_fields: fields, count });
    expect((await generate(most)).body).toMatchObject({ valid: true, estimated_records: most });
    expect(await statusOf(generate(most + 1))).toBe(422);
    const nested = (levels: number): object =>
      levels === 0
        ? { name: 'x', type: 'uuid' }
        : { name: 'x', type: 'object', constraints: { fields: [nested(levels - 1)] } };
    const validate = (levels: number) => client.post('/api/v1/validate', { schema_fields: [nested(levels)], count: 1 });
    const statuses = [await statusOf(validate(depth)), await statusOf(validate(depth + 1))];
    expect([tier, ...statuses]).toEqual([tier, 200, 422]);
    await setPlan(store, 'self-hosted');
  });

  it('is rows of sets beside the files: of all versions, not of recipes, and of deleted ones until they are purged', async () => {
    const own = await startOn('external', {
      plans: { ...PLANS, small: { ...UNLIMITED, fileBytes: 100, storageBytes: 150, files: 3 } },
    });
    const db = await own.openDatabase();
    try {
      await setPlan(db, 'small');
      const used = async (): Promise<number | undefined> => {
        const { body } = await own.client.get<{ meters: { name: string; used: number }[] }>('/workspace/usage');
        return body.meters.find(({ name }) => name === 'storage_bytes')?.used;
      };
      /** Rows of so many bytes as a line of JSON. */
      const save = (name: string, bytes: number) =>
        own.client.post('/sets', { name, rows: [{ a: 'x'.repeat(bytes - '{"a":""}\n'.length) }] });
      expect((await save('one', 60)).status).toBe(201);
      expect((await save('one', 60)).status).toBe(201);
      expect(await used()).toBe(120);
      expectError(await save('one', 31), 409, 'storage_quota_exceeded');
      expectError(await save('other', 31), 409, 'storage_quota_exceeded');
      expectError(await own.client.upload('a', 'x'.repeat(31)), 409, 'storage_quota_exceeded');
      expect((await own.client.get('/sets/other')).status).toBe(404);
      expect(await used()).toBe(120);
      const template = await own.client.create([{ name: 'n', type: 'sequence' }]);
      expect((await own.client.post('/sets', { name: 'recipe', template_id: template, count: 1000 })).status).toBe(201);
      expect(await used()).toBe(120);
      expect((await own.client.delete('/sets/one')).status).toBe(204);
      expect(await used()).toBe(0);
      expect((await save('two', 100)).status).toBe(201);
      expectError(await own.client.post('/sets/one/restore', {}), 409, 'storage_quota_exceeded');
      expect((await own.client.delete('/sets/two')).status).toBe(204);
      // Deleted ones are kept: there is an end to that, too.
      const kept = await save('three', 81);
      expectError(kept, 409, 'storage_quota_exceeded');
      expect(kept.text).toContain('220 bytes');
      expect((await own.client.post('/sets/one/restore', {})).status).toBe(200);
      expect(await used()).toBe(120);
      await db.deleteFrom('saved_set').where('name', 'in', ['one', 'two']).execute();
      expect(await used()).toBe(0);
      // Two at once are counted one after another.
      const answers = await Promise.all(Array.from({ length: 4 }, (_, i) => save(`at-once-${i}`, 70)));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 409, 409]);
      expect(await used()).toBe(140);
    } finally {
      await db.destroy();
      await own.close();
    }
  });

  it('are columns and fields of the DataGen door', async () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `column_${index}`);
    const infer = (count: number) => client.post('/api/v1/infer-schema', { field_names: names(count) });
    expect([await statusOf(infer(80)), await statusOf(infer(81))]).toEqual([200, 422]);
    const check = (count: number) =>
      client.post('/api/v1/validate', { schema_fields: names(count).map((name) => ({ name, type: 'uuid' })) });
    expect([await statusOf(check(50)), await statusOf(check(51))]).toEqual([200, 422]);
    const hint = (length: number) =>
      client.post('/api/v1/infer-schema', { field_names: ['a'], domain_hint: 'x'.repeat(length) });
    expect([await statusOf(hint(2000)), await statusOf(hint(2001))]).toEqual([200, 422]);
    const keyed = (length: number) =>
      client.post('/api/v1/generate-ai', { field_names: ['a'] }, { 'idempotency-key': 'k'.repeat(length) });
    expect([await statusOf(keyed(255)), await statusOf(keyed(256))]).toEqual([200, 422]);
  });
});
