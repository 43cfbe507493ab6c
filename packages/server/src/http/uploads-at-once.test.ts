import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from '../testing/client.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';
import { setPlan } from '../testing/set-plan.ts';
import { until } from '../testing/until.ts';

const ROOM = 10_000;

describe.each(STORES)('uploads of a workspace that are under way (%s store)', (kind) => {
  let server: TestServer;
  beforeAll(async () => {
    const unlimited = { requestsPerMinute: null, rowsPerHour: null, previewsPerMinute: null };
    server = await startOn(kind, {
      plans: { small: { ...unlimited, fileBytes: ROOM, storageBytes: ROOM, files: null } },
    });
    const store = await server.openDatabase();
    await setPlan(store, 'small');
    await store.destroy();
  });
  afterAll(() => server?.close());

  const writing = async (): Promise<number[]> => {
    const store = await server.openDatabase();
    const found = await store.selectFrom('file_blob').where('state', '=', 'writing').select('byte_count').execute();
    await store.destroy();
    return found.map(({ byte_count }) => Number(byte_count));
  };
  /** One that says how long it is, begins, and goes no further. */
  const begin = (length: number) => {
    const upload = request(`${server.client.url}/workspace/files`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${server.key}`,
        'content-type': 'multipart/form-data; boundary=edge',
        'content-length': length,
      },
    });
    upload.on('error', () => undefined);
    upload.write('--edge\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nsome');
    return upload;
  };

  it('share the room that there is, and give it back when they end', async () => {
    const first = begin(8000);
    await until(async () => (await writing()).length === 1);
    expect(await writing()).toEqual([8000]);
    expectError(await server.client.upload('second', 'x'.repeat(3000)), 409, 'storage_quota_exceeded');
    // What fits beside it is not kept out.
    expect((await server.client.upload('small', 'x'.repeat(500))).status).toBe(201);
    first.destroy();
    await until(async () => (await writing()).length === 0);
    expect((await server.client.upload('second', 'x'.repeat(3000))).status).toBe(201);
  });
});
