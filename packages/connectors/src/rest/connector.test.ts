import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConnectionError } from '../connection-error.ts';
import type { ConnectionInput } from '../connector.ts';
import { Dialer } from '../dial/dialer.ts';
import { OutboundPolicy } from '../dial/outbound-policy.ts';
import type { BatchOutcome, Session } from '../session.ts';
import type { Row, Rows } from '../value.ts';
import { restConnector } from './connector.ts';
import { type RestServer, startRestServer } from './testing/start-rest-server.ts';

const ORDERS = { schema: '', name: 'orders' };
const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
const thrown = (work: Promise<unknown>): Promise<ConnectionError> =>
  work.then(
    () => expect.unreachable('nothing was thrown'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ConnectionError);
      return error as ConnectionError;
    },
  );

let server: RestServer;
const sessions: Session[] = [];
beforeEach(async () => {
  server = await startRestServer();
});
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
  await server.stop();
});

async function open(input: Partial<ConnectionInput> = {}, readOnly = false): Promise<Session> {
  const { config, secrets } = restConnector.parse({ url: server.url, ...input });
  const session = await restConnector.open(config, { dialer, secrets, readOnly });
  sessions.push(session);
  return session;
}
async function all(rows: AsyncIterable<Rows>): Promise<Row[]> {
  const found: Row[] = [];
  for await (const some of rows) found.push(...some);
  return found;
}

describe('a REST connection', () => {
  it('is verified by the first of HEAD, OPTIONS and GET that the system knows', async () => {
    const session = await open();
    expect((await session.verify()).notes[0]).toBe('it answers 200 to HEAD');
    server.intercept = ({ method }, reply) => (method === 'GET' ? undefined : reply.status(405).send());
    expect((await session.verify()).notes[0]).toBe('it answers 200 to GET');
    expect(server.log.map((line) => line.split(' ')[0])).toEqual(['HEAD', 'HEAD', 'OPTIONS', 'GET']);
    server.intercept = (_request, reply) => reply.status(401).send();
    expect((await thrown(session.verify())).problem).toBe('auth');
    server.intercept = (_request, reply) => reply.status(403).send();
    expect((await thrown(session.verify())).problem).toBe('permission');
  });

  it('puts one row into each request and tells what became of it', async () => {
    const session = await open();
    const batches: BatchOutcome[] = [];
    const rows = Array.from({ length: 25 }, (_, i) => ({ name: `n${i}`, quantity: i === 7 || i === 20 ? -1 : i }));
    const report = await session.insert(ORDERS, [rows.slice(0, 3), rows.slice(3)], {
      batchSize: 10,
      returning: ['id', 'nothing'],
      onBatch: (batch) => batches.push(batch),
    });
    expect(report).toMatchObject({ sent: 25, written: 23, skipped: 0, failed: 2 });
    expect(report.failures).toEqual(
      [7, 20].map((row) => ({ row, status: 422, message: `${server.url}/orders refused it (422)` })),
    );
    expect(batches.map(({ sent, written }) => [sent, written])).toEqual([
      [10, 9],
      [10, 10],
      [5, 4],
    ]);
    expect(
      batches.flatMap(({ returned }) => returned.map(({ id }) => id)).sort((a, b) => Number(a) - Number(b)),
    ).toEqual(Array.from({ length: 23 }, (_, i) => i + 1));
    expect(server.orders).toHaveLength(23);
  });

  it('puts many rows into a list, bare or under a key', async () => {
    for (const wrapperKey of [undefined, 'items']) {
      const session = await open({
        options: { mode: 'batch', ...(wrapperKey === undefined ? {} : { wrapperKey, createdPointer: '/items' }) },
      });
      const returned: Row[] = [];
      const rows = Array.from({ length: 250 }, (_, i) => ({ name: `n${i}` }));
      const report = await session.insert(ORDERS, [rows], {
        returning: ['id', 'name'],
        onBatch: (batch) => returned.push(...batch.returned),
      });
      expect(report).toMatchObject({ sent: 250, written: 250, failed: 0 });
      expect(returned.map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
    }
    expect(server.log).toEqual(Array(6).fill('POST /orders 201'));
    expect(server.orders).toHaveLength(500);
  });

  it('keeps integers of 64 bits, in both directions', async () => {
    const session = await open();
    let body = '';
    server.intercept = ({ raw }) => {
      raw.on('data', (part) => {
        body += part;
      });
    };
    await session.insert(ORDERS, [[{ big: 9_223_372_036_854_775_807n, bytes: Uint8Array.of(1, 2), text: 'ä"\n' }]]);
    expect(body).toBe('{"big":9223372036854775807,"bytes":"AQI=","text":"ä\\"\\n"}');
    server.intercept = (_request, reply) =>
      reply.type('application/json').send('[{"a":9223372036854775807,"b":0.123456789012345678,"c":1.5,"d":7}]');
    expect(await all(session.read({ table: ORDERS }))).toEqual([
      { a: 9_223_372_036_854_775_807n, b: '0.123456789012345678', c: 1.5, d: 7 },
    ]);
  });

  it('refuses to change anything when it is for reading only', async () => {
    const session = await open({}, true);
    expect((await thrown(session.insert(ORDERS, [[{ a: 1 }]]))).problem).toBe('read_only');
    expect((await thrown(session.remove(ORDERS, [[{ id: 1 }]]))).problem).toBe('read_only');
    expect(server.log).toEqual([]);
  });

  it('removes rows by their keys, and counts those that were there', async () => {
    const session = await open();
    await session.insert(ORDERS, [[{ a: 1 }, { a: 2 }]]);
    expect(await session.remove(ORDERS, [[{ id: 1 }, { id: 77 }]])).toBe(1);
    for (const key of ['', '.', '..', null]) {
      expect((await thrown(session.remove(ORDERS, [[{ id: key }]]))).problem).toBe('invalid_config');
    }
  });
});
