import { globSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import type { Client } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

interface RunBody {
  readonly id: string;
  readonly state: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly result: Readonly<Record<string, unknown>> | null;
}

const python = (name: string, code: string) => ({ name, type: 'python', options: { code } });
/** Other values each time: a counter for the key, the clock, and what was drawn. */
const FIELDS = [
  { name: 'country', type: 'enum', options: { values: ['DE', 'NL'] } },
  python('id', 'def value(dm):\n    return dm.counter("order").next()'),
  python('at', 'import time\ndef value():\n    return time.time_ns() % 10**15'),
  python('number', "def value(rng, row):\n    return f\"{row['country']}-{row['id']}-{rng.randint(1, 9)}\""),
  { name: 'label', type: 'derived', options: { expression: 'upper(number)' } },
];
const ROWS = 6500;
const STORAGE = 1_000_000;

describe('a push whose rows programs make', () => {
  let server: TestServer;
  let client: Client;
  let target: PostgresServer;
  let connection: string;
  beforeAll(async () => {
    const runs = { maxBytes: 4_000_000 };
    const none = { requestsPerMinute: null, rowsPerHour: null, previewsPerMinute: null, fileBytes: 1e9, files: null };
    const plans = { 'self-hosted': { ...none, storageBytes: STORAGE } };
    [server, target] = await Promise.all([
      startOn('external', { privateTargets: ['127.0.0.1'], runs, plans }),
      startPostgres(),
    ]);
    client = server.client;
    await target.query(
      'CREATE TABLE few (v text PRIMARY KEY); CREATE TABLE made (id bigint PRIMARY KEY, country text, at bigint, number text, label text); CREATE TABLE big (v text)',
    );
    const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
    const body = { name: 'target', type: 'postgres', url };
    connection = (await client.post<{ id: string }>('/connections', body)).body.id;
  }, 120_000);
  afterAll(async () => {
    await server?.close();
    await target?.stop();
  });

  const push = async (fields: readonly object[], body: object): Promise<RunBody> => {
    const template_id = await client.create(fields);
    const submitted = await client.post<{ run_id: string }>(`/connections/${connection}/push`, {
      template_id,
      schema: 'public',
      ...body,
    });
    expect(submitted.status, submitted.text).toBe(202);
    return (await client.get<RunBody>(`/runs/${submitted.body.run_id}?wait=true`)).body;
  };
  const blobs = (): number => globSync('files/ws_*/blob_*', { cwd: server.dataDirectory }).length;
  const count = async (): Promise<number> => Number((await target.query('SELECT count(*) FROM made'))[0]?.['count']);

  it('is checked, read back and taken back by the values that were sent', async () => {
    await target.query("INSERT INTO made VALUES (999999, 'by hand')");
    const before = blobs();
    const run = await push(FIELDS, { table: 'made', from: 500, to: 500 + ROWS });
    expect(run).toMatchObject({ state: 'done', result: { written: ROWS, check: { ok: true } } });
    const odd = await target.query(
      "SELECT count(*) FROM made WHERE label IS DISTINCT FROM number OR number NOT LIKE country || '-' || id || '-%'",
    );
    expect(Number(odd[0]?.['count'])).toBe(0);
    const [ids] = await target.query('SELECT min(id) AS first, max(id) AS last FROM made WHERE at IS NOT NULL');
    expect([Number(ids?.['first']), Number(ids?.['last'])]).toEqual([1, ROWS]);
    const verified = await client.post<{ ok: boolean; found: number }>(`/runs/${run.id}/verify`, {});
    expect(verified.body).toMatchObject({ ok: true, found: ROWS, missing: [] });
    await target.query("UPDATE made SET number = 'changed' WHERE id = 4711");
    const dry = await client.post(`/runs/${run.id}/undo`, { dryRun: true });
    expect(dry.body).toMatchObject({ reason: 'rows_edited', edited: [{ columns: ['number'] }] });
    const undone = await client.post<{ run_id: string }>(`/runs/${run.id}/undo`, { edited: 'keep' });
    const { body: end } = await client.get<RunBody>(`/runs/${undone.body.run_id}?wait=true`);
    expect(end).toMatchObject({ state: 'done', result: { removed: ROWS - 1 } });
    expect(await count()).toBe(2);
    expect(blobs()).toBe(before + 1);
    expect((await client.delete(`/runs/${run.id}`)).status).toBe(204);
    const store = await server.openDatabase();
    try {
      const kept = await store.selectFrom('file_blob').where('state', '=', 'kept').select('id').execute();
      expect(kept).toEqual([]);
    } finally {
      await store.destroy();
    }
  });

  /** What the workspace has of what it may keep. */
  const used = async (): Promise<number> => {
    const { body } = await client.get<{ meters: readonly { name: string; used: number }[] }>('/workspace/usage');
    return body.meters.find(({ name }) => name === 'storage_bytes')?.used ?? -1;
  };
  const drawn = python('v', 'def value(rng):\n    return rng.randbytes(20).hex()');

  it('takes room in the workspace until its rows are taken back', async () => {
    const before = await used();
    const run = await push([drawn], { table: 'few', count: 30 });
    expect(run).toMatchObject({ state: 'done', result: { written: 30 } });
    expect(await used()).toBeGreaterThan(before + 30 * 20);
    const undone = await client.post<{ run_id: string }>(`/runs/${run.id}/undo`, {});
    const { body: end } = await client.get<RunBody>(`/runs/${undone.body.run_id}?wait=true`);
    expect(end).toMatchObject({ state: 'done', result: { removed: 30 } });
    expect(await used()).toBe(before);
    for (const [path, body] of [
      ['verify', {}],
      ['undo', { dryRun: true }],
    ] as const) {
      const again = await client.post<{ error: object }>(`/runs/${run.id}/${path}`, body);
      expect({ status: again.status, text: again.text }).toMatchObject({
        status: 409,
        text: expect.stringContaining('what programs made for them is kept no more'),
      });
    }
  });

  it('keeps nothing where it fails before a row is sent, and makes values again when it goes on', async () => {
    const before = await used();
    await target.query("CREATE ROLE passing LOGIN PASSWORD 'secret'; GRANT ALL ON TABLE few TO passing");
    const url = `postgres://passing:secret@127.0.0.1:${target.port}/postgres`;
    const other = (await client.post<{ id: string }>('/connections', { name: 'passing', type: 'postgres', url })).body
      .id;
    const waiting =
      'import time\ndef value(rng, dm):\n    while dm.counter("go").peek() == 0:\n        time.sleep(0.01)\n    return rng.randbytes(20).hex()';
    const template_id = await client.create([python('v', waiting)]);
    const body = { template_id, schema: 'public', table: 'few', count: 5 };
    const submitted = await client.post<{ run_id: string }>(`/connections/${other}/push`, body);
    expect(submitted.status, submitted.text).toBe(202);
    const path = `/runs/${submitted.body.run_id}`;
    await target.query('ALTER ROLE passing NOLOGIN');
    await client.post('/counters/go/next', {});
    const { body: failed } = await client.get<RunBody>(`${path}?wait=true`);
    expect(failed).toMatchObject({ state: 'failed', result: { written: 0 } });
    expect(await used()).toBe(before);
    await target.query('ALTER ROLE passing LOGIN');
    expect((await client.post(`${path}/resume`, {})).status).toBe(202);
    expect((await client.get<RunBody>(`${path}?wait=true`)).body).toMatchObject({
      state: 'done',
      result: { written: 5 },
    });
    expect((await client.post(`${path}/verify`, {})).body).toMatchObject({ ok: true, found: 5 });
  });

  it('fails where the workspace has no room for what programs made', async () => {
    const wide = python('v', 'def value(rng):\n    return rng.randbytes(500).hex()');
    expect(await push([wide], { table: 'big', count: 3000 })).toMatchObject({
      state: 'failed',
      error: {
        code: 'storage_quota_exceeded',
        message: expect.stringContaining('what programs made for the push takes'),
      },
      result: { written: 0 },
    });
    expect(await used()).toBeLessThan(STORAGE);
  });

  it('fails before the first row where a program does, or makes too much', async () => {
    const failing = 'def value(rng, row, dm):\n    return 1 // (row["id"] - 3000)';
    const fields = [{ name: 'id', type: 'sequence' }, python('at', failing)];
    const rows = await count();
    expect(await push(fields, { table: 'made', count: 5000 })).toMatchObject({
      state: 'failed',
      error: { code: 'python_failed', message: expect.stringContaining('row 2999: field "at": ZeroDivisionError') },
      result: { written: 0 },
    });
    expect(await count()).toBe(rows);
    // It packs well, and is large all the same.
    const large = 'def value():\n    return "x" * 2000';
    expect(await push([python('v', large)], { table: 'big', count: 9000 })).toMatchObject({
      state: 'failed',
      error: { code: 'output_too_large', message: expect.stringContaining('push fewer rows') },
      result: { written: 0 },
    });
  });
});
