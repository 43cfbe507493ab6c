import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Pace } from '../pace/pace.ts';
import { type Broker, startNats } from '../testing/start-broker.ts';
import { streamTo } from '../testing/stream-to.ts';
import { openTarget } from './open-target.ts';

let nats: Broker;
beforeAll(async () => {
  nats = await startNats();
});
afterAll(() => nats?.stop());

/** Reads a subject with a client of its own, which comes back when the server does. */
async function reader(port: number, subject: string) {
  const connection: NatsConnection = await connect({
    servers: `127.0.0.1:${port}`,
    reconnectTimeWait: 5,
    reconnectJitter: 0,
    maxReconnectAttempts: -1,
  });
  onTestFinished(() => connection.close());
  const heard: { id: string | undefined; row: number }[] = [];
  connection.subscribe(subject, {
    callback: (_, message) => {
      heard.push({ id: message.headers?.get('Nats-Msg-Id'), row: message.json<{ id: number }>().id });
    },
  });
  await connection.flush();
  return { heard, connection };
}

it('publishes each row, in order and with its id', async () => {
  const { heard, connection } = await reader(nats.port, 'orders.>');
  const closed = vi.spyOn(Object.getPrototypeOf(connection) as NatsConnection, 'closed');
  onTestFinished(() => closed.mockRestore());
  const target = openTarget(`nats://127.0.0.1:${nats.port}`, { topic: 'orders.created', stream: 's' });
  const pace = new Pace(500, 0.001);
  expect(await streamTo(target, { rows: 5000, pace })).toMatchObject({
    ...{ ending: 'done', acknowledged: 5000, repeated: 0 },
  });
  // What waits for the end of a connection is kept until then: one for all turns.
  expect(closed).toHaveBeenCalledTimes(1);
  await connection.flush();
  expect(heard).toEqual(Array.from({ length: 5000 }, (_, row) => ({ id: `s-${row}`, row: row + 1 })));
});

it('goes on when the server is killed and started again', async () => {
  const { heard, connection } = await reader(nats.port, 'killed');
  let restarted: Promise<void> | undefined;
  const target = openTarget(`nats://127.0.0.1:${nats.port}`, { topic: 'killed', stream: 's' });
  const report = await streamTo(target, {
    rows: 2000,
    pace: new Pace(10, 0.005),
    onProgress: ({ acknowledged }) => {
      if (acknowledged >= 700 && heard.length >= 600) restarted ??= nats.kill().then(() => nats.start());
    },
  });
  await restarted;
  await connection.flush();
  expect(report).toMatchObject({ ending: 'done', acknowledged: 2000, next: 2000, doubtful: 0 });
  expect(report.losses).toBeGreaterThan(0);
  const before = heard.slice(0, 600).map(({ row }) => row);
  expect(before).toEqual(Array.from({ length: 600 }, (_, index) => index + 1));
  expect(heard.length - new Set(heard.map(({ id }) => id)).size).toBeLessThanOrEqual(report.repeated);
});

it('is known by its ids where JetStream keeps what is published', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-nats-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const server = await startNats(['-js', '-sd', folder]);
  onTestFinished(() => server.stop());
  const { connection } = await reader(server.port, 'nothing');
  const kept = { name: 'orders', subjects: ['orders.>'], storage: 'memory' };
  await connection.request('$JS.API.STREAM.CREATE.orders', JSON.stringify(kept));
  const target = openTarget(`nats://127.0.0.1:${server.port}`, { topic: 'orders.created', stream: 's' });
  for (const rows of [200, 300]) await streamTo(target, { rows });
  // What is asked for an answer here is kept behind all before it.
  const last = await connection.request('orders.last', '{}');
  expect(last.json()).toEqual({ stream: 'orders', seq: 301 });
});

describe('what the server refuses', () => {
  /** A server with one user, who may publish below `open` only, and messages of up to 1,000 bytes. */
  async function guarded(): Promise<Broker> {
    const folder = mkdtempSync(join(tmpdir(), 'datamaker-nats-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'nats.conf');
    const user = '{ user: ann, password: "p%t s3cr3t", permissions: { publish: { allow: ["open.>"] } } }';
    writeFileSync(file, `max_payload: 1000\nauthorization { users: [ ${user} ] }\n`);
    const server = await startNats(['-c', file]);
    onTestFinished(() => server.stop());
    return server;
  }

  it('is named, without the password', async () => {
    const { port } = await guarded();
    const to = (login: string, topic: string) =>
      openTarget(`nats://${login}@127.0.0.1:${port}`, { topic, stream: 's' });
    const ann = 'ann:p%25t%20s3cr3t';
    expect(await streamTo(to(ann, 'open.orders'), { rows: 10 })).toMatchObject({ ending: 'done' });
    const wrong = await streamTo(to('ann:s3cr3t-other', 'open.orders'), { rows: 10 });
    expect(wrong).toMatchObject({ ending: 'failed', acknowledged: 0, error: { code: 'target_refused' } });
    expect(`${JSON.stringify(wrong)}${String(wrong.error)}`).not.toContain('s3cr3t');
    const closed = await streamTo(to(ann, 'closed.orders'), { rows: 10 });
    expect(closed).toMatchObject({ ending: 'failed', acknowledged: 0, next: 0, error: { code: 'target_refused' } });
    const large = await streamTo(to(ann, 'open.orders'), {
      rows: 10,
      template: { fields: [{ name: 'text', type: 'regex', options: { pattern: '[a-z]{2000}' } }] },
    });
    expect(large).toMatchObject({ ending: 'failed', error: { code: 'row_too_large' } });
  });

  it('is one row that is too large, behind which stands what came before it', async () => {
    const { port } = await guarded();
    const target = openTarget(`nats://ann:p%25t%20s3cr3t@127.0.0.1:${port}`, { topic: 'open.orders', stream: 's' });
    // With two digits before it, the text does not fit any more.
    const text = { name: 'text', type: 'regex', options: { pattern: '[a-z]{854}' } };
    const template = { fields: [{ name: 'id', type: 'sequence' }, text] };
    expect(await streamTo(target, { rows: 20, template, pace: new Pace(20, 1) })).toMatchObject({
      ...{ ending: 'failed', acknowledged: 9, next: 9, doubtful: 0 },
      error: { code: 'row_too_large', hint: expect.stringContaining('--from 10') },
    });
  });
});
