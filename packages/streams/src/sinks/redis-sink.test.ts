import { createClient } from '@redis/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Pace } from '../pace/pace.ts';
import { type Broker, startRedis } from '../testing/start-broker.ts';
import { streamTo } from '../testing/stream-to.ts';
import { openTarget } from './open-target.ts';

let redis: Broker;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis?.stop());

const targetOf = (topic: string, more: { url?: string; maxLength?: number } = {}) =>
  openTarget(more.url ?? `redis://127.0.0.1:${redis.port}`, { topic, stream: 's', maxLength: more.maxLength });

/** Asks Redis with a client of its own. */
async function ask<T>(work: (client: ReturnType<typeof createClient>) => Promise<T>, password?: string): Promise<T> {
  const client = createClient({ url: `redis://127.0.0.1:${redis.port}`, RESP: 2, ...(password ? { password } : {}) });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client as ReturnType<typeof createClient>);
  } finally {
    client.destroy();
  }
}

const entriesOf = async (topic: string): Promise<{ id: string; row: { id: number } }[]> => {
  const entries = await ask((client) => client.xRange(topic, '-', '+'));
  return (entries ?? []).map(({ message }) => ({ id: message['id'] ?? '', row: JSON.parse(message['row'] ?? '') }));
};

it('adds each row to a stream, in order and with its id', async () => {
  expect(await streamTo(targetOf('orders'), { rows: 2500 })).toMatchObject({ ending: 'done', acknowledged: 2500 });
  const entries = await entriesOf('orders');
  expect(entries.map(({ id }) => id)).toEqual(Array.from({ length: 2500 }, (_, row) => `s-${row}`));
  expect(entries.map(({ row }) => row.id)).toEqual(Array.from({ length: 2500 }, (_, row) => row + 1));
});

it('keeps about as many as it is told to', async () => {
  await streamTo(targetOf('short', { maxLength: 500 }), { rows: 5000 });
  const length = await ask((client) => client.xLen('short'));
  expect(length).toBeGreaterThanOrEqual(500);
  expect(length).toBeLessThan(1000);
});

it('loses no row that was acknowledged, and counts each once, when Redis is killed and started again', async () => {
  let next = 400;
  let restarted: Promise<void> | undefined;
  let kills = 0;
  const report = await streamTo(targetOf('killed'), {
    rows: 3000,
    pace: new Pace(10, 0.005),
    onProgress: ({ acknowledged }) => {
      if (acknowledged < next) return;
      next += 1000;
      kills += 1;
      restarted = redis.kill().then(() => redis.start());
    },
  });
  await restarted;
  expect(kills).toBe(3);
  expect(report).toMatchObject({ ending: 'done', acknowledged: 3000, next: 3000, doubtful: 0 });
  expect(report.losses).toBeGreaterThanOrEqual(2);
  const ids = (await entriesOf('killed')).map(({ row }) => row.id);
  expect(new Set(ids).size).toBe(3000);
  expect(ids.length - 3000).toBeLessThanOrEqual(report.repeated);
});

it('names what is refused, without the password', async () => {
  await ask((client) => client.set('text', 'x'));
  const wrongType = await streamTo(targetOf('text'), { rows: 5 });
  expect(wrongType).toMatchObject({
    ending: 'failed',
    acknowledged: 0,
    next: 0,
    doubtful: 0,
    error: { code: 'target_refused', message: expect.stringContaining('WRONGTYPE') },
  });
  const url = `redis://someone:s3cr3t-word@127.0.0.1:${redis.port}`;
  const login = await streamTo(targetOf('orders', { url }), { rows: 5 });
  expect(login).toMatchObject({ ending: 'failed', error: { code: 'target_refused' } });
  expect(`${JSON.stringify(login)}${String(login.error)}`).not.toContain('s3cr3t');
});

it('waits while Redis is full, and goes on when there is room', async () => {
  await ask((client) => client.configSet({ maxmemory: '1', 'maxmemory-policy': 'noeviction' }));
  let room: Promise<unknown> | undefined;
  const report = await streamTo(targetOf('full'), {
    rows: 50,
    onProgress: (_, trouble) => {
      if (trouble !== undefined) room ??= ask((client) => client.configSet('maxmemory', '0'));
    },
  });
  await room;
  expect(room).toBeDefined();
  expect(report).toMatchObject({ ending: 'done', acknowledged: 50, repeated: 0 });
  expect(await ask((client) => client.xLen('full'))).toBe(50);
});
