import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { sweepWorkspaces } from '../services/sweep-workspaces.ts';
import { LocalBlobs } from '../store/blobs/local-blobs.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { purge } from '../store/purge.ts';
import { tenantOf } from '../store/tenant.ts';
import { type Client, expectError, type ListBody } from '../testing/client.ts';
import { bundledLocation, STORES, startOn, type TestServer } from '../testing/servers.ts';

interface DeletedBody {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly row_count: number;
  readonly deletedAt: string;
  readonly purgeAt: string;
  readonly deleted_at: string;
  readonly purge_at: string;
}
interface ActBody {
  readonly subjectId: string;
  readonly personId: string | null;
  readonly requestId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}
const DAY = 86_400_000;

describe.each(STORES)('what is deleted (%s)', (kind) => {
  let server: TestServer;
  let client: Client;
  let all: Store;
  /** As the server sees the database. */
  let store: Store;
  beforeAll(async () => {
    server = await startOn(kind);
    client = server.client;
    all = await server.openDatabase();
    const { databaseUrl, dataDirectory } = server;
    store = await openStore(
      databaseUrl === undefined ? bundledLocation(dataDirectory) : { url: databaseUrl },
      () => undefined,
    );
  });
  afterAll(async () => {
    await all?.destroy();
    await store?.destroy();
    await server?.close();
  });

  const sweep = (): Promise<void> => sweepWorkspaces(store, new LocalBlobs(join(server.dataDirectory, 'files')));
  const deletedTemplates = async () => (await client.get<ListBody<DeletedBody>>('/templates/deleted')).body.items;
  const deletedSets = async (query = '') =>
    (await client.get<ListBody<DeletedBody>>(`/sets?deleted=true${query}`)).body;
  const acts = async (action: string) => (await client.get<ListBody<ActBody>>(`/audit?action=${action}`)).body.items;
  const age = (table: 'template' | 'saved_set' | 'connection', id: string) =>
    all.updateTable(table).set({ purge_at: new Date() }).where('id', '=', id).execute();
  const newTemplate = () => client.create([{ name: 'id', type: 'sequence' }], 'old');
  const deletedSet = async (name: string, rows: readonly object[]): Promise<DeletedBody> => {
    expect((await client.post('/sets', { name, rows })).status).toBe(201);
    expect((await client.delete(`/sets/${name}`)).status).toBe(204);
    return (await deletedSets()).items.find((item) => item.name === name) as DeletedBody;
  };

  it('says when it is purged, in 30 days', async () => {
    const id = await newTemplate();
    await client.delete(`/templates/${id}`);
    const template = (await deletedTemplates()).find((item) => item.id === id) as DeletedBody;
    expect(Date.parse(template.purgeAt) - Date.parse(template.deletedAt)).toBe(30 * DAY);
    const set = await deletedSet('dated', [{ id: 1 }]);
    expect(set).toMatchObject({ id: expect.stringMatching(/^set_/), version: 1, row_count: 1 });
    expect(Date.parse(set.purge_at) - Date.parse(set.deleted_at)).toBe(30 * DAY);
    const live = (await client.get<ListBody<object>>('/sets')).body.items;
    expect(JSON.stringify(live)).not.toContain('purge_at');
    expectError(await client.get('/sets?deleted=perhaps'), 422, 'validation_error');
  });

  it('is gone at that date, whether or not it was swept, with an entry in the audit; nothing else is', async () => {
    const [template, kept, live] = [await newTemplate(), await newTemplate(), await newTemplate()];
    const set = await deletedSet('purged', [{ id: 1 }]);
    const keptSet = await deletedSet('kept', [{ id: 1 }]);
    await client.delete(`/templates/${template}`);
    await client.delete(`/templates/${kept}`);
    await age('template', template);
    await age('saved_set', set.id);
    const gone = async (): Promise<void> => {
      expect((await deletedTemplates()).map(({ id }) => id)).not.toContain(template);
      expect((await deletedSets()).items.map(({ id }) => id)).not.toContain(set.id);
      expectError(await client.post(`/templates/${template}/restore`, {}), 404, 'not_found');
      expectError(await client.post('/sets/purged/restore', {}), 404, 'not_found');
    };
    await gone();
    await sweep();
    await gone();
    for (const [table, column] of [
      ['template_version', 'template_id'],
      ['set_version', 'set_id'],
      ['set_chunk', 'set_id'],
    ] as const) {
      const ids = (
        await all
          .selectFrom(table as 'set_chunk')
          .select(column as 'set_id')
          .execute()
      ).flatMap(Object.values);
      expect(ids).not.toContain(template);
      expect(ids).not.toContain(set.id);
    }
    const [[purged], [purgedSet]] = [await acts('template.purged'), await acts('set.purged')];
    expect(purged).toMatchObject({ subjectId: template, personId: null, requestId: null });
    expect(purged?.details).toMatchObject({ name: 'old', version: 1, deleted_at: expect.stringMatching(/Z$/) });
    expect(purgedSet).toMatchObject({ subjectId: set.id, details: { name: 'purged', version: 1 } });
    expect((await client.post(`/templates/${kept}/restore`, {})).status).toBe(200);
    expect((await client.post('/sets/kept/restore', { id: keptSet.id })).status).toBe(200);
    expect((await client.get(`/templates/${live}`)).status).toBe(200);
    expect((await deletedTemplates()).map(({ id }) => id)).not.toContain(kept);
  });

  it('takes the secret of a connection along', async () => {
    const made: string[] = [];
    for (const name of ['purged', 'kept', 'live']) {
      const url = `postgres://test:secret@10.0.0.1/${name}`;
      made.push((await client.post<{ id: string }>('/connections', { name, type: 'postgres', url })).body.id);
    }
    const [purged = '', kept = '', live = ''] = made;
    for (const id of [purged, kept]) expect((await client.delete(`/connections/${id}`)).status).toBe(204);
    const deleted = await client.get<ListBody<DeletedBody>>('/connections?deleted=true');
    const [shown] = deleted.body.items;
    expect(Date.parse(shown?.purgeAt ?? '') - Date.parse(shown?.deletedAt ?? '')).toBe(30 * DAY);
    await age('connection', purged);
    expectError(await client.post(`/connections/${purged}/restore`, {}), 404, 'not_found');
    await sweep();
    const left = await all.selectFrom('connection').select('id').where('id', 'in', made).execute();
    expect(left.map(({ id }) => id).toSorted()).toEqual([kept, live].toSorted());
    const secrets = await all.selectFrom('secret').select('name').where('kind', '=', 'connection').execute();
    expect(secrets.map(({ name }) => name).toSorted()).toEqual([kept, live].toSorted());
    expect(await acts('connection.purged')).toMatchObject([
      { subjectId: purged, personId: null, details: { name: 'purged', version: 1 } },
    ]);
    expect((await client.post(`/connections/${kept}/restore`, {})).status).toBe(200);
  });

  it('leaves sets that it made as they are', async () => {
    const inner = await newTemplate();
    const outer = await client.create([
      { name: 'inner', type: 'template', options: { template_id: inner } },
      { name: 'word', type: 'words' },
    ]);
    const saved = await client.post<{ sha256: string }>('/sets', { name: 'made', template_id: outer, count: 20 });
    expect(saved.status).toBe(201);
    const before = (await client.get('/sets/made')).text;
    for (const id of [outer, inner]) {
      await client.delete(`/templates/${id}`);
      await age('template', id);
    }
    await sweep();
    expect((await client.get('/sets/made')).text).toBe(before);
    expect((await client.post<{ matches: boolean }>('/sets/made/verify', {})).body.matches).toBe(true);
  });

  it('is purged in batches by several servers at once, each thing once', async () => {
    const { id: workspaceId } = await all.selectFrom('workspace').select('id').executeTakeFirstOrThrow();
    const { id: project_id } = await all.selectFrom('project').select('id').executeTakeFirstOrThrow();
    const due = { deleted_at: new Date(0), purge_at: new Date(1) };
    const ids = Array.from({ length: 130 }, () => newId('set'));
    await all
      .insertInto('saved_set')
      .values(ids.map((id) => ({ id, workspace_id: workspaceId, project_id, name: 'many', version: 1, ...due })))
      .execute();
    const tenant = tenantOf(store, workspaceId);
    const drain = async (): Promise<number> => {
      let batches = 1;
      while (await purge(tenant, workspaceId, 'saved_set')) batches++;
      return batches;
    };
    const batches = await Promise.all([drain(), drain(), drain()]);
    expect(batches.reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(7);
    const found = await all
      .selectFrom('audit_entry')
      .where('action', '=', 'set.purged')
      .where('subject_id', 'in', ids)
      .select('subject_id')
      .execute();
    expect(found.map(({ subject_id }) => subject_id).toSorted()).toEqual(ids.toSorted());
    expect(await all.selectFrom('saved_set').where('id', 'in', ids).select('id').execute()).toEqual([]);
  });

  it('is purged in each workspace, though another one fails', async () => {
    const workspace = newId('ws');
    await all.insertInto('workspace').values({ id: workspace, name: 'Other' }).execute();
    const project = newId('proj');
    await all.insertInto('project').values({ id: project, workspace_id: workspace, name: 'Other' }).execute();
    const id = newId('set');
    const due = { deleted_at: new Date(0), purge_at: new Date(1) };
    await all
      .insertInto('saved_set')
      .values({ id, workspace_id: workspace, project_id: project, name: 'other', version: 1, ...due })
      .execute();
    const blob = newId('blob');
    await all
      .insertInto('file_blob')
      .values({ id: blob, workspace_id: workspace, state: 'doomed', byte_count: '1' })
      .execute();
    const first = await all.selectFrom('workspace').where('id', '<>', workspace).select('id').executeTakeFirstOrThrow();
    const doomed = newId('blob');
    await all
      .insertInto('file_blob')
      .values({ id: doomed, workspace_id: first.id, state: 'doomed', byte_count: '1' })
      .execute();
    const files = new LocalBlobs(join(server.dataDirectory, 'files'));
    const broken = Object.assign(Object.create(files) as LocalBlobs, {
      remove: (name: string) => (name.endsWith(doomed) ? Promise.reject(new Error('full')) : files.remove(name)),
    });
    await expect(sweepWorkspaces(store, broken)).rejects.toThrow('1 sweeps of workspaces failed');
    expect(await all.selectFrom('saved_set').where('id', '=', id).select('id').execute()).toEqual([]);
    expect(await all.selectFrom('file_blob').where('id', '=', blob).select('id').execute()).toEqual([]);
    await sweep();
    expect(await all.selectFrom('file_blob').where('id', '=', doomed).select('id').execute()).toEqual([]);
  });

  it('can be restored: the set that had the name last, or another by its id, under a name that is free', async () => {
    const first = await deletedSet('again', [{ id: 1 }]);
    const second = await deletedSet('again', [{ id: 2 }]);
    const { items, total } = await deletedSets('&limit=100');
    expect(items.filter(({ name }) => name === 'again').map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(total).toBe(items.length);
    const restored = await client.post('/sets/again/restore', {});
    expect(restored).toMatchObject({ status: 200, body: { name: 'again', version: 1, row_count: 1 } });
    const rowsOf = async (name: string) => (await client.get<{ rows: object[] }>(`/sets/${name}`)).body.rows;
    expect(await rowsOf('again')).toEqual([{ id: 2 }]);
    // It is there: that is no fault. The other one had the name as well.
    expect((await client.post('/sets/again/restore', { id: second.id })).status).toBe(200);
    const taken = expectError(await client.post('/sets/again/restore', { id: first.id }), 409, 'conflict');
    expect(taken).toMatchObject([{ code: 'name_taken', hint: expect.stringContaining('as') }]);
    expectError(await client.post('/sets/again/restore', { id: first.id, as: 'a/../b' }), 422, 'validation_error');
    expectError(await client.post('/sets/other/restore', { id: first.id }), 404, 'not_found');
    expectError(await client.post('/sets/again/restore', { id: 'a\0b' }), 422, 'validation_error');
    const renamed = await client.post(
      '/sets/again/restore',
      { id: first.id, as: 'before' },
      { 'idempotency-key': 'once' },
    );
    expect(renamed).toMatchObject({ status: 200, body: { name: 'before' } });
    expect(await rowsOf('before')).toEqual([{ id: 1 }]);
    expect(await rowsOf('again')).toEqual([{ id: 2 }]);
    expect((await acts('set.restored'))[0]).toMatchObject({
      subjectId: first.id,
      details: { name: 'before', from: 'again' },
    });
    expect((await client.post('/sets', { name: 'before', rows: [] })).body).toMatchObject({ version: 2 });
    // Both the name and the answer of a refusal are as if nothing had been asked.
    expectError(await client.post('/sets/nothing/restore', {}), 404, 'not_found');
  });

  it('comes back once when several ask at once', async () => {
    const sets = [await deletedSet('raced', [{ id: 1 }]), await deletedSet('raced', [{ id: 2 }])];
    const answers = await Promise.all(
      [...sets, ...sets].map(({ id }) => client.post<{ sha256: string }>('/sets/raced/restore', { id })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect(new Set(answers.filter(({ status }) => status === 200).map(({ body }) => body.sha256)).size).toBe(1);
  });
});
