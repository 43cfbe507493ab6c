import { createServer } from 'node:net';
import { Long, ObjectId, UUID } from 'mongodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OpenOptions } from '../connector.ts';
import { Dialer } from '../dial/dialer.ts';
import { OutboundPolicy } from '../dial/outbound-policy.ts';
import type { TableName } from '../schema/schema.ts';
import type { Session } from '../session.ts';
import { allOf, allTextOf, errorOf } from '../testing/contract/workbench.ts';
import { startFaultProxy } from '../testing/fault-proxy.ts';
import { type SelfSigned, selfSigned } from '../testing/self-signed.ts';
import { type FerretServer, startFerret } from '../testing/start-ferretdb.ts';
import { startMember } from '../testing/start-member.ts';
import type { Row } from '../value.ts';
import { mongodb } from './connector.ts';

const named = (name: string): TableName => ({ schema: '', name });
const LOCAL = new OutboundPolicy(['127.0.0.0/8']);

/** A server in a set, as it says, with a certificate of its own. */
describe('MongoDB', () => {
  let server: FerretServer;
  let own: SelfSigned;
  const sessions: Session[] = [];
  const url = (port = server.port, host = '127.0.0.1'): string =>
    `mongodb://${server.user}:${encodeURIComponent(server.password)}@${host}:${port}/${server.database}?authSource=shop`;
  const open = async (
    input = url(),
    options: Record<string, unknown> = {},
    more: Partial<OpenOptions> = {},
  ): Promise<Session> => {
    const { config, secrets } = mongodb.parse({ url: input, options });
    const session = await mongodb.open(config, { dialer: new Dialer(LOCAL), secrets, readOnly: false, ...more });
    sessions.push(session);
    return session;
  };

  beforeAll(async () => {
    own = selfSigned('db.test', '127.0.0.1');
    server = await startFerret({ replicaSet: 'rs0', tls: { cert: own.certFile, key: own.keyFile } });
  }, 600_000);
  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.close()));
  });
  afterAll(async () => {
    await server?.stop();
    own?.remove();
  });

  it('says what answers, and what it cannot do', async () => {
    const { product, version, notes } = await (await open(url(), {}, { readOnly: true })).verify();
    expect([product, version]).toEqual(['FerretDB', 'v1.24.2 (as MongoDB 7.0.42)']);
    expect(notes).toEqual([expect.stringContaining('replica set rs0'), expect.stringContaining('refused here')]);
  });

  it('is described by its indexes and by what documents are like', async () => {
    const orders = server.db.collection('described');
    await orders.createIndex({ number: 1, 'customer.id': 1 }, { unique: true });
    await orders.createIndex({ note: 1 });
    await orders.insertMany([
      { number: 1, at: new Date(), customer: { id: new ObjectId(), name: 'A' }, tags: ['x'], total: 1.5, ok: true },
      { number: 2, at: null, tags: [], total: 2, big: Long.fromBigInt(2n ** 60n), lines: [{ n: 1 }], u: new UUID() },
      { number: 3, mixed: 'a' },
      { number: 4, mixed: 1 },
    ]);
    const { tables } = await (await open()).introspect();
    const table = tables.find(({ name }) => name === 'described');
    const kinds = table?.columns.map(({ name, kind, type, dimensions }) => [name, kind, type, dimensions]);
    expect(kinds).toEqual([
      ['_id', 'other', 'objectId', 0],
      ['number', 'integer', 'int', 0],
      ['at', 'datetime_zoned', 'date | null', 0],
      ['customer', 'json', 'object', 0],
      ['tags', 'text', 'array of string', 1],
      ['total', 'float', 'double | int', 0],
      ['ok', 'boolean', 'bool', 0],
      ['big', 'integer', 'long', 0],
      ['lines', 'json', 'array of object', 0],
      ['u', 'uuid', 'uuid', 0],
      ['mixed', 'other', 'int | string', 0],
    ]);
    expect(table).toMatchObject({
      primaryKey: { columns: ['_id'] },
      uniqueKeys: [{ columns: ['number', 'customer.id'], condition: null }],
      rowEstimate: 4,
    });
    expect(table?.columns[0]).toMatchObject({ generated: 'by_default', nullable: false });
  });

  it('keeps values as what the others of their field are, in nested documents and lists as well', async () => {
    const [customer, at] = [new ObjectId(), new Date('2026-01-01')];
    await server.db
      .collection('typed')
      .insertOne({ customer, at, lines: [{ due: at, count: Long.fromNumber(1) }], u: new UUID() });
    const session = await open();
    const row = {
      customer: '507f1f77bcf86cd799439011',
      at: '2026-02-03T04:05:06.789Z',
      lines: [{ due: '2026-03-04', count: 7, note: null }],
      u: '01893a5e-7c1b-7def-8123-456789abcdef',
    };
    await session.insert(named('typed'), [[row]]);
    const where = [{ column: 'customer', is: '=', value: row.customer } as const];
    const [found] = await allOf(session, { table: named('typed'), where });
    expect(found).toMatchObject({ ...row, lines: [{ due: '2026-03-04T00:00:00Z', count: 7, note: null }] });
    const kept = await server.db.collection('typed').findOne({ customer: new ObjectId(row.customer) });
    expect(kept).toMatchObject({ at: new Date(row.at), lines: [{ due: new Date('2026-03-04') }], u: new UUID(row.u) });
    const inside = await allOf(session, {
      table: named('typed'),
      columns: ['_id'],
      where: [{ column: 'lines.due', is: '>', value: '2026-02-01' }],
    });
    expect(inside).toHaveLength(1);
    expect(await session.remove(named('typed'), [[{ _id: inside[0]?.['_id'] ?? null }]])).toBe(1);
  });

  it('makes an _id for each row, or takes the one of the row', async () => {
    await server.db.createCollection('ids');
    const session = await open();
    const made: Row[] = [];
    const rows = [
      { v: 1 },
      { _id: 'own', v: 2 },
      { _id: 7, v: 3 },
      { _id: { $oid: '507f1f77bcf86cd799439011' }, v: 4 },
    ];
    await session.insert(named('ids'), [rows], {
      returning: ['_id'],
      onBatch: ({ returned }) => made.push(...returned),
    });
    expect(made).toEqual([
      { _id: expect.stringMatching(/^[0-9a-f]{24}$/) },
      { _id: 'own' },
      { _id: 7 },
      { _id: '507f1f77bcf86cd799439011' },
    ]);
    const update = {
      onConflict: 'update',
      returning: ['_id', 'v'],
      onBatch: ({ returned }: { returned: readonly Row[] }) => made.push(...returned),
    } as const;
    made.length = 0;
    expect(
      await session.insert(
        named('ids'),
        [
          [
            { _id: 'own', v: 20 },
            { _id: 8, v: 5 },
          ],
        ],
        update,
      ),
    ).toMatchObject({ written: 2 });
    expect(made).toEqual([
      { _id: 'own', v: 20 },
      { _id: 8, v: 5 },
    ]);
    expect(
      await session.insert(
        named('ids'),
        [
          [
            { _id: 'own', v: 99 },
            { _id: 9, v: 6 },
          ],
        ],
        { onConflict: 'skip' },
      ),
    ).toMatchObject({
      written: 1,
      skipped: 1,
    });
  });

  it('gives back the _id of rows that are changed by another key', async () => {
    await server.db.collection('keyed').createIndex({ code: 1 }, { unique: true });
    const session = await open();
    const made: Row[] = [];
    const options = {
      onConflict: 'update',
      returning: ['_id'],
      onBatch: ({ returned }: { returned: readonly Row[] }) => made.push(...returned),
    } as const;
    await session.insert(named('keyed'), [[{ code: 'a', v: 1 }]], options);
    await session.insert(
      named('keyed'),
      [
        [
          { code: 'b', v: 1 },
          { code: 'a', v: 2, w: 3 },
        ],
      ],
      options,
    );
    expect(made[2]).toEqual(made[0]);
    const read = await allOf(session, { table: named('keyed'), columns: ['code', 'v', 'w'], orderBy: ['code'] });
    expect(read).toEqual([
      { code: 'a', v: 2, w: 3 },
      { code: 'b', v: 1, w: null },
    ]);
  });

  it('finds rows by a key inside of a document, and reads what is inside', async () => {
    await server.db.collection('inside').createIndex({ 'customer.id': 1 }, { unique: true });
    const session = await open();
    const table = named('inside');
    const made: Row[] = [];
    const onBatch = ({ returned }: { returned: readonly Row[] }) => made.push(...returned);
    const options = { onConflict: 'update', returning: ['_id', 'customer.id', 'v'], onBatch } as const;
    await session.insert(table, [[{ customer: { id: 1, name: 'A' }, v: 1 }]], options);
    await session.insert(
      table,
      [
        [
          { customer: { id: 1, name: 'B' }, v: 2 },
          { customer: { id: 2 }, v: 3 },
        ],
      ],
      options,
    );
    expect(made.map((row) => [row['customer.id'], row['v']])).toEqual([
      [1, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(made[1]?.['_id']).toBe(made[0]?.['_id']);
    const read = await allOf(session, { table, columns: ['customer', 'customer.id'], orderBy: ['customer.id'] });
    expect(read.map((row) => row['customer.id'])).toEqual([1, 2]);
    expect(await session.remove(table, [[{ 'customer.id': 2 }]])).toBe(1);
  });

  it('takes rows without a key as new ones when it changes those that are there', async () => {
    await server.db.createCollection('no_key');
    const session = await open();
    const rows = [{ v: 1 }, { v: 2 }];
    expect(await session.insert(named('no_key'), [rows], { onConflict: 'update' })).toMatchObject({ written: 2 });
    expect(await session.count(named('no_key'))).toBe(2);
  });

  it('takes no name for an operator, and no value for a question', async () => {
    await server.db.collection('safe').insertMany([{ a: 1 }, { a: 2 }]);
    const session = await open();
    const table = named('safe');
    for (const column of ['$where', '$or', '', 'a.$b', 'a\0', 'a..b', '.a']) {
      for (const work of [
        () => allOf(session, { table, where: [{ column, is: '=', value: 1 }] }),
        () => allOf(session, { table, columns: [column] }),
        () => allOf(session, { table, orderBy: [column] }),
        () => session.insert(table, [[{ [column]: 1 }]]),
        () => session.remove(table, [[{ [column]: 1 }]]),
      ]) {
        expect(await errorOf(work()), column).toMatchObject({ problem: 'value' });
      }
    }
    const all = { $ne: null };
    expect(await session.remove(table, [[{ a: all }]])).toBe(0);
    expect(await allOf(session, { table, where: [{ column: 'a', is: '=', value: all }] })).toEqual([]);
    const like = (value: string) => allOf(session, { table, where: [{ column: 'a', is: 'like', value }] });
    expect(await like('.*')).toEqual([]);
    for (const name of ['$cmd', 'system.users', 'x.$cmd']) {
      expect(await errorOf(session.describe(named(name)))).toMatchObject({ problem: 'not_found' });
    }
    expect(await session.count(table)).toBe(2);
  });

  it('makes collections only when it may', async () => {
    const table = named('made_by_rows');
    expect(await errorOf((await open()).insert(table, [[{ a: 1 }]]))).toMatchObject({ problem: 'not_found' });
    const session = await open(url(), { createCollections: true });
    expect(await session.insert(table, [[{ a: 1 }]])).toMatchObject({ written: 1 });
    expect(await server.db.collection('made_by_rows').countDocuments()).toBe(1);
    const other = `mongodb://${server.user}:${encodeURIComponent(server.password)}@127.0.0.1:${server.port}/not_there?authSource=shop`;
    expect(await errorOf((await open(other)).verify())).toMatchObject({ problem: 'database' });
    await (await open(other, { createCollections: true })).verify();
  });

  it('shows no row in an error', async () => {
    await server.db.collection('ruled').createIndex({ secret: 1 }, { unique: true, name: 'one_secret' });
    const session = await open();
    const error = await errorOf(session.insert(named('ruled'), [[{ secret: 'Kl4rtext' }, { secret: 'Kl4rtext' }]]));
    expect(error).toMatchObject({ problem: 'constraint', written: 1 });
    expect(allTextOf(error)).not.toContain('Kl4rtext');
    const large = await errorOf(session.insert(named('ruled'), [[{ secret: 'Kl4rtext'.repeat(3_000_000) }]]));
    expect(large).toMatchObject({ problem: 'value', message: expect.stringContaining('row 0') });
    expect(allTextOf(large)).not.toContain('Kl4rtext');
  });

  it('says so when a server that claims to have transactions has none', async () => {
    await server.db.createCollection('together');
    const session = await open();
    const error = await errorOf(session.transaction(() => session.insert(named('together'), [[{ a: 1 }]])));
    // FerretDB does not know the field `autocommit` or the command `commitTransaction`.
    expect(['protocol', 'value']).toContain(error.problem);
    expect(await server.db.collection('together').countDocuments()).toBeLessThanOrEqual(1);
    await session.verify();
  });

  describe('sockets', () => {
    it('go to members of the set that was asked for', async () => {
      const session = await open(`${url()}&replicaSet=rs0`);
      expect((await session.verify()).notes[0]).toContain('rs0');
      const other = await errorOf(open(`${url()}&replicaSet=rs1`));
      expect(other).toMatchObject({ problem: 'database', hint: expect.stringContaining('rs0') });
    });

    it('go to the primary that a member names, but not where the operator has closed', async () => {
      const through = await startFaultProxy({ host: '127.0.0.1', port: server.port });
      for (const [primary, problem] of [
        [`127.0.0.1:${through.port}`, undefined],
        [`127.0.0.9:${through.port}`, 'target_not_allowed'],
        ['169.254.169.254:80', 'target_not_allowed'],
        ['[::ffff:127.0.0.9]:80', 'target_not_allowed'],
        ['/tmp/mongodb-27017.sock:0', 'invalid_config'],
      ] as const) {
        const member = await startMember({ setName: 'rs0', secondary: true, primary, hosts: [primary] });
        const input = `mongodb://127.0.0.1:${member.port}/shop?replicaSet=rs0`;
        const dialer = new Dialer(new OutboundPolicy(['127.0.0.1']));
        const opened = await open(input, {}, { dialer }).then(
          () => undefined,
          (error) => error.problem,
        );
        expect(opened, primary).toBe(problem);
        await member.stop();
      }
      await through.stop();
    });

    it('go to addresses that are checked each time, whatever a name means by then', async () => {
      const listener = createServer();
      let reached = 0;
      listener.on('connection', (socket) => {
        reached++;
        socket.destroy();
      });
      await new Promise<void>((resolve) => listener.listen(server.port, '127.0.0.9', resolve));
      const answers = ['127.0.0.1', '127.0.0.1'];
      const dialer = new Dialer(new OutboundPolicy(['127.0.0.1']), async () => [answers.shift() ?? '127.0.0.9']);
      const error = await errorOf(open(url(server.port, 'db.test'), {}, { dialer, timeoutMs: 1500 }));
      expect(error).toMatchObject({ problem: 'target_not_allowed' });
      expect(reached).toBe(0);
      await new Promise((resolve) => listener.close(resolve));
    });

    it('are encrypted and checked as far as was asked for', async () => {
      const { cert: ca } = own;
      const port = server.tlsPort ?? 0;
      const dialer = new Dialer(LOCAL, async () => ['127.0.0.1']);
      const tried = async (tls: object, host = '127.0.0.1'): Promise<unknown> =>
        await open(url(port, host), { tls }, { dialer, timeoutMs: 2000 })
          .then((session) => session.verify())
          .then(
            () => 'ok',
            ({ problem }) => problem,
          );
      expect(await tried({ mode: 'require' })).toBe('ok');
      expect(await tried({ mode: 'verify-full', ca })).toBe('ok');
      expect(await tried({ mode: 'verify-full', ca }, 'db.test')).toBe('ok');
      expect(await tried({ mode: 'verify-full', ca }, 'other.test')).toBe('tls');
      expect(await tried({ mode: 'verify-ca', ca }, 'other.test')).toBe('ok');
      expect(await tried({ mode: 'verify-full' })).toBe('tls');
      expect(['broken', 'protocol', 'timeout']).toContain(await tried({ mode: 'disable' }));
      const plain = await errorOf(open(url(), { tls: { mode: 'require' } }, { timeoutMs: 2000 }));
      expect(['tls', 'timeout']).toContain(plain.problem);
    });
  });
});
