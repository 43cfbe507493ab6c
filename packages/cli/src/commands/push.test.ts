import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { startOn, type TestServer } from '../../../server/src/testing/servers.ts';
import { until } from '../../../server/src/testing/until.ts';
import { DATAMAKER, type Ended, execute, temporaryFolder } from '../testing/run-datamaker.ts';

let server: TestServer;
let target: PostgresServer;
beforeAll(async () => {
  [server, target] = await Promise.all([startOn('bundled', { privateTargets: ['127.0.0.1'] }), startPostgres()]);
  await target.query('CREATE TABLE caller (id int PRIMARY KEY, phone text NOT NULL)');
  const fields = [
    { name: 'id', type: 'sequence' },
    { name: 'email', type: 'email' },
  ];
  await server.client.post('/templates', { name: 'Customer', fields });
  await server.client.post('/templates', { name: 'Twin', fields });
  await server.client.post('/templates', { name: 'Twin', fields });
  const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
  await server.client.post('/connections', { name: 'shop', type: 'postgres', url });
});
afterAll(() => Promise.all([server?.close(), target?.stop()]));
beforeEach(async () => {
  await target.query('DROP TABLE IF EXISTS customer');
  await target.query("CREATE TABLE customer (id int PRIMARY KEY, email text, note text DEFAULT 'new')");
});

const run = (words: readonly string[], options: { cwd?: string; input?: string } = {}): Promise<Ended> =>
  execute(['env', `DM_URL=${server.client.url}`, `DM_API_KEY=${server.key}`, ...DATAMAKER, ...words], options);
const rows = (): Promise<unknown[]> => target.query('SELECT id, email, note FROM customer ORDER BY id');

describe('datamaker push', () => {
  it('shows what would go where, and writes nothing', async () => {
    const { code, stdout } = await run([
      'push',
      'Customer',
      'shop',
      'customer',
      '--dry-run',
      '-n',
      '1e3',
      '-s',
      'demo',
    ]);
    expect(code).toBe(0);
    const text = stdout.toString();
    for (const part of [
      /^template +Customer \(tmpl_/m,
      /^into +public\.customer of shop \(postgres\)$/m,
      /1,000, seed demo/,
      /id -> id/,
      /note: its default/,
    ])
      expect(text).toMatch(part);
    expect(await rows()).toEqual([]);
    const json = await run(['push', 'Customer', 'shop', 'customer', '--dry-run', '--json']);
    expect(JSON.parse(json.stdout.toString())).toMatchObject({ columns: { id: 'id', email: 'email' } });
  });

  it('writes the rows, tells how it went, and keeps a receipt for its owner', async () => {
    const folder = temporaryFolder();
    const words = ['push', 'Customer', 'shop', 'customer', '-n', '500', '-s', 'demo', '--yes', '--receipt', 'r.json'];
    const { code, stdout, stderr } = await run(words, { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.toString()).toMatch(/written +500\n.*skipped +0\n.*refused +0\nread back +all there\n/s);
    expect(await rows()).toHaveLength(500);
    expect(statSync(join(folder, 'r.json')).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'))).toMatchObject({ kind: 'datamaker/push-receipt' });
    const [id = ''] = /run_\w+/.exec(stdout.toString()) ?? [];
    const looked = await run(['runs', 'undo', id, '--dry-run', '--json']);
    expect(JSON.parse(looked.stdout.toString())).toMatchObject({ done: false, removed: 500 });
    expect(await run(['runs', 'undo', id])).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    await target.query("UPDATE customer SET email = 'x' WHERE id = 7");
    expect(await run(['runs', 'undo', id, '--yes'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('rows_edited'),
    });
    expect(await rows()).toHaveLength(500);
    expect(await run(['runs', 'undo', id, '--edited', 'keep', '--yes'])).toMatchObject({ code: 0 });
    expect(await rows()).toHaveLength(1);
    await run(words.slice(0, -2).concat('--on-conflict', 'skip'));
    // Again they are there already.
    const again = await run(['push', 'Customer', 'shop', 'customer', '-n', '500', '-s', 'demo', '--yes']);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('failed') });
    const skipped = await run([...words.slice(0, -2), '--on-conflict', 'skip', '--json']);
    expect(JSON.parse(skipped.stdout.toString())).toMatchObject({
      state: 'done',
      result: { written: 0, skipped: 500 },
    });
  });

  it('goes on when what it failed of is mended', async () => {
    const words = ['push', 'Customer', 'shop', 'customer', '-n', '20', '-s', 'demo', '--yes', '--json'];
    await target.query('INSERT INTO customer (id) VALUES (7)');
    const failed = await run(words);
    expect(failed).toMatchObject({ code: 1 });
    const { id } = JSON.parse(failed.stdout.toString()) as { id: string };
    expect(await run(['runs', 'resume', id, '--unknown', 'x'])).toMatchObject({ code: 2 });
    await target.query('DELETE FROM customer WHERE id = 7');
    const resumed = await run(['runs', 'resume', id, '--wait', '--json']);
    expect(resumed).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(resumed.stdout.toString())).toMatchObject({ id, state: 'done' });
    expect(await rows()).toHaveLength(20);
    expect(await run(['runs', 'resume', id])).toMatchObject({ code: 2, stderr: expect.stringContaining('conflict') });
  });

  it('takes a version of a template, and tells before a row is sent what receipt cannot be kept', async () => {
    const words = ['push', 'Customer@v1', 'shop', 'customer', '--yes', '-n', '2'];
    const there = join(temporaryFolder(), 'there.json');
    writeFileSync(there, '{}');
    for (const [receipt, told] of [
      [there, 'receipt_exists'],
      [join(there, '..', 'nowhere', 'r.json'), 'folder_not_found'],
    ] as const) {
      const refused = await run([...words, '--receipt', receipt]);
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(told) });
    }
    expect(await rows()).toEqual([]);
    expect(await run(words)).toMatchObject({ code: 0 });
    expect(await rows()).toHaveLength(2);
  });

  it('puts fields where it is told to, and refuses what does not fit before it asks', async () => {
    const words = ['push', 'Customer', 'shop', 'customer', '-n', '1', '--yes'];
    expect(await run([...words, '--map', 'email=note'])).toMatchObject({ code: 0 });
    expect(await rows()).toEqual([{ id: 1, email: null, note: expect.stringContaining('@') }]);
    const callers = ['push', 'Customer', 'shop', 'caller', '--dry-run'];
    const refused = await run(callers);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/nothing goes into phone[\s\S]*--map/) });
    expect(await run([...callers, '--map', 'email=phone'])).toMatchObject({ code: 0 });
  });

  it('names what is not there, and who is meant', async () => {
    const dry = ['shop', 'customer', '--dry-run'];
    expect(await run(['push', 'Custmer', ...dry])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean "Customer"?'),
    });
    expect(await run(['push', 'Twin', ...dry])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/ambiguous_name[\s\S]*tmpl_/),
    });
    expect(await run(['push', 'Customer', 'shop', 'nowhere', '--dry-run'])).toMatchObject({ code: 2 });
    expect(await run(['push', 'Customer', 'shop', 'customer'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes'),
    });
    expect(await run(['push', 'Customer', 'shop', 'customer', '--yes', '-n', 'x'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('/count'),
    });
    expect(
      await run(['push', 'Customer', 'shop', 'customer', '--yes', '--on-conflict', 'x', '--retries', 'y']),
    ).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('2 problems'),
    });
  });
});

describe('datamaker fetch', () => {
  beforeEach(() =>
    target.query("INSERT INTO customer SELECT n, 'c' || n || '@example.com', NULL FROM generate_series(1, 1500) n"),
  );

  it('writes rows as json, ndjson and csv', async () => {
    const words = ['fetch', 'shop', 'customer', '--columns', 'id,email', '--order-by', 'id', '-n', '2'];
    const [json, lines, csv] = await Promise.all(
      ['json', 'ndjson', 'csv'].map((format) => run([...words, '-f', format])),
    );
    const expected = [
      { id: 1, email: 'c1@example.com' },
      { id: 2, email: 'c2@example.com' },
    ];
    expect(JSON.parse(String(json?.stdout))).toEqual(expected);
    expect(
      String(lines?.stdout)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(expected);
    expect(String(csv?.stdout)).toBe('id,email\n1,c1@example.com\n2,c2@example.com\n');
    expect(csv?.stderr).toContain('there are more rows');
  });

  it('takes conditions, and keeps what is more as a set', async () => {
    const where = '[{"column":"id","is":">","value":1499}]';
    const one = await run(['fetch', 'shop', 'customer', '--where', where, '-f', 'ndjson']);
    expect(JSON.parse(String(one.stdout))).toEqual({ id: 1500, email: 'c1500@example.com', note: null });
    expect(one.stderr).toBe('');
    const kept = await run(['fetch', 'shop', 'customer', '--set', 'all', '-n', '5000']);
    expect(kept).toMatchObject({ code: 0, stderr: '1,500 rows are kept as all, version 1\n' });
    const loaded = await run(['sets', 'load', 'all', '--limit', '1', '--offset', '1499']);
    expect(JSON.parse(String(loaded.stdout))).toHaveLength(1);
    expect(await run(['fetch', 'shop', 'customer', '--where', '{'])).toMatchObject({ code: 2 });
  });
});

/** Rows that the server reads at the moment. */
const UNDER_WAY = "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%customer%' AND pid <> pg_backend_pid()";

describe('datamaker fetch of many rows', () => {
  it('writes all that are asked for, and leaves no set behind', async () => {
    await target.query(
      "INSERT INTO customer SELECT n, 'c' || n || '@example.com', NULL FROM generate_series(1, 2500) n",
    );
    const before = await run(['sets', 'list', '--json']);
    const words = ['fetch', 'shop', 'customer', '--columns', 'id,email', '--order-by', 'id'];
    const lines = await run([...words, '-n', '5000', '-f', 'ndjson']);
    expect(lines).toMatchObject({ code: 0, stderr: '' });
    const rows = String(lines.stdout).trimEnd().split('\n');
    expect(rows.map((line) => (JSON.parse(line) as { id: number }).id)).toEqual(
      Array.from({ length: 2500 }, (_, index) => index + 1),
    );
    const some = await run([...words, '-n', '1200', '-f', 'csv']);
    expect(String(some.stdout)).toMatch(/^id,email\r?\n1,c1@example\.com\r?\n/);
    expect(String(some.stdout).trimEnd().split('\n')).toHaveLength(1201);
    expect(String((await run(['sets', 'list', '--json'])).stdout)).toBe(String(before.stdout));
    expect(await run([...words, '-n', '1000001'])).toMatchObject({ code: 2 });
  });

  it('leaves no set behind when it is broken off, or rows cannot be saved', async () => {
    await target.query('INSERT INTO customer SELECT n, NULL, NULL FROM generate_series(1, 200000) n');
    const before = await run(['sets', 'list', '--json']);
    for (const untilThen of [
      async () => until(async () => (await target.query(UNDER_WAY)).length > 0),
      async (child: ChildProcess) => once(child.stdout as Readable, 'readable'),
    ]) {
      const [program, ...words] = DATAMAKER;
      const env = { ...process.env, DM_URL: server.client.url, DM_API_KEY: server.key };
      const child = spawn(program, [...words, 'fetch', 'shop', 'customer', '-n', '200000', '-f', 'ndjson'], { env });
      const ended = once(child, 'close');
      await untilThen(child);
      child.kill('SIGINT');
      child.stdout.resume();
      expect(await ended).toEqual([130, null]);
      await until(async () => String((await run(['sets', 'list', '--json'])).stdout) === String(before.stdout));
    }
    expect(await run(['fetch', 'shop', 'customers', '-n', '200000'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('customers'),
    });
  });
});

describe('datamaker sets', () => {
  it('saves, lists, loads, compares and verifies', async () => {
    const folder = temporaryFolder();
    const saved = await run(['sets', 'save', 'q2', '--rows', '-', '--format', 'ndjson'], {
      input: '{"id":1,"n":12345678901234567890}\n{"id":2,"n":2}\n',
    });
    expect(saved).toMatchObject({ code: 0, stderr: '2 rows are kept as q2, version 1\n' });
    const loaded = await run(['sets', 'load', 'q2', '--format', 'csv', '--out', 'q2.csv'], { cwd: folder });
    expect(loaded).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(join(folder, 'q2.csv'), 'utf8')).toMatch(/^id,n\r?\n1,12345678901234567890\r?\n2,2\r?\n$/);
    await run(['sets', 'save', 'q2', '--rows', '-', '--format', 'json'], {
      input: '[{"id":1,"n":12345678901234567891},{"id":3,"n":3}]',
    });
    expect(String((await run(['sets', 'diff', 'q2', '--key', 'id'])).stdout)).toBe(
      `version 1 to 2: 1 added, 1 removed, 1 changed, 0 as they were
+ {"id":3,"n":3}
- {"id":2,"n":2}
~ 1: n 12345678901234567890 -> 12345678901234567891
`,
    );
    expect(await run(['sets', 'verify', 'q2'])).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('all 2 rows'),
    });
    expect(await run(['sets', 'save', 'made', '--template', 'Customer', '-n', '3', '-s', 'demo'])).toMatchObject({
      code: 0,
    });
    const list = String((await run(['sets', 'list'])).stdout);
    expect(list).toMatch(/^made +v1 +3 +template and seed/m);
    expect(list).toMatch(/^q2 +v2 +2 +rows/m);
    expect(JSON.parse(String((await run(['sets', 'load', 'made', '--json'])).stdout))).toMatchObject({
      seed: 'demo',
      row_count: 3,
    });
  });

  it('says what is wrong', async () => {
    expect(await run(['sets', 'load', 'nothing'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not_found'),
    });
    expect(await run(['sets', 'save', 'x'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--template') });
    expect(await run(['sets', 'laod', 'x'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean load?'),
    });
    await run(['sets', 'save', 'once', '--rows', '-', '-f', 'ndjson'], { input: '{"a":1}\n' });
    expect(await run(['sets', 'diff', 'once'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is the first'),
    });
  });
});
