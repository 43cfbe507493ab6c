import { globSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ObjectStore, startObjectStore } from '../testing/object-store.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

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

const run = async () => {
  const id = await server.client.create([{ name: 'id', type: 'sequence' }]);
  const body = { count: 3, format: 'csv', async: true };
  const answer = await server.client.post<{ run_id: string }>(`/templates/${id}/generate`, body);
  const place = `/runs/${answer.body.run_id}`;
  return {
    place,
    ...(await server.client.get<{ state: string; attempt: number; error: object }>(`${place}?wait=true`)),
  };
};

it('puts what comes of runs into an object store', async () => {
  const { place, body } = await run();
  expect(body).toMatchObject({ state: 'done' });
  expect(objects.keys()).toHaveLength(1);
  const { text } = await server.client.get(`${place}/output`);
  expect(text.split(/\r?\n/)).toEqual(['id', '1', '2', '3', '']);
  const part = await server.client.get(`${place}/output`, { range: 'bytes=1-5' });
  expect([part.status, part.text]).toEqual([206, text.slice(1, 6)]);
  expect((await server.client.delete(place)).status).toBe(204);
  expect(objects.keys()).toEqual([]);
});

it('tries again when the store is away, and then says so', async () => {
  await objects.stop();
  const { body } = await run();
  expect(body).toMatchObject({ state: 'failed', attempt: 3, error: { code: 'unavailable' } });
  expect(globSync(['files/**', 'spool/*/*'], { cwd: server.dataDirectory })).toEqual([]);
  await objects.start();
  expect((await run()).body).toMatchObject({ state: 'done', attempt: 1 });
});
