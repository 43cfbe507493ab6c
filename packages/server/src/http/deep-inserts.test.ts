import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ODataService, startODataService } from '../../../connectors/src/sap-odata/testing/start-odata-service.ts';
import { type Client, expectError } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

interface FieldBody {
  readonly name: string;
  readonly type: string;
  readonly options?: { readonly fields?: readonly FieldBody[] };
}
interface RunBody {
  readonly id: string;
  readonly state: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly result: Readonly<Record<string, unknown>> | null;
}
interface Item {
  readonly SalesOrder?: string;
  readonly SalesOrderItem: string;
  readonly Quantity: string | number | null;
}
interface Order {
  readonly SalesOrder: string;
  readonly to_Item: readonly Item[];
}

describe.each(['v2', 'v4'] as const)('sales orders with items, put into OData %s by deep insert', (version) => {
  let server: TestServer;
  let client: Client;
  let service: ODataService;
  let connection: string;
  beforeAll(async () => {
    service = await startODataService();
    server = await startOn('external', { privateTargets: ['127.0.0.1'] });
    client = server.client;
    const { username, password } = service;
    const made = await client.post<{ id: string }>('/connections', {
      name: version,
      type: 'sap_odata',
      url: `${service.url}/${version}`,
      auth: { type: 'basic', username, password },
    });
    expect(made.status, made.text).toBe(201);
    connection = made.body.id;
  }, 900_000);
  afterAll(async () => {
    await server?.close();
    await service?.stop();
  });
  beforeEach(() => service.reset());

  const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: object) => {
    const json = version === 'v4' ? 'application/json;IEEE754Compatible=true' : 'application/json';
    return fetch(`${service.url}/${version}/${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${service.username}:${service.password}`).toString('base64')}`,
        accept: json,
        ...(body === undefined ? {} : { 'content-type': json }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
  /** By somebody else. */
  const change = async (method: string, path: string, body?: object): Promise<number> => {
    const token = await ask('GET', '', { 'x-csrf-token': 'Fetch' });
    const headers = {
      'x-csrf-token': token.headers.get('x-csrf-token') ?? '',
      cookie: token.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; '),
    };
    return (await ask(method, path, headers, body)).status;
  };
  /** With the items of each, as the service has them. */
  const orders = async (): Promise<Order[]> => {
    const found: Order[] = [];
    let path: string | undefined = 'SalesOrders?$expand=to_Item';
    while (path !== undefined) {
      const answer = await ask('GET', path);
      const text = await answer.text();
      expect(answer.status, text).toBe(200);
      const body = JSON.parse(text);
      const page = body.d?.results ?? body.d ?? body.value;
      found.push(
        ...page.map((one: Order & { to_Item: { results?: Item[] } }) => ({
          ...one,
          to_Item: one.to_Item.results ?? one.to_Item,
        })),
      );
      const next: string | undefined = body.d?.__next ?? body['@odata.nextLink'];
      path = next === undefined ? undefined : `SalesOrders?${new URL(next, `${service.url}/`).search.slice(1)}`;
    }
    return found;
  };
  const count = async (set: string): Promise<number> =>
    Number(await (await ask('GET', `${set}/$count`, { accept: 'text/plain' })).text());
  const template = async (): Promise<string> => {
    const made = await client.post<{ templates: { template: { id: string; fields: FieldBody[] } }[] }>(
      `/connections/${connection}/templates`,
      { tables: [{ table: 'SalesOrders', name: 'Order', expand: ['to_Item'] }] },
    );
    expect(made.status, made.text).toBe(201);
    const [{ template: one } = { template: undefined }] = made.body.templates;
    const items = one?.fields.find(({ name }) => name === 'to_Item');
    expect(items).toMatchObject({ type: 'template', options: { array: true, count: { min: 1, max: 5 } } });
    // What the service takes from the order is no field.
    expect(items?.options?.fields?.map(({ name }) => name)).toEqual(['SalesOrderItem', 'Material', 'Quantity']);
    if (version === 'v2') return one?.id ?? '';
    // Olingo 4 does not say in its metadata that it counts the version of an order itself.
    return client.create(
      (one?.fields ?? []).filter(({ name }) => name !== 'Version') as never,
      `orders ${++templates}`,
    );
  };
  let templates = 0;
  const ended = async (run: string): Promise<RunBody> => (await client.get<RunBody>(`/runs/${run}?wait=true`)).body;
  const push = async (template_id: string, body: object): Promise<RunBody> => {
    const path = `/connections/${connection}/push`;
    const answer = await client.post<{ run_id: string }>(path, {
      template_id,
      entity: 'SalesOrders',
      seed: 's',
      ...body,
    });
    expect(answer.status, answer.text).toBe(202);
    return ended(answer.body.run_id);
  };
  const tryUndo = async (run: string) =>
    (await client.post<Record<string, unknown>>(`/runs/${run}/undo`, { dryRun: true })).body;
  const undo = async (run: string, body: object = {}): Promise<RunBody> => {
    const answer = await client.post<{ run_id: string }>(`/runs/${run}/undo`, body);
    expect(answer.status, answer.text).toBe(202);
    return ended(answer.body.run_id);
  };
  const sum = (items: readonly Item[]): number =>
    items.reduce((total, { Quantity }) => total + Math.round(1000 * Number(Quantity ?? 0)), 0);

  it('go in, are read back, and are taken back without a trace', async () => {
    const id = await template();
    await client.post(`/connections/${connection}/rows`, {
      table: 'SalesOrders',
      rows: [
        {
          ...(version === 'v4' ? { SalesOrder: 'OLD' } : {}),
          SoldToParty: 'before',
          to_Item: [{ SalesOrderItem: '10' }],
        },
      ],
    });
    const run = await push(id, { count: 50 });
    expect(run, JSON.stringify(run)).toMatchObject({
      state: 'done',
      result: { written: 50, failed: 0, check: { ok: true } },
    });
    const made = (await client.post<Order[]>(`/templates/${id}/generate`, { count: 50, seed: 's' })).body;
    const sent = made.flatMap(({ to_Item }) => to_Item);
    const found = (await orders()).filter(
      (one) => (one as unknown as { SoldToParty: string }).SoldToParty !== 'before',
    );
    const items = found.flatMap(({ to_Item }) => to_Item);
    expect(found).toHaveLength(50);
    expect(found.every(({ to_Item }) => to_Item.length >= 1 && to_Item.length <= 5)).toBe(true);
    expect(items).toHaveLength(sent.length);
    expect(sum(items)).toBe(sum(sent));
    expect(new Set(items.map(({ SalesOrderItem }) => SalesOrderItem))).toEqual(new Set(['10', '20', '30', '40', '50']));
    expect(run.result).toMatchObject({
      check: { expected: 50, within: [{ path: 'to_Item', expected: sent.length, found: sent.length }] },
      within: [{ path: 'to_Item', table: { name: 'SalesOrderItems' }, written: sent.length }],
      keys: { made_by: version === 'v2' ? 'system' : 'template' },
    });
    const receipt = (await client.get<object>(`/runs/${run.id}/receipt`)).body;
    expect(receipt).toMatchObject({ undoable: null, within: [{ path: 'to_Item', rows: sent.length }] });
    expect(await tryUndo(run.id)).toMatchObject({ reason: 'dry_run', removed: 50 + sent.length, edited: [], uses: [] });
    expect(await undo(run.id)).toMatchObject({ state: 'done', result: { removed: 50 + sent.length } });
    expect([await count('SalesOrders'), await count('SalesOrderItems')]).toEqual([1, 1]);
    expect((await orders())[0]).toMatchObject({ SoldToParty: 'before' });
  });

  it('are not as they were when somebody has removed an item of one', async () => {
    const run = await push(await template(), { count: 12 });
    const [order] = await orders();
    const [item] = order?.to_Item ?? [];
    const key = `SalesOrder='${order?.SalesOrder}',SalesOrderItem='${item?.SalesOrderItem}'`;
    expect(await change('DELETE', `SalesOrderItems(${key})`)).toBe(204);
    const left = await count('SalesOrderItems');
    const { body } = await client.post(`/runs/${run.id}/verify`, {});
    expect(body).toMatchObject({
      ok: false,
      found: 12,
      within: [{ path: 'to_Item', expected: left + 1, found: left }],
    });
  });

  it('stay when somebody has put an item into one of them, or changed one', async () => {
    const run = await push(await template(), { count: 12 });
    const [first, second] = await orders();
    const stray = { SalesOrder: first?.SalesOrder, SalesOrderItem: '999' };
    expect(await change('POST', 'SalesOrderItems', stray)).toBe(201);
    expect(await tryUndo(run.id)).toMatchObject({
      reason: 'rows_in_use',
      uses: [{ table: 'SalesOrderItems', key: 'to_Item', to: 'SalesOrders', rows: 1 }],
    });
    expect(await undo(run.id)).toMatchObject({ state: 'failed', error: { code: 'rows_in_use' } });
    const path = (item: Item) =>
      `SalesOrderItems(SalesOrder='${second?.SalesOrder}',SalesOrderItem='${item.SalesOrderItem}')`;
    expect(await change('DELETE', `SalesOrderItems(SalesOrder='${first?.SalesOrder}',SalesOrderItem='999')`)).toBe(204);
    const [item] = second?.to_Item ?? [];
    const verb = version === 'v2' ? 'MERGE' : 'PATCH';
    expect(await change(verb, path(item as Item), { Quantity: '777.777' })).toBeLessThan(300);
    expect(await tryUndo(run.id)).toMatchObject({ reason: 'rows_edited', edited: [{ table: 'SalesOrderItems' }] });
    expect(await undo(run.id, { edited: 'keep' })).toMatchObject({ state: 'done', error: null });
    // An order goes or stays with all of its items.
    const left = await orders();
    expect(left.map(({ SalesOrder }) => SalesOrder)).toEqual([second?.SalesOrder]);
    expect(left[0]?.to_Item).toHaveLength(second?.to_Item.length ?? 0);
    expect(await count('SalesOrderItems')).toBe(second?.to_Item.length);
    expect(await undo(run.id, { edited: 'remove' })).toMatchObject({ state: 'done', error: null });
    expect([await count('SalesOrders'), await count('SalesOrderItems')]).toEqual([0, 0]);
  });

  it('are refused before anything is sent where names within are not those of the service', async () => {
    const wrong = await client.post(`/connections/${connection}/rows`, {
      table: 'SalesOrders',
      rows: [{ SalesOrder: '1', SoldToParty: 'A', to_Item: [{ SalesOrderItem: '10', Quantty: 1 }] }],
      ...(version === 'v2' ? { mapping: { SalesOrder: null, SoldToParty: 'SoldToParty', to_Item: 'to_Item' } } : {}),
    });
    expect(expectError(wrong, 422, 'validation_error')).toMatchObject([
      { code: 'field_without_column', pointer: '/mapping/to_Item/Quantty' },
    ]);
    const unknown = await client.post(`/connections/${connection}/templates`, {
      tables: ['SalesOrders'],
      expand: ['to_Itm'],
    });
    expect(expectError(unknown, 422, 'validation_error')).toMatchObject([
      { code: 'nested_unknown', pointer: '/expand/0' },
    ]);
    const deeper = `/connections/${connection}/metadata/template?table=SalesOrders&expand=to_Item/to_Nothing`;
    const answer = await client.get(deeper);
    expect(expectError(answer, 422, 'validation_error')).toMatchObject([
      { code: 'nested_unknown', pointer: '/expand/0', hint: 'there are to_SalesOrder' },
    ]);
    expect(await count('SalesOrders')).toBe(0);
  });
});
