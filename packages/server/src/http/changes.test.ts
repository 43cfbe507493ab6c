import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client, ListBody } from '../testing/client.ts';
import { registerWorker } from '../testing/register-worker.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

type Shown = Readonly<Record<string, unknown>> & { readonly id: string };
type Schema = { readonly $ref?: string; readonly properties?: object };

/** Something of which one part can be changed at a time. */
interface Kind {
  /** Makes one of which no part is as it is by default. @returns its path */
  readonly make: (client: Client) => Promise<string>;
  /** What is said of it, and what of it is another then where that is not the same. */
  readonly changes: readonly (readonly [said: object, shown?: object])[];
  /** What may follow a change, beside version and time. */
  readonly follow?: readonly string[];
}

const make = async (client: Client, path: string, body: object): Promise<string> => {
  const made = await client.post(path, body);
  expect({ status: made.status, text: made.text }).toMatchObject({ status: 201 });
  return `${path}/${made.body.id}`;
};

const KINDS: Readonly<Record<string, Kind>> = {
  'PATCH /templates/{ref}': {
    make: (client) =>
      make(client, '/templates', {
        name: 'one',
        fields: [{ name: 'id', type: 'sequence' }],
        locale: 'de_DE',
        weighting: 'uniform',
      }),
    changes: [
      [{ name: 'two' }],
      [{ fields: [{ name: 'n', type: 'number' }] }],
      [{ locale: 'fr_FR' }],
      [{ weighting: 'population' }],
    ],
  },
  'PATCH /connections/{id}': {
    make: (client) =>
      make(client, '/connections', {
        name: `one ${randomUUID()}`,
        type: 'postgres',
        url: 'postgres://127.0.0.1:1/shop',
        auth: { type: 'basic', username: 'tester', password: 'kept aside' },
        options: { schemas: ['public', 'sales'] },
        readOnly: true,
      }),
    changes: [
      [{ name: 'two' }],
      [{ url: 'postgres://127.0.0.1:1/stock' }],
      [{ options: { schemas: ['sales'] } }, { options: expect.objectContaining({ schemas: ['sales'] }) }],
      [
        { auth: { type: 'basic', username: 'other', password: 'another' } },
        { auth: { type: 'basic', username: 'other' } },
      ],
      [{ readOnly: false }],
    ],
    follow: ['verification', 'lastVerifiedAt', 'metadata'],
  },
  'PUT /scenarios/{ref}': {
    make: (client) =>
      make(client, '/scenarios', { name: 'one', code: 'print(1)', retry_on_crash: true, timeout_seconds: 7 }),
    changes: [[{ name: 'two' }], [{ code: 'print(2)' }], [{ retry_on_crash: false }], [{ timeout_seconds: 8 }]],
  },
  'PATCH /scenarios/{ref}/schedules/{scheduleId}': {
    make: async (client) =>
      make(client, `${await make(client, '/scenarios', { name: 's', code: 'print(1)' })}/schedules`, {
        cron: '5 4 * * *',
        time_zone: 'Europe/Berlin',
        params: { rows: 5 },
        paused: true,
      }),
    changes: [[{ params: { rows: 6 } }], [{ cron: '6 4 * * *' }], [{ time_zone: 'Asia/Tokyo' }], [{ paused: false }]],
    follow: ['next_at', 'next_times'],
  },
  'PATCH /chats/{id}': {
    make: (client) => make(client, '/chats', { name: 'one', permits: { risks: ['read'], sensitive: true } }),
    changes: [
      [{ name: 'two' }],
      [{ permits: { risks: ['read', 'write'] } }, { permits: { risks: ['read', 'write'], sensitive: true } }],
      [{ permits: { sensitive: false } }, { permits: { risks: ['read'], sensitive: false } }],
    ],
  },
  'PATCH /secrets/{id}': {
    make: (client) =>
      make(client, '/secrets', {
        name: `ONE_${randomUUID().slice(0, 8).toUpperCase()}`,
        value: 'one',
        hosts: ['a.example.org'],
      }),
    // Values are never shown.
    changes: [[{ hosts: ['b.example.org'] }], [{ value: 'two' }, {}]],
  },
  'PATCH /workspace': {
    make: async (client) => {
      expect((await client.patch('/workspace', { name: 'one', plan: 'enterprise' })).status).toBe(200);
      return '/workspace';
    },
    changes: [[{ name: 'two' }], [{ plan: 'pro' }]],
  },
};

const PASSING = ['version', 'updatedAt', 'updated_at', 'updatedBy'];

describe('a change of a part', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startOn('external', { runs: { workers: 0, scenarioWorkers: 0 } });
    await registerWorker(server);
  });
  afterAll(() => server?.close());

  /** Also where there is nothing but a list. */
  const read = async (path: string): Promise<Shown> => {
    const [, list = '', id = ''] = /^(.*)\/(\w+)$/.exec(path) ?? [];
    if (!path.includes('/schedules/')) return (await server.client.get<Shown>(path)).body;
    return (await server.client.get<ListBody<Shown>>(list)).body.items.find((one) => one.id === id) as Shown;
  };

  it.each(Object.entries(KINDS))('by %s leaves all else as it was', async (route, { make, changes, follow = [] }) => {
    const [method = ''] = route.split(' ');
    for (const [said, shown = said] of changes) {
      const path = await make(server.client);
      const before = await read(path);
      // Or nothing would be seen of a change.
      for (const [name, value] of Object.entries(shown)) expect(before[name]).not.toEqual(value);
      const answer = await server.client.send(method, path, said);
      expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
      const apart = Object.fromEntries([...PASSING, ...follow].map((name) => [name, null]));
      expect({ ...(await read(path)), ...apart }).toEqual({ ...before, ...shown, ...apart });
    }
  });

  it('is tried wherever one can be made', async () => {
    const { body } = await server.client.get<{
      paths: Record<string, { patch?: { requestBody: { content: { 'application/json': { schema: Schema } } } } }>;
    }>('/openapi.json');
    const withParts = Object.entries(body.paths).filter(([, { patch }]) => {
      const schema = patch?.requestBody.content['application/json'].schema;
      expect(schema?.$ref).toBeUndefined();
      return Object.keys(schema?.properties ?? {}).length > 1;
    });
    const tried = Object.keys(KINDS).filter((route) => route.startsWith('PATCH '));
    expect(withParts.map(([path]) => `PATCH ${path}`).toSorted()).toEqual(tried.toSorted());
  });
});
