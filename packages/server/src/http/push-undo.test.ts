import { setTimeout as pause } from 'node:timers/promises';
import { Dialer, loadConnector, OutboundPolicy } from '@datamaker/connectors';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Deed, type FaultProxy, startFaultProxy } from '../../../connectors/src/testing/fault-proxy.ts';
import { type Client, expectError, type ListBody } from '../testing/client.ts';
import { DATABASES, type Databases, startDatabases } from '../testing/databases.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

interface RunBody {
  readonly id: string;
  readonly state: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly result: Readonly<Record<string, unknown>> | null;
}
interface UndoBody {
  readonly done: boolean;
  readonly reason: string | null;
  readonly removed: number;
  readonly edited: readonly { readonly key: Readonly<Record<string, unknown>>; readonly columns: readonly string[] }[];
  readonly uses: readonly { readonly table: string; readonly rows: number }[];
}

const FIELDS = [
  { name: 'id', type: 'sequence', options: { start: 1000 } },
  { name: 'full_name', type: 'full_name' },
  { name: 'born', type: 'date' },
];
const ROWS = 6000;

let server: TestServer;
let client: Client;
let template: string;
let databases: Databases;
beforeAll(async () => {
  [server, databases] = await Promise.all([startOn('external', { privateTargets: ['127.0.0.1'] }), startDatabases()]);
  client = server.client;
  template = await client.create(FIELDS);
}, 180_000);
afterAll(async () => {
  await Promise.all([server?.close(), databases?.stop()]);
});

const ended = async (run: string): Promise<RunBody> => (await client.get<RunBody>(`/runs/${run}?wait=true`)).body;

describe.each(DATABASES)('a push into %s that is taken back', (type) => {
  let connection: string;
  let proxy: FaultProxy;
  const query = (text: string) => databases[type].query(text);
  const count = async (table: string): Promise<number> => databases[type].number(`count(*) FROM ${table}`);
  beforeAll(async () => {
    proxy = await startFaultProxy({ host: '127.0.0.1', port: databases[type].port });
    const url = databases[type].url(proxy.port);
    const { body } = await client.post<{ id: string }>('/connections', { name: type, type, url });
    connection = body.id;
  });
  afterAll(() => proxy?.stop());
  beforeEach(async () => {
    const made = type === 'postgres' ? 'GENERATED ALWAYS AS IDENTITY' : 'AUTO_INCREMENT';
    const after = type === 'postgres' ? '' : ' ENGINE InnoDB CHARSET utf8mb4';
    for (const text of [
      'DROP TABLE IF EXISTS pet',
      'DROP TABLE IF EXISTS given',
      'DROP TABLE IF EXISTS made',
      'DROP TABLE IF EXISTS loose',
      `CREATE TABLE given (id integer PRIMARY KEY, full_name varchar(200), born date, boss integer REFERENCES given (id))${after}`,
      `CREATE TABLE made (id bigint ${made} PRIMARY KEY, full_name varchar(200), born date)${after}`,
      `CREATE TABLE loose (full_name varchar(200), born date)${after}`,
      `CREATE TABLE pet (name varchar(20), owner integer, FOREIGN KEY (owner) REFERENCES given (id) ON DELETE CASCADE)${after}`,
      "INSERT INTO given (id, full_name) VALUES (1, 'Ann'), (999999, 'Bob')",
      "INSERT INTO made (full_name) VALUES ('Ann'), ('Bob')",
    ]) {
      await query(text);
    }
  });

  const push = async (body: object): Promise<RunBody> => {
    const {
      status,
      text,
      body: submitted,
    } = await client.post<{ run_id: string }>(`/connections/${connection}/push`, {
      template_id: template,
      count: ROWS,
      seed: 's',
      ...databases[type].place,
      ...body,
    });
    expect(status, text).toBe(202);
    return ended(submitted.run_id);
  };
  const WITHOUT_ID = { mapping: { id: null, full_name: 'full_name', born: 'born' } };
  const tryUndo = (run: string, body: object = {}) =>
    client.post<UndoBody>(`/runs/${run}/undo`, { dryRun: true, ...body });
  const undo = async (run: string, body: object = {}): Promise<RunBody> => {
    const { status, text, body: submitted } = await client.post<{ run_id: string }>(`/runs/${run}/undo`, body);
    expect(status, text).toBe(202);
    return ended(submitted.run_id);
  };
  const receipt = async (run: string) => (await client.get<Record<string, unknown>>(`/runs/${run}/receipt`)).body;

  it.each(['given', 'made'] as const)('leaves exactly what was there (table %s)', async (table) => {
    const run = await push({ table, ...(table === 'made' ? WITHOUT_ID : {}) });
    expect(run).toMatchObject({ state: 'done' });
    // After the push, and no row of it.
    await query(
      `INSERT INTO ${table} (${table === 'given' ? 'id, ' : ''}full_name) VALUES (${table === 'given' ? '5, ' : ''}'Eve')`,
    );
    expect(await receipt(run.id)).toMatchObject({
      kind: 'datamaker/push-receipt',
      state: 'done',
      rows: ROWS,
      template: { id: template, version: 1 },
      seed: 's',
      range: { from: 0, to: ROWS, position: ROWS },
      keys: { columns: ['id'], madeBy: table === 'given' ? 'template' : 'system', complete: true },
      undoable: null,
      undo: null,
    });
    const dry = await tryUndo(run.id);
    expect(dry.body, dry.text).toMatchObject({ done: false, reason: 'dry_run', removed: ROWS, edited: [], unknown: 0 });
    expect(await count(table)).toBe(ROWS + 3);
    const undone = await undo(run.id);
    expect(undone).toMatchObject({ kind: 'undo', state: 'done', result: { done: true, removed: ROWS } });
    const left = await query(`SELECT full_name FROM ${table} ORDER BY full_name`);
    expect(left.map((row) => (row as { full_name: string }).full_name)).toEqual(['Ann', 'Bob', 'Eve']);
    expect(await receipt(run.id)).toMatchObject({ undo: { runId: undone.id, undoneAt: expect.any(String) } });
    // Again: nothing is left to be removed, and nobody else's rows are.
    expect(await undo(run.id)).toMatchObject({ state: 'done', result: { removed: 0 } });
    expect(await count(table)).toBe(3);
    expectError(await client.post(`/runs/${run.id}/resume`, {}), 409, 'conflict');
  });

  it.each(['given', 'made'] as const)(
    'keeps rows that were changed since, unless told otherwise (table %s)',
    async (table) => {
      const run = await push({ table, count: 500, ...(table === 'made' ? WITHOUT_ID : {}) });
      const where = table === 'given' ? 'id = 1010' : 'id = (SELECT n FROM (SELECT min(id) + 10 AS n FROM made) q)';
      await query(`UPDATE ${table} SET full_name = 'by hand' WHERE ${where}`);
      await query(
        `DELETE FROM ${table} WHERE ${table === 'given' ? 'id = 1020' : 'id = (SELECT n FROM (SELECT max(id) AS n FROM made) q)'}`,
      );
      const dry = await tryUndo(run.id);
      expect(dry.body).toMatchObject({
        reason: 'rows_edited',
        edited: [{ key: { id: table === 'given' ? 1010 : expect.anything() }, columns: ['full_name'] }],
        tables: [{ written: 500, missing: 1, edited: 1 }],
      });
      expect(await undo(run.id)).toMatchObject({ state: 'failed', error: { code: 'rows_edited' } });
      expect(await count(table)).toBe(501);
      expect(await undo(run.id, { edited: 'keep' })).toMatchObject({ state: 'done', result: { removed: 498 } });
      expect(await count(table)).toBe(3);
      expect(await receipt(run.id)).toMatchObject({ undo: { undoneAt: null } });
      expect(await undo(run.id, { edited: 'remove' })).toMatchObject({ state: 'done', result: { removed: 1 } });
      expect(await count(table)).toBe(2);
    },
  );

  it('removes nothing that rows of others refer to', async () => {
    const run = await push({ table: 'given', count: 50 });
    await query("INSERT INTO pet VALUES ('Rex', 1007), ('Tom', 1)");
    expect((await tryUndo(run.id)).body).toMatchObject({
      reason: 'rows_in_use',
      uses: [{ table: expect.stringContaining('pet'), rows: 1 }],
    });
    expect(await undo(run.id)).toMatchObject({ state: 'failed', error: { code: 'rows_in_use' } });
    expect([await count('given'), await count('pet')]).toEqual([52, 2]);
    await query("DELETE FROM pet WHERE name = 'Rex'");
    await query('UPDATE given SET boss = 1003 WHERE id = 1');
    expect(await undo(run.id)).toMatchObject({ state: 'failed', error: { code: 'rows_in_use' } });
    await query('UPDATE given SET boss = NULL WHERE id = 1');
    expect(await undo(run.id)).toMatchObject({ state: 'done', result: { removed: 50 } });
    expect([await count('given'), await count('pet')]).toEqual([2, 1]);
  });

  it('removes nothing of what others change and refer to while it is under way', async () => {
    const run = await push({ table: 'given', count: 2000 });
    const connector = await loadConnector(type);
    const { config, secrets } = connector.parse({ url: databases[type].url() });
    const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
    const other = await connector.open(config, { dialer, secrets, readOnly: false });
    const waits = (): Promise<number> =>
      databases[type].number(
        type === 'postgres'
          ? `count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'`
          : `count(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'`,
      );
    let undoing = '';
    await other.transaction(async () => {
      await other.execute?.("UPDATE given SET full_name = 'by hand' WHERE id = 1010");
      await other.execute?.("INSERT INTO pet VALUES ('Rex', 1020)");
      undoing = (await client.post<{ run_id: string }>(`/runs/${run.id}/undo`, { edited: 'remove' })).body.run_id;
      // MariaDB looks anew only when nobody has asked for a tenth of a second.
      while ((await waits()) === 0) await pause(120);
    });
    await other.close();
    expect(await ended(undoing)).toMatchObject({ state: 'failed', error: { code: 'rows_in_use' } });
    expect([await count('given'), await count('pet')]).toEqual([2002, 1]);
    await query('DELETE FROM pet');
    expect(await undo(run.id)).toMatchObject({ state: 'failed', error: { code: 'rows_edited' } });
    expect(await undo(run.id, { edited: 'keep' })).toMatchObject({ state: 'done', result: { removed: 1999 } });
    expect(await count("given WHERE full_name = 'by hand'")).toBe(1);
  });

  it('is refused where nobody can tell which rows are its own', async () => {
    await push({ table: 'given', count: 10 });
    for (const [body, code] of [
      [{ table: 'loose', count: 10, ...WITHOUT_ID }, 'rows_not_told_apart'],
      [{ table: 'given', count: 20, on_conflict: 'update' }, 'rows_were_changed'],
      [{ table: 'given', count: 30, on_conflict: 'skip' }, 'rows_were_skipped'],
    ] as const) {
      const run = await push(body);
      expect(run).toMatchObject({ state: 'done' });
      expect(await receipt(run.id)).toMatchObject({ undoable: { code } });
      for (const dryRun of [true, false]) {
        const refused = await client.post(`/runs/${run.id}/undo`, { dryRun });
        expect(expectError(refused, 409, 'conflict')).toMatchObject([{ code: 'run_not_undoable' }]);
      }
    }
    const fresh = await push({ table: 'given', count: 10, from: 100, on_conflict: 'skip' });
    expect(await undo(fresh.id)).toMatchObject({ state: 'done', result: { removed: 10 } });
  });

  /** Does something to the n-th COMMIT. */
  const atCommit = (n: number, deed: Deed): void => {
    let seen = 0;
    proxy.onClient = (chunk) => (chunk.includes('COMMIT') && ++seen === n ? deed : 'pass');
  };

  it.each(['given', 'made'] as const)('is all that arrived, also where nobody could tell (table %s)', async (table) => {
    for (const deed of ['cut', 'pass_then_cut', 'late'] as const) {
      atCommit(2, deed);
      const run = await push({ table, retries: 0, ...(table === 'made' ? WITHOUT_ID : {}) });
      expect(run).toMatchObject({ state: 'failed', result: { in_doubt: { rows: 1000 }, written: 5000 } });
      proxy.onClient = () => 'pass';
      if (deed === 'late') proxy.release();
      // Of somebody else, with a key that the run may have used.
      if (table === 'given' && deed === 'cut') await query("INSERT INTO given (id, full_name) VALUES (6500, 'Eve')");
      expect(await receipt(run.id)).toMatchObject({ state: 'failed', rows: 5000, inDoubt: 1000, undoable: null });
      const { state, error, result } = await undo(run.id, { edited: 'remove' });
      expect({ state, error }).toEqual({ state: 'done', error: null });
      if (deed !== 'late') expect(result).toMatchObject({ removed: deed === 'cut' ? 5000 : 6000, unknown: 0 });
      if (table === 'given' && deed === 'cut') await query('DELETE FROM given WHERE id = 6500 AND born IS NULL');
      expect(await count(table)).toBe(2);
    }
  });

  it('is one transaction, which is kept or not wherever the connection breaks', async () => {
    for (const deed of ['cut', 'pass_then_cut'] as const) {
      const run = await push({ table: 'given', count: 3000 });
      atCommit(1, deed);
      expect(await undo(run.id)).toMatchObject({ state: 'failed', error: { code: 'unknown_outcome' } });
      proxy.onClient = () => 'pass';
      expect([2, 3002]).toContain(await count('given'));
      expect(await undo(run.id)).toMatchObject({ state: 'done', result: { done: true } });
      expect(await count('given')).toBe(2);
    }
  });

  it('is noted in the audit: who had what read and removed, and where', async () => {
    const run = await push({ table: 'given', count: 10 });
    await tryUndo(run.id);
    expect((await client.post(`/runs/${run.id}/verify`, {})).status).toBe(200);
    const undone = await undo(run.id);
    const { items } = (
      await client.get<ListBody<{ action: string; details: object; personId: string | null }>>(
        `/audit?subject=${run.id}`,
      )
    ).body;
    expect(items).toMatchObject([
      { action: 'run.undone', details: { undo: undone.id, kind: 'push', connection, edited: 'refuse', rows: 10 } },
      { action: 'run.compared', details: { for: 'verify', kind: 'push', connection } },
      { action: 'run.compared', details: { for: 'undo', kind: 'push', connection } },
      { action: 'run.submitted', details: { kind: 'push' } },
    ]);
    const [last] = (await client.get<ListBody<{ details: object }>>(`/audit?subject=${undone.id}`)).body.items;
    expect(last).toMatchObject({ action: 'run.submitted', details: { kind: 'undo', connection, undo_of: run.id } });
  });
});
