import fastify from 'fastify';
import { afterAll, expect, it } from 'vitest';
import type { LimitReport } from '../services/limits/limiter.ts';
import { sendLimit } from './limit-headers.ts';

const REPORT: LimitReport = {
  name: 'requests',
  size: 60,
  periodSeconds: 60,
  allowed: true,
  remaining: 7,
  resetMs: 1200,
  retryMs: 0,
  atMs: 1_714_049_400_500,
};
const app = fastify();
afterAll(() => app.close());
let reports: readonly LimitReport[] = [];
app.get('/', (_request, reply) => {
  for (const report of reports) sendLimit(reply, report);
  return reply.send('');
});
const headersOf = async (...given: readonly LimitReport[]) => {
  reports = given;
  return (await app.inject('/')).headers;
};

it('tells where a client stands, in whole seconds that are never too few', async () => {
  expect(await headersOf(REPORT)).toMatchObject({
    'x-ratelimit-limit': '60',
    'x-ratelimit-remaining': '7',
    // The bucket is full 1.7 s after that second has begun.
    'x-ratelimit-reset': '1714049402',
    'ratelimit-policy': '"requests";q=60;w=60',
    ratelimit: '"requests";r=7;t=2',
  });
  expect(await headersOf(REPORT)).not.toHaveProperty('retry-after');
});

it.each([
  [1, '1'],
  [999, '1'],
  [1000, '1'],
  [1001, '2'],
  [59_400, '60'],
])('tells who is refused for %i ms to wait for %s s: whoever comes then is let in', async (retryMs, seconds) => {
  const headers = await headersOf({ ...REPORT, allowed: false, remaining: 0, retryMs });
  expect(headers['retry-after']).toBe(seconds);
});

it('tells of several limits beside each other, and only of requests in the fields that most clients know', async () => {
  const rows: LimitReport = { ...REPORT, name: 'rows', size: 10_000, periodSeconds: 3600, remaining: 1 };
  expect(await headersOf(REPORT, rows)).toMatchObject({
    'x-ratelimit-limit': '60',
    'ratelimit-policy': '"requests";q=60;w=60, "rows";q=10000;w=3600',
    ratelimit: '"requests";r=7;t=2, "rows";r=1;t=2',
  });
  expect(await headersOf(rows)).not.toHaveProperty('x-ratelimit-limit');
});
