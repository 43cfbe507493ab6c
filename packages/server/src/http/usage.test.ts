import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../store/open-store.ts';
import { A_STORE, startOn, type TestServer } from '../testing/servers.ts';
import { setPlan } from '../testing/set-plan.ts';

interface UsageBody {
  readonly plan: string;
  readonly meters: readonly {
    readonly name: string;
    readonly used: number;
    readonly limit: number | null;
    readonly periodSeconds: number | null;
    readonly resetSeconds: number | null;
  }[];
}

let server: TestServer;
let store: Store;
beforeAll(async () => {
  const [kind = 'bundled'] = A_STORE;
  server = await startOn(kind, {
    plans: {
      free: {
        // Few enough that what was used is not all back when it is looked at.
        requestsPerMinute: 100,
        rowsPerHour: 10_000,
        previewsPerMinute: 2,
        fileBytes: 1000,
        storageBytes: 5000,
        files: 7,
        openRuns: 20,
      },
      'self-hosted': {
        requestsPerMinute: null,
        rowsPerHour: null,
        previewsPerMinute: null,
        fileBytes: 1000,
        storageBytes: null,
        files: null,
      },
    },
  });
  store = await server.openDatabase();
});
afterAll(async () => {
  await store?.destroy();
  await server?.close();
});

const usage = async (): Promise<Record<string, UsageBody['meters'][number]>> => {
  const { body, status } = await server.client.get<UsageBody>('/workspace/usage');
  expect(status).toBe(200);
  return Object.fromEntries(body.meters.map((meter) => [meter.name, meter]));
};

it('tells what is used of what the plan allows, and takes none of it', async () => {
  await setPlan(store, 'free');
  const template = await server.client.create([{ name: 'id', type: 'sequence' }]);
  await server.client.post(`/templates/${template}/generate`, { count: 4000, format: 'csv' });
  await server.client.post(`/templates/${template}/preview`, {});
  await server.client.upload('a.txt', 'hello');
  const [first, second] = [await usage(), await usage()];
  // A little of the rows comes back in each second.
  expect(first['rows']?.used).toBeGreaterThan(3900);
  expect(first['rows']?.used).toBeLessThanOrEqual(4000);
  expect(first['rows']).toMatchObject({ limit: 10_000, resetSeconds: expect.any(Number) });
  expect(first['previews']).toMatchObject({ used: 1, limit: 2 });
  // As much as was used, of as much as comes back in the whole of the span.
  expect(first['previews']?.resetSeconds).toBeGreaterThan(0);
  expect(first['previews']?.resetSeconds).toBeLessThanOrEqual(60 / 2);
  expect(first['rows']?.resetSeconds).toBeGreaterThan(0.39 * 3600);
  expect(first['rows']?.resetSeconds).toBeLessThanOrEqual(0.4 * 3600);
  expect(Object.values(first).map(({ name, periodSeconds }) => [name, periodSeconds])).toEqual([
    ['requests', 60],
    ['previews', 60],
    ['rows', 3600],
    ['files', null],
    ['storage_bytes', null],
    ['open_runs', null],
  ]);
  expect(first).toMatchObject({
    files: { used: 1, limit: 7, resetSeconds: null },
    storage_bytes: { used: 5, limit: 5000 },
    open_runs: { used: 0, limit: 20 },
  });
  expect(second['rows']?.used).toBeLessThanOrEqual(first['rows']?.used ?? 0);
  expect(second['requests']?.used).toBeGreaterThan(0);
});

it('counts nothing that flows where there is no limit', async () => {
  await setPlan(store, 'self-hosted');
  const meters = await usage();
  expect(Object.keys(meters)).toEqual(['files', 'storage_bytes', 'open_runs']);
  expect(meters['files']).toMatchObject({ used: 1, limit: null });
});
