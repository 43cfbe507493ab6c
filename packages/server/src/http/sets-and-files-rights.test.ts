import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { Spool } from '../store/blobs/spool.ts';
import { expectError } from '../testing/client.ts';
import { removeFolder, startOn, type TestServer, temporaryFolder } from '../testing/servers.ts';

describe('rights to sets and files', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startOn('external');
    expect((await server.client.post('/sets', { name: 's', rows: [{ a: 1 }] })).status).toBe(201);
    expect((await server.client.upload('f', 'x')).status).toBe(201);
  });
  afterAll(() => server?.close());

  it.each([
    ['a viewer', { role: 'viewer' as const, read_only: false }],
    ['a key that only reads', { role: 'owner' as const, read_only: true }],
  ])('of %s are to read', async (_, { role, read_only }) => {
    const { client } = server;
    const store = await server.openDatabase();
    const set = async (to: 'owner' | 'viewer', readOnly: boolean): Promise<void> => {
      await store.updateTable('person').set({ role: to }).execute();
      await store.updateTable('api_key').set({ read_only: readOnly }).execute();
    };
    await set(role, read_only);
    try {
      for (const path of ['/sets', '/sets/s', '/sets/s/versions', '/sets/s/diff?from=1&to=1', '/workspace/files']) {
        expect((await client.get(path)).status).toBe(200);
      }
      expect((await client.post('/sets/s/verify')).status).toBe(200);
      expect((await client.get('/workspace/files/f')).text).toBe('x');
      expectError(await client.post('/sets', { name: 's', rows: [] }), 403, 'forbidden');
      expectError(await client.delete('/sets/s'), 403, 'forbidden');
      expectError(await client.upload('f', 'changed'), 403, 'forbidden');
      expectError(await client.delete('/workspace/files/f'), 403, 'forbidden');
      expect((await client.get('/sets/s/versions')).body).toMatchObject({ total: 1 });
      expect((await client.get('/workspace/files/f')).text).toBe('x');
    } finally {
      await set('owner', false);
      await store.destroy();
    }
  });

  it('of another workspace are none, though its ids are known', async () => {
    const store = await server.openDatabase();
    const { rows } = { rows: await store.selectFrom('workspace').select('id').execute() };
    const id = newId('ws');
    await store.insertInto('workspace').values({ id, name: 'Other' }).execute();
    const project = newId('proj');
    await store.insertInto('project').values({ id: project, workspace_id: id, name: 'Other' }).execute();
    await store.updateTable('api_key').set({ workspace_id: id, project_id: project }).execute();
    try {
      expectError(await server.client.get('/sets/s'), 404, 'not_found');
      expectError(await server.client.get('/workspace/files/f'), 404, 'not_found');
      expectError(await server.client.delete('/workspace/files/f'), 404, 'not_found');
      expect((await server.client.get('/sets')).body).toMatchObject({ total: 0 });
    } finally {
      const own = await store
        .selectFrom('project')
        .where('workspace_id', '=', rows[0]?.id ?? '')
        .select('id')
        .execute();
      await store
        .updateTable('api_key')
        .set({ workspace_id: rows[0]?.id ?? '', project_id: own[0]?.id ?? '' })
        .execute();
      await store.destroy();
    }
    expect((await server.client.get('/workspace/files/f')).text).toBe('x');
  });

  it('to bytes end with the file, also of uploads whose server died', async () => {
    const store = await server.openDatabase();
    const { id: workspace } = await store
      .selectFrom('workspace')
      .orderBy('created_at')
      .select('id')
      .executeTakeFirstOrThrow();
    const id = newId('blob');
    writeFileSync(join(server.dataDirectory, 'files', workspace, id), 'left behind');
    const values = { id, workspace_id: workspace, state: 'writing' as const, byte_count: '11' };
    await store
      .insertInto('file_blob')
      .values({ ...values, changed_at: new Date(Date.now() - 7 * 3_600_000) })
      .execute();
    const files = (): number => globSync(`files/${workspace}/*`, { cwd: server.dataDirectory }).length;
    expect(files()).toBe(2);
    expect((await server.client.upload('f', 'x')).status).toBe(200);
    expect(files()).toBe(1);
    expect(await store.selectFrom('file_blob').select('state').execute()).toEqual([{ state: 'kept' }]);
    await store.destroy();
  });

  it('to the spool end with the process', async () => {
    const folder = temporaryFolder();
    // No process has this number: Linux counts to 2^22.
    mkdirSync(join(folder, '4194305-x'));
    writeFileSync(join(folder, '4194305-x', 'y'), 'left behind');
    const spool = await Spool.open(folder);
    expect(globSync('*', { cwd: folder })).toHaveLength(1);
    async function* broken() {
      yield Buffer.from('x');
      throw new Error('gone');
    }
    await expect(spool.write(broken(), () => undefined)).rejects.toThrow('gone');
    expect(globSync('*/*', { cwd: folder })).toEqual([]);
    await spool.close();
    expect(globSync('*', { cwd: folder })).toEqual([]);
    removeFolder(folder);
  });
});
