import fc from 'fast-check';
import type { FastifyReply } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendLimit } from '../http/limit-headers.ts';
import type { LimitReport } from '../services/limits/limiter.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { tries } from '../testing/tries.ts';
import { type Limit, takeFrom } from './buckets.ts';
import type { Store } from './open-store.ts';

const START_US = 1.8e15;

/** The seconds that a client is told to wait. */
function retryAfter(report: LimitReport): number {
  let seconds = '';
  const headers = (values: Record<string, unknown>) => {
    seconds = String(values['Retry-After'] ?? seconds);
  };
  const reply = {
    headers,
    getHeader: () => undefined,
    header: (name: string, value: unknown) => headers({ [name]: value }),
  };
  sendLimit(reply as unknown as FastifyReply, report);
  return Number(seconds);
}

describe('a bucket', () => {
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
  let names = 0;
  const newBucket = () => {
    const name = `bucket ${++names}`;
    return (limit: Limit, amount: number, atMs: number) =>
      takeFrom(store, 'request_bucket', name, limit, amount, START_US + atMs * 1000);
  };

  it('never gives more than its size and what has emptied meanwhile, and refuses nothing that fits', async () => {
    const step = fc.record({
      waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 90_000 })),
      amount: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 12 })),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom(1_000, 60_000, 3_600_000),
        fc.array(step, { minLength: 1, maxLength: 25 }),
        async (size, periodMs, steps) => {
          const take = newBucket();
          const given: { atMs: number; amount: number }[] = [];
          let atMs = 0;
          /** The most that is over in any span that ends now. */
          const most = (): number => {
            let sum = 0;
            let worst = 0;
            for (const one of given.toReversed()) {
              sum += one.amount;
              worst = Math.max(worst, sum - ((atMs - one.atMs) * size) / periodMs);
            }
            return worst;
          };
          for (const { waitMs, amount } of steps) {
            atMs += waitMs;
            const level = most();
            const taken = await take({ size, periodMs }, amount, atMs);
            if (Math.abs(level + amount - size) > 1e-4) expect(taken.allowed).toBe(level + amount <= size);
            if (taken.allowed) given.push({ atMs, amount });
            const after = most();
            expect(after).toBeLessThanOrEqual(size + 1e-4);
            expect(Math.abs(taken.remaining - (size - after))).toBeLessThan(1.001);
            expect(Math.abs(taken.resetMs - (after * periodMs) / size)).toBeLessThan(1);
            if (!taken.allowed && amount <= size) {
              expect(Math.abs(taken.retryMs - ((level + amount - size) * periodMs) / size)).toBeLessThan(1);
            }
          }
        },
      ),
      { numRuns: tries(150, 10_000) },
    );
  });

  it('gives to whoever comes back when it said', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 1000 }), async (size, laterMs) => {
        const take = newBucket();
        const limit = { size, periodMs: 60_000 };
        expect(await take(limit, size, 0)).toMatchObject({ allowed: true, remaining: 0 });
        const refused = await take(limit, 1, 0);
        expect(refused.allowed).toBe(false);
        const wait = retryAfter({ ...refused, name: 'requests', size, periodSeconds: 60 });
        expect((await take(limit, 1, wait * 1000 + laterMs)).allowed).toBe(true);
      }),
      { numRuns: tries(50, 1000) },
    );
  });

  it('goes on when the clock was set back', async () => {
    const take = newBucket();
    const limit = { size: 2, periodMs: 60_000 };
    await take(limit, 2, 3_600_000);
    expect((await take(limit, 1, 0)).allowed).toBe(false);
    expect((await take(limit, 1, 31_000)).allowed).toBe(true);
  });

  it('counts by the clock of the database, exactly, however many take at once', async () => {
    const limit = { size: 50, periodMs: 3_600_000 };
    const all = await Promise.all(
      Array.from({ length: 400 }, () => takeFrom(store, 'request_bucket', 'crowd', limit, 1)),
    );
    expect(all.filter(({ allowed }) => allowed)).toHaveLength(50);
    expect(Math.abs((all[0]?.atMs ?? 0) - Date.now())).toBeLessThan(60_000);
  });
});
