import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../store/open-store.ts';
import { type ContractBody, mintKey } from '../../testing/datagen-client.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';

describe('behind the DataGen door', () => {
  let server: TestServer;
  let store: Store;
  beforeAll(async () => {
    server = await startOn('external');
    store = await server.openDatabase();
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });
  /** How long rows of a table last from now on, in hours. */
  const hoursOf = async (table: string): Promise<number[]> => {
    const { rows } = await sql<{ hours: number }>`
      SELECT round(extract(epoch FROM expires_at - now()) / 3600)::int AS hours FROM ${sql.table(table)}
       ORDER BY expires_at`.execute(store);
    return rows.map(({ hours }) => hours);
  };

  it('keys and contracts last a year, those of nobody a day, answers that can be repeated a day', async () => {
    const free = server.client.as(await mintKey(server.client));
    expect(await hoursOf('datagen_key')).toEqual([365 * 24]);
    const infer = { field_names: ['email'] };
    const made = await server.client.post<ContractBody>('/api/v1/infer-schema', infer);
    expect((await server.client.as(undefined).post('/api/v1/infer-schema', infer)).status).toBe(200);
    expect(await hoursOf('datagen_contract')).toEqual([24, 365 * 24]);
    // One that is made again lasts as long from then on.
    await store
      .updateTable('datagen_contract')
      .set({ expires_at: new Date(Date.now() + 60_000) })
      .execute();
    expect((await server.client.post<ContractBody>('/api/v1/infer-schema', infer)).body).toEqual(made.body);
    expect(await hoursOf('datagen_contract')).toEqual([0, 365 * 24]);
    const asked = { field_names: ['email'], count: 2 };
    expect((await free.post('/api/v1/generate-ai', asked, { 'idempotency-key': 'k' })).status).toBe(200);
    expect(await hoursOf('datagen_answer')).toEqual([24]);
  });

  it('a seed goes into a header whatever it is', async () => {
    const asked = { schema_fields: [{ name: 'id', type: 'uuid' }], count: 1, seed: 'Größe 漢 %' };
    const { status, headers } = await server.client.post('/api/v1/generate', asked);
    expect([status, decodeURIComponent(headers.get('x-datamaker-seed') ?? '')]).toEqual([200, asked.seed]);
  });

  it('a contract that is over is not there', async () => {
    const { body } = await server.client.post<ContractBody>('/api/v1/infer-schema', { field_names: ['over'] });
    const read = () => server.client.get(`/api/v1/contracts/${body.contract_id}`);
    expect((await read()).status).toBe(200);
    await store
      .updateTable('datagen_contract')
      .set({ expires_at: new Date() })
      .where('id', '=', body.contract_id)
      .execute();
    expect((await read()).status).toBe(404);
    expect((await server.client.post('/api/v1/generate-ai', { contract_id: body.contract_id })).status).toBe(404);
  });

  it('whoever has made all calls of the day is told when the next one begins, in UTC, and what is left before', async () => {
    const free = server.client.as(await mintKey(server.client));
    const ask = () =>
      free.post<{ usage: object }>('/api/v1/generate', { schema_fields: [{ name: 'id', type: 'uuid' }], count: 2 });
    for (let calls = 1; calls <= 20; calls++) {
      expect((await ask()).body.usage).toEqual({
        tier: 'free',
        calls_today: calls,
        calls_remaining: 20 - calls,
        records_today: 2 * calls,
      });
    }
    const refused = await ask();
    expect(refused.status).toBe(429);
    const midnight = new Date(Date.now() + 86_400_000).setUTCHours(0, 0, 0, 0);
    const left = (midnight - Date.now()) / 1000;
    expect(Math.abs(Number(refused.headers.get('retry-after')) - left)).toBeLessThan(30);
    // What was used yesterday does not count.
    await sql`UPDATE datagen_usage SET day = day - 1`.execute(store);
    expect((await ask()).body.usage).toMatchObject({ calls_today: 1, records_today: 2 });
  });
});
