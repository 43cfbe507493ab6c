import { globSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StartError } from '../start-error.ts';
import { startServer } from '../start-server.ts';
import { expectError } from '../testing/client.ts';
import { type ObjectStore, startObjectStore } from '../testing/object-store.ts';
import { quietly, removeFolder, startOn, type TestServer, temporaryFolder } from '../testing/servers.ts';

describe('workspace files in an object store', () => {
  let objects: ObjectStore;
  let server: TestServer;
  beforeAll(async () => {
    objects = await startObjectStore();
    server = await startOn('external', { s3: objects.settings });
  });
  afterAll(async () => {
    await server?.close();
    await objects?.close();
  });
  const inDirectory = (): string[] => globSync(['files/**', 'spool/*/*'], { cwd: server.dataDirectory });

  it('are kept, replaced, given in ranges and removed', async () => {
    const { client } = server;
    const text = 'id,name\n1,Käthe\n'.repeat(100_000);
    expect((await client.upload('a/b.csv', text)).status).toBe(201);
    expect(objects.keys()).toEqual([expect.stringMatching(/^test\/ws_[0-9a-z]{26}\/blob_[0-9a-z]{26}$/)]);
    expect(inDirectory()).toEqual([]);
    expect((await client.get('/workspace/files/a/b.csv')).text).toBe(text);
    const part = await client.get('/workspace/files/a/b.csv', { range: 'bytes=8-14' });
    expect([part.status, part.text]).toEqual([206, '1,Käth']);
    const [old] = objects.keys();
    expect((await client.upload('a/b.csv', '')).status).toBe(200);
    expect(objects.keys()).toHaveLength(1);
    expect(objects.keys()).not.toContain(old);
    expect((await client.get('/workspace/files/a/b.csv')).text).toBe('');
    expect((await client.delete('/workspace/files/a/b.csv')).status).toBe(204);
    expect(objects.keys()).toEqual([]);
  });

  it('serve templates', async () => {
    const { client } = server;
    await client.upload('rows.csv', 'id\n7\n');
    const id = await client.create([{ name: 'v', type: 'sample', options: { from: 'rows.csv', column: 'id' } }]);
    expect((await client.post(`/templates/${id}/preview`)).body).toEqual([{ v: '7' }, { v: '7' }, { v: '7' }]);
    expect((await client.delete('/workspace/files/rows.csv')).status).toBe(204);
  });

  it('are all or nothing when the store goes away, and go on when it is back', async () => {
    const { client } = server;
    await client.upload('kept', 'kept');
    await client.upload('going', 'going');
    await objects.stop();
    expectError(await client.upload('new', 'new'), 503, 'unavailable');
    expectError(await client.upload('kept', 'changed'), 503, 'unavailable');
    expectError(await client.get('/workspace/files/kept'), 503, 'unavailable');
    // The file is gone; its bytes follow when they can.
    expect((await client.delete('/workspace/files/going')).status).toBe(204);
    expect(inDirectory()).toEqual([]);
    await objects.start();
    expectError(await client.get('/workspace/files/new'), 404, 'not_found');
    expect((await client.get('/workspace/files/kept')).text).toBe('kept');
    expect((await client.upload('new', 'new')).status).toBe(201);
    expect(objects.keys()).toHaveLength(2);
  });

  it.each([
    ['another secret', { credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'wrong' } }],
    ['a bucket that is not there', { bucket: 'other' }],
    ['nobody at the endpoint', { endpoint: 'http://127.0.0.1:9' }],
  ])('refuse to start with %s', async (_, wrong) => {
    const dataDirectory = temporaryFolder();
    const options = quietly({ dataDirectory, s3: { ...objects.settings, ...wrong } });
    const error = await startServer(options).then(
      (running) => running.close(),
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(StartError);
    expect((error as Error).message).toMatch(/^The bucket ".*" of the object store cannot be used: .*\S/);
    expect((error as Error).message).not.toMatch(/wrong|\n/);
    removeFolder(dataDirectory);
  });
});
