import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeedServer, SYSTEMS } from '../../../seeding/src/testing/systems.ts';
import { type Client, expectError, type ListBody } from '../testing/client.ts';
import { A_STORE, startOn, type TestServer } from '../testing/servers.ts';

interface PlanBody {
  readonly seed: string;
  readonly planHash: string;
  readonly mode: string;
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
  readonly leftOut: readonly string[];
  readonly problems: readonly { readonly code: string }[];
  readonly estimate: { readonly rows: number; readonly bytes: number };
}
interface RunBody {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly progress: { readonly rows: number; readonly total: number };
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly result: Readonly<Record<string, unknown>> | null;
}
interface ReceiptBody {
  readonly rows: number;
  readonly target: { readonly url: string };
  readonly undo: { readonly runId: string; readonly undoneAt: string | null } | null;
  readonly receipt: { readonly chunks: readonly object[] };
}
interface UndoBody {
  readonly done: boolean;
  readonly reason: string | null;
  readonly removed: number;
  readonly edited: readonly object[];
}

const targets = new Map<string, SeedServer>();
beforeAll(async () => {
  for (const [name, start] of SYSTEMS) targets.set(name, await start());
}, 120_000);
afterAll(async () => {
  for (const target of targets.values()) await target.stop();
});

const PLACES = A_STORE.flatMap((kind) => SYSTEMS.map(([system]) => [system, kind] as const));

describe.each(PLACES)('a seed of a connection to %s (%s store)', (system, kind) => {
  let target: SeedServer;
  let server: TestServer;
  let client: Client;
  let id: string;
  let before: Record<string, string>;
  /** All that was answered. */
  const answers: string[] = [];
  beforeAll(async () => {
    target = targets.get(system) as SeedServer;
    server = await startOn(kind, { privateTargets: ['127.0.0.1'] });
    client = server.client;
    id = await create('shop');
  });
  afterAll(() => server?.close());
  beforeEach(async () => {
    await target.remake(target.shop);
    await target.query(`
      INSERT INTO customer (email, full_name) VALUES ('a@b.c', 'Ann'), ('b@b.c', 'Bob');
      INSERT INTO category (name) VALUES ('old'); INSERT INTO product (sku, name, category_id, price) VALUES ('PRO-0000', 'Old', 1, 2.5);`);
    before = await target.checksums();
  });

  const create = async (name: string, more: object = {}): Promise<string> => {
    const { body } = await client.post<{ id: string }>('/connections', {
      ...{ name, type: target.type, url: target.url() },
      ...more,
    });
    return body.id;
  };
  const post = async <Body>(path: string, body: object, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await client.post<Body>(path, body, headers);
    answers.push(answer.text);
    return answer;
  };
  const get = async <Body>(path: string): Promise<Body> => {
    const answer = await client.get<Body>(path);
    answers.push(answer.text);
    return answer.body;
  };
  const seed = async (body: object): Promise<RunBody> => {
    const { status, text, body: submitted } = await post<{ run_id: string }>(`/connections/${id}/seed`, body);
    expect(status, text).toBe(202);
    return get<RunBody>(`/runs/${submitted.run_id}?wait=true`);
  };
  const undo = async (run: string, body: object = {}): Promise<RunBody> => {
    const { status, text, body: submitted } = await post<{ run_id: string }>(`/runs/${run}/undo`, body);
    expect(status, text).toBe(202);
    return get<RunBody>(`/runs/${submitted.run_id}?wait=true`);
  };

  it('is planned, written, read back and taken back', async () => {
    const planned = await post<PlanBody>(`/connections/${id}/seed/plan`, { rows: 50, fanOut: { min: 2, max: 4 } });
    expect(planned.status, planned.text).toBe(200);
    const { planHash, seed: drawn, tables, estimate } = planned.body;
    expect(tables.map(({ table, rows }) => [table, rows])).toEqual([
      [`${target.schema}.category`, 50],
      [`${target.schema}.customer`, 50],
      [`${target.schema}.order`, 150],
      [`${target.schema}.product`, 150],
      [`${target.schema}.order_line`, 450],
      [`${target.schema}.wish`, 450],
    ]);
    expect(planned.body).toMatchObject({ mode: 'chunks', leftOut: [], problems: [], estimate: { rows: 1300 } });
    expect(estimate.bytes).toBeGreaterThan(50_000);
    expect(await target.checksums()).toEqual(before);

    const run = await seed({ rows: 50, fanOut: { min: 2, max: 4 }, seed: drawn, planHash });
    expect(run).toMatchObject({
      kind: 'seed',
      state: 'done',
      progress: { rows: 1300, total: 1300 },
      result: { rows: 1300, tables: tables.map(({ table, rows }) => ({ table, rows, of: rows })) },
    });
    const [{ n } = { n: 0 }] = await target.query<{ n: number }>('SELECT count(*) AS n FROM order_line');
    expect(Number(n)).toBe(450);
    expect((await post(`/runs/${run.id}/verify`, {})).body).toMatchObject({ ok: true, unchecked: [] });
    const receipt = await get<ReceiptBody>(`/runs/${run.id}/receipt`);
    expect(receipt).toMatchObject({ rows: 1300, undo: null, target: { type: target.type } });
    expect(receipt.receipt.chunks).toHaveLength(6);

    const dry = await post<UndoBody>(`/runs/${run.id}/undo`, { dryRun: true });
    expect(dry).toMatchObject({ status: 200, body: { done: false, reason: 'dry_run', removed: 1300 } });
    const undone = await undo(run.id);
    expect(undone).toMatchObject({ kind: 'undo', state: 'done', result: { done: true, removed: 1300 } });
    expect(await target.checksums()).toEqual(before);
    expect(await get<ReceiptBody>(`/runs/${run.id}/receipt`)).toMatchObject({ undo: { runId: undone.id } });
    expect((await get<ReceiptBody>(`/runs/${run.id}/receipt`)).undo?.undoneAt).not.toBeNull();
    const { items } = (await client.get<ListBody<{ details: object }>>(`/audit?subject=${run.id}`)).body;
    expect(items).toMatchObject([
      { action: 'run.undone', details: { undo: undone.id, kind: 'seed', connection: id, rows: 1300 } },
      { action: 'run.compared', details: { for: 'undo', kind: 'seed', connection: id } },
      { action: 'run.compared', details: { for: 'verify', kind: 'seed', connection: id } },
      { action: 'run.submitted', details: { kind: 'seed', subject_id: id, rows: 1300 } },
    ]);
  });

  it('is refused when its plan is another one by now', async () => {
    const { planHash } = (await post<PlanBody>(`/connections/${id}/seed/plan`, { seed: 's' })).body;
    await target.query("INSERT INTO category (name) VALUES ('new')");
    const refused = await post(`/connections/${id}/seed`, { seed: 's', planHash });
    expectError(refused, 409, 'conflict');
    expect(refused.text).toContain('plan_changed');
  });

  it('keeps rows that were changed since, unless told otherwise', async () => {
    const run = await seed({ rows: 10 });
    const orders = target.quote('order');
    await target.query(
      `UPDATE ${orders} SET note = 'by hand' WHERE id = (SELECT id FROM ${orders} ORDER BY id LIMIT 1)`,
    );
    const full = await target.checksums();
    const dry = await post<UndoBody>(`/runs/${run.id}/undo`, { dryRun: true });
    expect(dry.body).toMatchObject({
      reason: 'rows_edited',
      edited: [{ table: `${target.schema}.order`, columns: ['note'] }],
    });
    expect(await undo(run.id)).toMatchObject({ state: 'failed', error: { code: 'rows_edited' } });
    expect(await target.checksums()).toEqual(full);
    expect((await post(`/runs/${run.id}/verify`, {})).body).toMatchObject({ ok: false });
    expect(await undo(run.id, { edited: 'remove' })).toMatchObject({ state: 'done' });
    expect(await target.checksums()).toEqual(before);
  });

  it('has one effect under an Idempotency-Key', async () => {
    const headers = { 'idempotency-key': `seed ${system} ${kind}` };
    const first = await post<{ run_id: string }>(`/connections/${id}/seed`, { rows: 5 }, headers);
    await get(`/runs/${first.body.run_id}?wait=true`);
    const again = await post<{ run_id: string }>(`/connections/${id}/seed`, { rows: 5 }, headers);
    expect(again).toMatchObject({ status: 202, body: first.body });
    await undo(first.body.run_id);
    expect(await target.checksums()).toEqual(before);
  });

  it('says how far it came when the system refuses rows, and what came is taken back', async () => {
    await target.query('ALTER TABLE wish ADD CHECK (mod(customer_id, 7) <> 3)');
    before = await target.checksums();
    const run = await seed({ rows: 20 });
    expect(run).toMatchObject({ state: 'failed', error: { code: 'row_refused' } });
    const { rows } = await get<ReceiptBody>(`/runs/${run.id}/receipt`);
    expect(rows).toBeGreaterThan(20);
    expect(run.progress.rows).toBe(rows);
    expect(await undo(run.id)).toMatchObject({ state: 'done' });
    expect(await target.checksums()).toEqual(before);
  });

  it('is all or nothing in one transaction', async () => {
    await target.query('ALTER TABLE wish ADD CHECK (mod(customer_id, 7) <> 3)');
    before = await target.checksums();
    const run = await seed({ rows: 20, mode: 'transaction' });
    expect(run).toMatchObject({ state: 'failed', progress: { rows: 0 }, error: { code: 'row_refused' } });
    expect(await target.checksums()).toEqual(before);
  });

  it('is refused where it must not be', async () => {
    const reader = await create('reader', { readOnly: true });
    expect((await post(`/connections/${reader}/seed`, {})).text).toContain('connection_read_only');
    expect((await post(`/connections/${reader}/seed/plan`, {})).status).toBe(200);
    for (const [body, status] of [
      [{ rows: 0 }, 422],
      [{ rows: 1.5 }, 422],
      [{ fanOut: { min: 3, max: 1 } }, 422],
      [{ tables: { nothing: { rows: 1 } } }, 422],
      [{ tables: { order: { rows: 1, perParent: { min: 1, max: 1 } } } }, 422],
      [{ locale: 'xx_XX' }, 422],
      [{ other: 1 }, 422],
      [{ tables: Object.fromEntries(Object.keys(before).map((name) => [name, { rows: 0 }])) }, 409],
    ] as const) {
      const answer = await post(`/connections/${id}/seed`, body);
      expect([answer.status, JSON.stringify(body)]).toEqual([status, JSON.stringify(body)]);
    }
    const other = await client.post<{ id: string }>('/connections', {
      ...{ name: 'other', type: 'mssql', url: 'mssql://maker:word@127.0.0.1:1/shop' },
    });
    const refused = await post(`/connections/${other.body.id}/seed/plan`, {});
    expectError(refused, 409, 'conflict');
    expect(refused.text).toMatch(/not_seedable.*PostgreSQL, MySQL and MariaDB/);
    const template = await client.create([{ name: 'id', type: 'sequence' }]);
    const { body } = await client.post<{ run_id: string }>(`/templates/${template}/generate`, {
      count: 1,
      async: true,
    });
    expect((await post(`/runs/${body.run_id}/undo`, {})).text).toContain('run_without_receipt');
    expect(await target.checksums()).toEqual(before);
  });

  it('shows its password nowhere', async () => {
    const store = await server.openDatabase();
    const rows = await store.selectFrom('seed_receipt').select(['target', 'chunks']).execute();
    const runs = await store.selectFrom('run').selectAll().execute();
    await store.destroy();
    const said = [...answers, JSON.stringify(rows), JSON.stringify(runs)].join('\n');
    for (const shape of [target.password, encodeURIComponent(target.password)]) expect(said).not.toContain(shape);
  });
});
