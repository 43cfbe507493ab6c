import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../store/open-store.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';

/** NIST SP 800-38D, 8.3: under one key far fewer than 2^32 random nonces. */
const MOST_USES = 2 ** 28;

describe.each(STORES)('the key that secrets of a workspace are sealed with (%s store)', (kind) => {
  let server: TestServer;
  let store: Store;
  beforeAll(async () => {
    server = await startOn(kind);
    store = await server.openDatabase();
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });

  const seal = async (name: string): Promise<string> => {
    expect((await server.client.post('/secrets', { name, value: 'x' })).status).toBe(201);
    const found = store.selectFrom('secret').where('name', '=', name).select('data_key_id');
    return (await found.executeTakeFirstOrThrow()).data_key_id;
  };
  const keys = () => store.selectFrom('data_key').select(['id', 'uses', 'retired_at']).orderBy('created_at').execute();

  it('is replaced when it was used as often as it may be', async () => {
    const first = await seal('FIRST');
    expect(await keys()).toMatchObject([{ id: first, uses: '1', retired_at: null }]);
    await store
      .updateTable('data_key')
      .set({ uses: String(MOST_USES - 1) })
      .execute();
    expect(await seal('LAST')).toBe(first);
    const second = await seal('NEXT');
    expect(second).not.toBe(first);
    expect(await seal('ANOTHER')).toBe(second);
    expect(await keys()).toMatchObject([
      { id: first, uses: String(MOST_USES), retired_at: expect.any(Date) },
      { id: second, uses: '2', retired_at: null },
    ]);
  });
});
