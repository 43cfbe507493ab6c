import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { type Client, expectError, type ListBody } from '../testing/client.ts';
import { A_STORE, startOn, type TestServer } from '../testing/servers.ts';

interface PushRun {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly progress: { readonly rows: number; readonly total: number };
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly result: {
    readonly written: number;
    readonly skipped: number;
    readonly failed: number;
    readonly unknown: number;
    readonly position: number;
    readonly in_doubt: object | null;
    readonly check: { readonly ok: boolean; readonly found: number } | null;
  };
}

const DDL = `
  CREATE TABLE person (id integer PRIMARY KEY, full_name text NOT NULL, note text);
  CREATE TABLE made (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, full_name text);
  CREATE TABLE loose (full_name text);
  CREATE TABLE picky (id integer PRIMARY KEY CHECK (id < 7000), full_name text)`;
const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'full_name', type: 'full_name' },
];

let target: PostgresServer;
beforeAll(async () => {
  target = await startPostgres();
  await target.query(DDL);
});
afterAll(() => target?.stop());

describe.each(A_STORE)('pushes of templates (%s)', (kind) => {
  let server: TestServer;
  let client: Client;
  let connection: string;
  let template: string;
  beforeAll(async () => {
    server = await startOn(kind, { privateTargets: ['127.0.0.1'] });
    client = server.client;
    const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
    connection = (await client.post<{ id: string }>('/connections', { name: 'target', type: 'postgres', url })).body.id;
    template = await client.create(FIELDS);
    await target.query('TRUNCATE person, made, loose, picky');
  });
  afterAll(() => server?.close());

  const push = (body: object, headers: Readonly<Record<string, string>> = {}) =>
    client.post<{ run_id: string }>(
      `/connections/${connection}/push`,
      { template_id: template, schema: 'public', ...body },
      headers,
    );
  const ended = async (run: string): Promise<PushRun> => (await client.get<PushRun>(`/runs/${run}?wait=true`)).body;
  const pushed = async (body: object): Promise<PushRun> => {
    const answer = await push(body);
    expect(answer.body).toMatchObject({ state: 'queued' });
    expect(answer.status).toBe(202);
    return ended(answer.body.run_id);
  };
  const count = async (table: string): Promise<number> =>
    Number((await target.query(`SELECT count(*) FROM ${table}`))[0]?.['count']);

  it('are runs, whose rows are those of the template and are read back', async () => {
    const run = await pushed({ table: 'person', count: 12_000, seed: 'p' });
    expect(run).toMatchObject({
      kind: 'push',
      state: 'done',
      error: null,
      progress: { rows: 12_000, total: 12_000 },
      params: { template_id: template, connection_id: connection, table: 'person', seed: 'p' },
      result: {
        sent: 12_000,
        written: 12_000,
        skipped: 0,
        failed: 0,
        unknown: 0,
        resent: 0,
        in_doubt: null,
        keys: { columns: ['id'], made_by: 'template' },
        check: { by: 'keys', ok: true, expected: 12_000, found: 12_000, missing: [] },
      },
    });
    expect(await count('person')).toBe(12_000);
    const found = { by: 'keys', ok: true, expected: 12_000, found: 12_000, missing: [] };
    expect(await client.post(`/runs/${run.id}/verify`)).toMatchObject({ status: 200, body: found });
    await target.query('DELETE FROM person WHERE id = 4000');
    expect((await client.post(`/runs/${run.id}/verify`)).body).toMatchObject({
      ok: false,
      found: 11_999,
      missing: [3999],
    });
    await target.query("INSERT INTO person (id, full_name) VALUES (4000, 'again')");
    const rows = await client.post<object[]>(`/templates/${template}/generate`, { count: 1, from: 7123, seed: 'p' });
    expect(await target.query('SELECT id, full_name FROM person ORDER BY id OFFSET 7123 LIMIT 1')).toEqual(rows.body);
  });

  it('say what is wrong before a row is sent', async () => {
    expect(expectError(await push({ table: 'nowhere', count: 1 }), 422, 'validation_error')).toMatchObject([
      { code: 'table_missing', pointer: '/table' },
    ]);
    expect(expectError(await push({ table: 'made', count: 1 }), 422, 'validation_error')).toMatchObject([
      { code: 'field_without_column' },
    ]);
    expect(expectError(await push({ count: 1 }), 422, 'validation_error')).toMatchObject([{ code: 'table_needed' }]);
    expect(expectError(await push({ table: 'person', count: 0 }), 422, 'validation_error')).not.toEqual([]);
    expectError(await push({ table: 'person', count: 1, template_id: 'tmpl_nothing' }), 404, 'not_found');
    const project = await client.post<{ id: string }>('/projects', { name: `other of ${kind}` });
    const headers = { 'x-datamaker-project': project.body.id };
    const foreign = await client.post<{ id: string }>('/templates', { name: 'foreign', fields: FIELDS }, headers);
    expect(foreign.status).toBe(201);
    expectError(await push({ table: 'person', count: 1, template_id: foreign.body.id }), 404, 'not_found');
    expectError(await push({ table: 'person', count: 1 }, headers), 404, 'not_found');
    expect(
      expectError(await push({ table: 'person', count: 1, batch_key: 'x' }), 422, 'validation_error'),
    ).toMatchObject([{ code: 'not_supported', pointer: '/batch_key' }]);
  });

  it('stop at a row that is refused, with what was kept before, and go on when it is mended', async () => {
    const run = await pushed({ table: 'picky', count: 9000, seed: 'p' });
    expect(run).toMatchObject({
      state: 'failed',
      error: { code: 'row_refused' },
      progress: { rows: 5000 },
      result: { written: 5000, position: 5000, in_doubt: null },
    });
    expect(await count('picky')).toBe(5000);
    await target.query('ALTER TABLE picky DROP CONSTRAINT picky_id_check');
    expect((await client.post(`/runs/${run.id}/resume`, {})).status).toBe(202);
    expect(await ended(run.id)).toMatchObject({
      state: 'done',
      error: null,
      result: { written: 9000, check: { ok: true, found: 9000 } },
    });
    expect(await count('picky')).toBe(9000);
    expectError(await client.post(`/runs/${run.id}/resume`, {}), 409, 'conflict');
    await target.query('ALTER TABLE picky ADD CONSTRAINT picky_id_check CHECK (id < 7000) NOT VALID');
  });

  it('leave rows out, or change them, whose keys are there', async () => {
    await target.query('TRUNCATE person');
    await pushed({ table: 'person', count: 100, seed: 'a' });
    expect((await pushed({ table: 'person', count: 150, seed: 'b', on_conflict: 'skip' })).result).toMatchObject({
      written: 50,
      skipped: 100,
      check: { ok: true, found: 150 },
    });
    expect((await pushed({ table: 'person', count: 150, seed: 'c', on_conflict: 'update' })).result).toMatchObject({
      written: 150,
      check: { ok: true, found: 150 },
    });
    expect(await count('person')).toBe(150);
    expect(await pushed({ table: 'person', count: 150, seed: 'c' })).toMatchObject({
      state: 'failed',
      error: { code: 'row_refused' },
      result: { written: 0 },
    });
  });

  it('keep the keys that the system makes, and look for them', async () => {
    const run = await pushed({ table: 'made', count: 6000, mapping: { id: null, full_name: 'full_name' } });
    expect(run).toMatchObject({
      state: 'done',
      result: {
        written: 6000,
        keys: { columns: ['id'], made_by: 'system' },
        check: { by: 'keys', ok: true, found: 6000 },
      },
    });
    const loose = await pushed({ table: 'loose', count: 10, mapping: { id: null, full_name: 'full_name' } });
    expect(loose).toMatchObject({ state: 'done', result: { keys: null, check: { by: 'none', ok: null } } });
  });

  it('are made once under an Idempotency-Key', async () => {
    await target.query('TRUNCATE person');
    const body = { table: 'person', count: 50 };
    const [one, two] = await Promise.all([
      push(body, { 'idempotency-key': 'k1' }),
      push(body, { 'idempotency-key': 'k1' }),
    ]);
    const run = [one, two].find(({ status }) => status === 202)?.body.run_id ?? '';
    await ended(run);
    const again = await push(body, { 'idempotency-key': 'k1' });
    expect(again.body.run_id).toBe(run);
    expect(await count('person')).toBe(50);
  });

  it('are noted in the audit', async () => {
    const { body } = await client.get<ListBody<{ action: string; details: object }>>(`/audit?subject=${template}`);
    expect(body.items.filter(({ action }) => action.startsWith('export.')).slice(0, 2)).toMatchObject([
      { action: 'export.ended', details: { rows: 50, complete: true } },
      { action: 'export.begun', details: { rows: 50, connection, table: 'person' } },
    ]);
  });
});
