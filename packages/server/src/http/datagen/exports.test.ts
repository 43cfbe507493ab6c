import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, expectError, type ListBody } from '../../testing/client.ts';
import { join } from '../../testing/people.ts';
import { STORES, startOn, type TestServer } from '../../testing/servers.ts';
import { until } from '../../testing/until.ts';

interface ActBody {
  readonly action: string;
  readonly personId: string;
  readonly credentialId: string;
  readonly requestId: string;
  readonly details: Readonly<Record<string, unknown>>;
}

describe.each(STORES)('what leaves through the DataGen door with sensitive fields (%s)', (kind) => {
  let server: TestServer;
  let owner: Client;
  beforeAll(async () => {
    server = await startOn(kind);
    owner = server.client;
  });
  afterAll(() => server?.close());

  const acts = async (person: string): Promise<ActBody[]> => {
    const { items } = (await owner.get<ListBody<ActBody>>(`/audit?limit=100&person=${person}`)).body;
    return items.filter(({ action }) => action.startsWith('export.')).toReversed();
  };

  it('is in the audit of the workspace before the answer, each request once, many at once in few entries', async () => {
    const somebody = await join(owner, 'member');
    const askAs = (client: typeof owner, count: number) =>
      client.post('/api/v1/generate-ai', { field_names: ['email', 'quantity'], count });
    const first = await askAs(somebody.client, 7);
    const [alone, ...rest] = await acts(somebody.id);
    expect(rest).toEqual([]);
    expect(alone).toMatchObject({
      action: 'export.begun',
      credentialId: somebody.keyId,
      requestId: first.headers.get('request-id'),
      details: { of: 'datagen', fields: ['email'], rows: 7, format: 'json', role: 'member' },
    });
    // Those that come while one is being noted are noted together: how many do is for the machine to say.
    let fewest = Number.POSITIVE_INFINITY;
    for (let burst = 0; burst < 10 && fewest >= 40; burst++) {
      const one = await join(owner, 'member');
      const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => askAs(one.client, i + 1)));
      const entries = await acts(one.id);
      const requests = entries.flatMap(({ requestId, details }) => (details['requests'] as string[]) ?? [requestId]);
      expect(requests.toSorted()).toEqual(answers.map(({ headers }) => headers.get('request-id')).toSorted());
      expect(entries.reduce((sum, { details }) => sum + (details['rows'] as number), 0)).toBe(820);
      fewest = entries.length;
    }
    expect(fewest).toBeLessThan(40);
  });

  it('is not noted without sensitive fields, nor of keys that belong to no workspace', async () => {
    const somebody = await join(owner, 'member');
    const plain = { schema: [{ name: 'id', type: 'uuid' }], count: 3 };
    expect((await somebody.client.post('/api/v1/generate', plain)).status).toBe(200);
    const { body } = await owner.as(undefined).get<{ api_key: string }>('/api/v1/auth/free-key');
    const free = await owner.as(body.api_key).post('/api/v1/generate-ai', { field_names: ['email'], count: 3 });
    expect(free.status).toBe(200);
    expect(await acts(somebody.id)).toEqual([]);
    const all = (await owner.get<ListBody<ActBody>>('/audit?action=export.begun&limit=100')).body.items;
    expect(all.map(({ requestId }) => requestId)).not.toContain(free.headers.get('request-id'));
  });

  it('has a beginning and an end when it is streamed', async () => {
    const somebody = await join(owner, 'member');
    const body = { field_names: ['email', 'comment'], count: 60_000 };
    expect((await somebody.client.post('/api/v1/generate-ai', body)).status).toBe(200);
    await until(async () => (await acts(somebody.id)).length === 2);
    expect((await somebody.client.post('/api/v1/generate-ai/stream', { ...body, count: 10 })).status).toBe(200);
    await until(async () => (await acts(somebody.id)).length === 4);
    const found = await acts(somebody.id);
    expect(found.map(({ action, details }) => [action, details['rows'], details['complete']])).toEqual([
      ['export.begun', 60_000, undefined],
      ['export.ended', 60_000, true],
      ['export.begun', 10, undefined],
      ['export.ended', 10, true],
    ]);
    expect(found[1]?.details['export']).toBe(found[0]?.details['export']);
  });

  it('is nobody else’s to see', async () => {
    const somebody = await join(owner, 'member');
    expectError(await somebody.client.get('/audit?action=export.begun'), 403, 'forbidden');
  });
});
