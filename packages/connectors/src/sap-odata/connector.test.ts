import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConnectionError } from '../connection-error.ts';
import type { ConnectionInput } from '../connector.ts';
import { Dialer } from '../dial/dialer.ts';
import { OutboundPolicy } from '../dial/outbound-policy.ts';
import type { BatchOutcome, Session } from '../session.ts';
import type { Row, Rows } from '../value.ts';
import { sapODataConnector } from './connector.ts';
import { type ODataService, startODataService } from './testing/start-odata-service.ts';

const table = (name: string) => ({ schema: '', name });
const ORDERS = table('SalesOrders');
const ITEMS = table('SalesOrderItems');
const MATERIALS = table('Materials');
const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
const thrown = (work: Promise<unknown>): Promise<ConnectionError> =>
  work.then(
    () => expect.unreachable('nothing was thrown'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ConnectionError);
      return error as ConnectionError;
    },
  );

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

let service: ODataService;
const sessions: Session[] = [];
beforeAll(async () => {
  service = await startODataService();
  // Maven may have to build it, and to get its libraries first.
}, 900_000);
afterAll(() => service.stop());
beforeEach(() => service.reset());
afterEach(() => Promise.all(sessions.splice(0).map((session) => session.close())));

async function open(version: string, input: Partial<ConnectionInput> = {}, readOnly = false): Promise<Session> {
  const { config, secrets } = sapODataConnector.parse({
    url: `${service.url}/${version}`,
    auth: { type: 'basic', username: service.username, password: service.password },
    ...input,
  });
  expect(JSON.stringify(config)).not.toContain(service.password);
  const session = await sapODataConnector.open(config, { dialer, secrets, readOnly });
  sessions.push(session);
  return session;
}
async function all(rows: AsyncIterable<Rows>): Promise<Row[]> {
  const found: Row[] = [];
  for await (const some of rows) found.push(...some);
  return found;
}

describe.each(['v2', 'v4'] as const)('Apache Olingo %s', (version) => {
  it('is verified by its metadata, whose version is found out', async () => {
    expect(await (await open(version)).verify()).toEqual({
      product: `OData ${version.toUpperCase()}`,
      version: version === 'v2' ? '2.0' : '4.0',
      notes: ['it has 3 entity sets'],
    });
    const wrong = await open(version, { auth: { type: 'basic', username: 'tester', password: 'wr0ng' } });
    const error = await thrown(wrong.verify());
    expect(error.problem).toBe('auth');
    expect(error.message).not.toContain('wr0ng');
    expect((await thrown((await open(version, { url: `${service.url}/nothing` })).verify())).problem).toBe('not_found');
    await (
      await open(version, { auth: { type: 'bearer', token: 'good' }, url: `${service.url}/${version}/$metadata` })
    ).verify();
  });

  it('tells its tables', async () => {
    const session = await open(version);
    const { tables } = await session.introspect();
    expect(tables.map(({ name, columns }) => [name, columns.length])).toEqual([
      ['SalesOrders', 15],
      ['SalesOrderItems', 4],
      ['Materials', 2],
    ]);
    const items = await session.describe(ITEMS);
    expect(items.primaryKey?.columns).toEqual(['SalesOrder', 'SalesOrderItem']);
    expect(items.foreignKeys).toEqual([
      { name: 'to_SalesOrder', columns: ['SalesOrder'], to: ORDERS, toColumns: ['SalesOrder'], isDeferrable: false },
    ]);
    const link = [{ column: 'SalesOrder', parent: 'SalesOrder' }];
    expect(tables[0]?.nested).toEqual([{ name: 'to_Item', table: ITEMS, many: true, link }]);
    expect(items.columns.find(({ name }) => name === 'Quantity')).toMatchObject({
      kind: 'decimal',
      type: 'Edm.Decimal(15,3)',
      precision: 15,
      scale: 3,
      nullable: true,
    });
    expect(items.columns[0]).toMatchObject({ kind: 'text', maxLength: 10, nullable: false });
    expect((await thrown(session.describe(table('Nothing')))).problem).toBe('not_found');
  });

  it('gives back what it was given, of every type and at its edges', async () => {
    const session = await open(version);
    const rows: Row[] = [
      {
        SoldToParty: "O'N & ö 😀",
        OrderDate: version === 'v2' ? '2026-01-31T00:00:00' : '2026-01-31',
        ChangedAt: '2026-01-31T13:05:00Z',
        DeliveryTime: '13:05:00',
        TotalNetAmount: '9999999999999.999',
        Currency: 'EUR',
        ExternalNumber: 9_223_372_036_854_775_807n,
        Priority: 255,
        IsUrgent: true,
        Weight: 1.5e-10,
        Uuid: '01234567-89ab-cdef-0123-456789abcdef',
        Attachment: Uint8Array.from({ length: 100 }, (_, i) => 255 - i),
        Note: 'one\r\ntwo\t"three" \\ <&> --batch --',
      },
      {
        SoldToParty: 'C2',
        OrderDate: version === 'v2' ? '1753-01-01T00:00:00' : '1753-01-01',
        ChangedAt: '1969-12-31T23:59:59Z',
        DeliveryTime: '00:00:00',
        TotalNetAmount: '-0.001',
        Currency: '',
        ExternalNumber: -5,
        Priority: 0,
        IsUrgent: false,
        Weight: null,
        Uuid: null,
        Attachment: new Uint8Array(),
        Note: null,
      },
    ];
    for (const mode of ['batch', 'row']) {
      await service.reset();
      const one = await open(version, { options: { mode } });
      expect(await one.insert(ORDERS, [rows])).toMatchObject({ written: 2, failed: 0 });
      const columns = Object.keys(rows[0] ?? {});
      const found = await all(session.read({ table: ORDERS, columns }));
      expect(found.sort((a, b) => Number(b['Priority']) - Number(a['Priority']))).toEqual(rows);
    }
  });

  it.each(['batch', 'row'])('tells what became of each row and which keys it made (%s)', async (mode) => {
    const session = await open(version, { options: { mode } });
    const batches: BatchOutcome[] = [];
    const rows = Array.from({ length: 25 }, (_, i) => ({
      SalesOrder: '77',
      SalesOrderItem: String(i === 20 ? 3 : i),
      Material: 'Sugar',
      Quantity: i === 7 ? '-4.500' : '1.000',
    }));
    const report = await session.insert(ITEMS, [rows], {
      batchSize: 10,
      returning: ['SalesOrderItem'],
      onBatch: (batch) => batches.push(batch),
    });
    expect(report).toMatchObject({ sent: 25, written: 23, skipped: 0, failed: 2 });
    // Of what the service says the values are left out: "Quantity -4.500 of material Sugar is not allowed".
    expect(report.failures).toEqual([
      {
        row: 7,
        status: 400,
        message: expect.stringMatching(/^Quantity … of (material )?… is not allowed \(400, SLS\/001\)$/),
      },
      { row: 20, status: 400, message: expect.stringMatching(/^Document .*already exists \(400, SLS\/003\)$/) },
    ]);
    expect(JSON.stringify(report)).not.toMatch(/Sugar|4\.5/);
    expect(batches.map(({ sent, written }) => [sent, written])).toEqual([
      [10, 9],
      [10, 10],
      [5, 4],
    ]);
    expect(batches[0]?.returned.map(({ SalesOrderItem }) => SalesOrderItem)).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '8',
      '9',
    ]);
    const orders: Row[] = [];
    await session.insert(ORDERS, [[{ SoldToParty: 'A' }, { SoldToParty: 'B' }]], {
      returning: ['SalesOrder', 'SoldToParty'],
      onBatch: ({ returned }) => orders.push(...returned),
    });
    expect(orders.map(({ SoldToParty }) => SoldToParty)).toEqual(['A', 'B']);
    expect(orders.map(({ SalesOrder }) => SalesOrder).sort()).toEqual(['0000000001', '0000000002']);
    const posts = (await service.log()).filter((line) => line.startsWith('POST'));
    expect(posts).toHaveLength(mode === 'batch' ? 4 : 27);
  });

  it('keeps a batch that is one change set as a whole or not at all', async () => {
    const session = await open(version, { options: { changeSet: 'batch' } });
    const row = (i: number, quantity = '1') => ({ SalesOrder: '1', SalesOrderItem: String(i), Quantity: quantity });
    const rows = [row(1), row(2), row(3), row(4, '-1'), row(5), row(6)];
    expect(await session.insert(ITEMS, [rows], { batchSize: 2 })).toMatchObject({ sent: 6, written: 4, failed: 2 });
    expect((await all(session.read({ table: ITEMS }))).map(({ SalesOrderItem }) => SalesOrderItem)).toEqual([
      '1',
      '2',
      '5',
      '6',
    ]);
  });

  it('takes an order with its items at once, and tells what it made', async () => {
    const session = await open(version);
    const items = [10, 20, 30].map((i) => ({ SalesOrderItem: String(i), Material: `M${i}`, Quantity: '2.000' }));
    const made = await session.insertDeep?.(ORDERS, { SoldToParty: 'C1', TotalNetAmount: '99.900', to_Item: items });
    expect(made).toMatchObject({ SalesOrder: '0000000001', TotalNetAmount: '99.900' });
    expect(made?.['to_Item']).toEqual(items.map((item) => ({ SalesOrder: '0000000001', ...item })));
    expect(await session.count(ITEMS)).toBe(3);
    const bad = { SoldToParty: 'Secret', to_Item: [{ SalesOrderItem: '1', Quantity: '-1' }] };
    const error = await thrown(session.insertDeep?.(ORDERS, bad) as Promise<unknown>);
    expect(error.problem).toBe('constraint');
    expect(error.message).not.toContain('Secret');
    expect([await session.count(ORDERS), await session.count(ITEMS)]).toEqual([1, 3]);
    for (const wrong of [
      { to_Item: { SalesOrderItem: '1' } },
      { to_Item: ['x'] },
      { Nothing: 1 },
      { TotalNetAmount: 'much' },
    ]) {
      const { problem } = await thrown(session.insertDeep?.(ORDERS, wrong) as Promise<unknown>);
      expect(['value', 'not_found']).toContain(problem);
    }
  });

  it.each(['batch', 'row'])('puts in rows with those within them, and tells the keys of all (%s)', async (mode) => {
    const session = await open(version, { options: { mode } });
    const item = (number: number, quantity: string) => ({ SalesOrderItem: String(number), Quantity: quantity });
    const rows: Row[] = [
      { SoldToParty: 'A', to_Item: [item(10, '1.500'), item(20, '12345678901.125')] },
      { SoldToParty: 'B', to_Item: [] },
      { SoldToParty: 'C', to_Item: [item(10, '2'), { SalesOrderItem: '20', Quantity: 'many' }] },
      { SoldToParty: 'D', to_Item: [item(10, '1'), item(20, '-1')] },
      { SoldToParty: 'E', to_Item: [item(10, '3')] },
      { SoldToParty: 'F', to_Item: null },
    ];
    const returned: Row[] = [];
    const report = await session.insert(ORDERS, [rows], {
      returning: ['SalesOrder', 'to_Item'],
      onBatch: (batch) => void returned.push(...batch.returned),
    });
    expect(report).toMatchObject({ sent: 6, written: 4, failed: 2 });
    // The first never leaves, and names the place; the second is refused with its whole order.
    expect(report.failures.map(({ row, message }) => [row, message])).toEqual([
      [2, '/to_Item/1/Quantity: a value of Quantity is no Edm.Decimal'],
      [3, expect.stringMatching(/^Quantity … of .*is not allowed \(400, SLS\/001\)$/)],
    ]);
    const items = await all(session.read({ table: ITEMS, orderBy: ['SalesOrder', 'SalesOrderItem'] }));
    const keys = returned.map(({ SalesOrder, to_Item }) => [SalesOrder, to_Item]);
    expect(new Set(keys.map(([order]) => order)).size).toBe(4);
    expect(returned.flatMap(({ to_Item }) => (to_Item ?? []) as Row[]).sort(byText)).toEqual(
      items.map(({ SalesOrder, SalesOrderItem }) => ({ SalesOrder, SalesOrderItem })).sort(byText),
    );
    const [first] = returned;
    expect(items.filter(({ SalesOrder }) => SalesOrder === first?.['SalesOrder'])).toEqual([
      { SalesOrder: first?.['SalesOrder'], SalesOrderItem: '10', Material: null, Quantity: '1.500' },
      { SalesOrder: first?.['SalesOrder'], SalesOrderItem: '20', Material: null, Quantity: '12345678901.125' },
    ]);
    const again = [[{ ...first, SoldToParty: 'A', to_Item: [item(30, '1')] }]] as Row[][];
    expect(await session.insert(ORDERS, again, { onConflict: 'skip' })).toMatchObject({ skipped: 1 });
    const changed = await session.insert(ORDERS, again, { onConflict: 'update' });
    expect(changed.failures).toMatchObject([
      { row: 0, message: expect.stringContaining('to_Item is put in with a new') },
    ]);
    expect(await session.count(ITEMS)).toBe(items.length);
    const wrong = [[{ SoldToParty: 'A', to_Item: [{ Quantty: '1' }] }]];
    expect((await thrown(session.insert(ORDERS, wrong))).message).toBe(
      '/to_Item/0/Quantty: SalesOrderItemType has no property "Quantty"',
    );
  });

  it('gets a new token when the old one is over', async () => {
    for (const mode of ['batch', 'row']) {
      const session = await open(version, { options: { mode } });
      const rows = (from: number) => [Array.from({ length: 5 }, (_, i) => ({ Material: `${mode}${from + i}` }))];
      await session.insert(MATERIALS, rows(0));
      await service.expireTokens();
      expect(await session.insert(MATERIALS, rows(5))).toMatchObject({ written: 5, failed: 0 });
    }
    expect((await service.log()).filter((line) => line.endsWith(' 403')).length).toBeGreaterThanOrEqual(2);
  });

  it('leaves out or changes what is there already', async () => {
    const session = await open(version);
    const [order = {}] = await (async () => {
      const made: Row[] = [];
      const options = { returning: ['SalesOrder'], onBatch: ({ returned }: BatchOutcome) => made.push(...returned) };
      await session.insert(ORDERS, [[{ SoldToParty: 'A', Note: 'keep', Currency: 'EUR' }]], options);
      return made;
    })();
    const rows = [
      [
        { ...order, SoldToParty: 'B', Currency: 'USD' },
        { SalesOrder: 'X1', SoldToParty: 'C' },
      ],
    ];
    expect(await session.insert(ORDERS, rows, { onConflict: 'skip' })).toMatchObject({ written: 1, skipped: 1 });
    expect(await session.insert(ORDERS, rows, { onConflict: 'update' })).toMatchObject({ written: 2, skipped: 0 });
    const found = await all(
      session.read({ table: ORDERS, where: [{ column: 'SalesOrder', is: '=', value: order['SalesOrder'] ?? null }] }),
    );
    expect(found).toMatchObject([{ SoldToParty: 'B', Currency: 'USD', Note: 'keep', Version: 2 }]);
    expect(await session.insert(ORDERS, [[{ SoldToParty: 'D' }]], { onConflict: 'update' })).toMatchObject({
      written: 1,
    });
    const error = await thrown(session.insert(ORDERS, rows, { onConflict: 'update', key: ['SoldToParty'] }));
    expect(error.problem).toBe('invalid_config');
  });

  it('removes what is there, by keys of one part and of two', async () => {
    const session = await open(version);
    await session.insertDeep?.(ORDERS, {
      SoldToParty: 'C1',
      to_Item: [{ SalesOrderItem: '1' }, { SalesOrderItem: '2' }],
    });
    const SalesOrder = '0000000001';
    expect(
      await session.remove(ITEMS, [
        [
          { SalesOrder, SalesOrderItem: '1' },
          { SalesOrder, SalesOrderItem: '9' },
        ],
      ]),
    ).toBe(1);
    expect(await session.remove(ORDERS, [[{ SalesOrder }]])).toBe(1);
    expect([await session.count(ORDERS), await session.count(ITEMS)]).toEqual([0, 1]);
    const hostile = ["a'b", 'a/b', 'a?b#c', 'a%2Fb', '..', 'ä 😀', 'a&b=c+d', '\\'].map((Material) => ({ Material }));
    expect(await session.insert(MATERIALS, [hostile])).toMatchObject({ written: hostile.length });
    expect((await all(session.read({ table: MATERIALS }))).map(({ Material }) => Material).sort()).toEqual(
      hostile.map(({ Material }) => Material).sort(),
    );
    for (const row of hostile) {
      const where = [{ column: 'Material', is: '=' as const, value: row.Material }];
      expect(await all(session.read({ table: MATERIALS, where, columns: ['Material'] })), row.Material).toEqual([row]);
    }
    for (const row of hostile.filter(({ Material }) => !/[/\\]|%2F/.test(Material))) {
      expect(await session.remove(MATERIALS, [[row]]), row.Material).toBe(1);
    }
  });

  it('reads pages of its own and of the service, filtered and ordered', async () => {
    const session = await open(version, { options: { pageSize: 250 } });
    const rows = Array.from({ length: 620 }, (_, i) => ({
      Material: `M${String(i).padStart(4, '0')}`,
      Description: `d${i % 7}`,
    }));
    expect(await session.insert(MATERIALS, [rows])).toMatchObject({ written: 620 });
    expect(await session.count(MATERIALS)).toBe(620);
    const found = await all(session.read({ table: MATERIALS }));
    expect(found).toEqual(rows);
    const some = await all(session.read({ table: MATERIALS, limit: 301, columns: ['Material'] }));
    expect(some).toEqual(rows.slice(0, 301).map(({ Material }) => ({ Material })));
    const filtered = await all(
      session.read({
        table: MATERIALS,
        filter: "Description eq 'd3' or Description eq 'd4'",
        where: [{ column: 'Material', is: '>=', value: 'M0600' }],
      }),
    );
    expect(filtered).toEqual(rows.slice(600).filter(({ Description }) => /d[34]/.test(Description)));
    const like = await all(
      session.read({ table: MATERIALS, where: [{ column: 'Material', is: 'like', value: 'M061%' }] }),
    );
    expect(like).toEqual(rows.slice(610));
    expect((await thrown(all(session.read({ table: MATERIALS, columns: ['x y'] })))).problem).toBe('not_found');
    expect((await thrown(all(session.read({ table: MATERIALS, filter: 'nonsense (' })))).problem).toBe('protocol');
  });

  it('refuses to change anything when it is for reading only', async () => {
    const session = await open(version, {}, true);
    for (const work of [
      session.insert(MATERIALS, [[{ Material: '1' }]]),
      session.remove(MATERIALS, [[{ Material: '1' }]]),
      session.insertDeep?.(ORDERS, {}),
    ]) {
      expect((await thrown(work as Promise<unknown>)).problem).toBe('read_only');
    }
    expect((await service.log()).filter((line) => !line.startsWith('GET'))).toEqual([]);
  });
});
