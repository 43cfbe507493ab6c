import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFaultProxy } from '../../packages/connectors/src/testing/fault-proxy.ts';
import { type PostgresServer, startPostgres } from '../../packages/connectors/src/testing/start-postgres.ts';
import { DataMaker, DataMakerError } from '../../packages/sdk/src/index.ts';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';

const SDK = new URL('../../packages/sdk/src/', import.meta.url);
const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'email', type: 'email' },
];
const SCRIPT = "print('hello', dm.params.get('who', 'nobody'))\n";

const codeOf = (made: Promise<unknown>): Promise<unknown> =>
  made.then(
    () => expect.unreachable('it was done'),
    (error: unknown) => (error as DataMakerError).code,
  );

describe('the TypeScript package, with a server', () => {
  let server: TestServer;
  let target: PostgresServer;
  let dm: DataMaker;
  beforeAll(async () => {
    [server, target] = await Promise.all([startOn('bundled', { privateTargets: ['127.0.0.1'] }), startPostgres()]);
    dm = new DataMaker({ url: server.client.url, apiKey: server.key });
    await dm.call('createTemplate', { body: { name: 'Customer', fields: FIELDS } });
    const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
    await dm.call('createConnection', { body: { name: 'shop', type: 'postgres', url } });
    await target.query('CREATE TABLE customer (id int PRIMARY KEY, email text)');
  });
  afterAll(() => Promise.all([server?.close(), target?.stop()]));

  it('gives the rows of a seed, as a list and one by one', async () => {
    const rows = await dm.generate('Customer', { count: 5, seed: 'demo' });
    expect(rows).toHaveLength(5);
    expect(rows.seed).toBe('demo');
    const streamed = [];
    for await (const row of dm.stream('Customer', { count: 3, seed: 'demo', from: 2 })) streamed.push(row);
    expect(streamed).toEqual(rows.slice(2));
    const drawn = await dm.generate('Customer', { count: 2 });
    expect(await dm.generate('Customer', { count: 2, seed: drawn.seed })).toEqual(drawn);
    const csv = await dm.template('Customer').export({ count: 1, seed: 'demo', format: 'csv', delimiter: ';' });
    expect(await csv.text()).toMatch(/^id;email\r?\n1;/);
  });

  it('prints what its page says', async () => {
    const page = readFileSync(new URL('../../docs/reference/typescript-sdk.md', import.meta.url), 'utf8');
    const [, code = '', printed = ''] = /```ts\n(.*?)```\n\n```text\n(.*?)```/s.exec(page) ?? [];
    const file = join(mkdtempSync(join(tmpdir(), 'sdk-')), 'page.ts');
    writeFileSync(file, code.replace("'datamaker'", JSON.stringify(new URL('index.ts', SDK).href)));
    const env = { ...process.env, DM_URL: server.client.url, DM_API_KEY: server.key };
    const { stdout } = await promisify(execFile)(process.execPath, [file], { env });
    expect(stdout).toBe(printed);
    await target.query('TRUNCATE customer');
  });

  it('goes on behind the last row when the connection breaks', async () => {
    const { hostname, port } = new URL(server.client.url);
    const proxy = await startFaultProxy({ host: hostname, port: Number(port) });
    const far = new DataMaker({ url: `http://127.0.0.1:${proxy.port}`, apiKey: server.key });
    const numbers: unknown[] = [];
    for await (const { id } of far.stream('Customer', { count: 60_000, seed: 's' })) {
      numbers.push(id);
      if (numbers.length === 1000) proxy.cut();
    }
    expect(numbers).toEqual(Array.from({ length: 60_000 }, (_, i) => i + 1));
    await proxy.stop();
  });

  it('stops when the caller does, with the reason', async () => {
    const stop = new AbortController();
    const rows = dm.stream('Customer', { count: 1_000_000, signal: stop.signal })[Symbol.asyncIterator]();
    await rows.next();
    stop.abort(new Error('enough'));
    const drain = async (): Promise<void> => {
      while ((await rows.next()).done !== true);
    };
    await expect(drain()).rejects.toThrow('enough');
  });

  it('writes rows into a database, some thousand at a time', async () => {
    const shop = dm.connection('shop');
    const report = await shop.insert('customer', dm.stream('Customer', { count: 12_000, seed: 'demo' }));
    expect(report).toEqual({ sent: 12_000, written: 12_000, skipped: 0, failed: 0 });
    expect(await target.query('SELECT count(*)::int AS n, max(id) AS most FROM customer')).toEqual([
      { n: 12_000, most: 12_000 },
    ]);
    const again = shop.insert('customer', dm.stream('Customer', { count: 10, seed: 'demo' }), { onConflict: 'skip' });
    expect(await again).toMatchObject({ written: 0, skipped: 10 });
  });

  it('runs a push to its end', async () => {
    await target.query('TRUNCATE customer');
    const { id } = await dm
      .connection('shop')
      .push({ template_id: await dm.template('Customer').id(), count: 50, table: 'customer' });
    expect(await dm.wait(id)).toMatchObject({ state: 'done' });
    expect(await target.query('SELECT count(*)::int AS n FROM customer')).toEqual([{ n: 50 }]);
  });

  it('runs a scenario, follows its log, and tells how it ended', async () => {
    await dm.call('createScenario', {
      body: { name: 'greet', code: `from datamaker import DataMaker\ndm = DataMaker()\n${SCRIPT}` },
    });
    await dm.call('createScenario', { body: { name: 'fall', code: 'raise SystemExit(3)\n' } });
    const greet = dm.scenario('greet');
    const { run_id: runId } = await greet.start({ params: { who: 'Ann' } });
    const lines = [];
    for await (const line of greet.follow(runId)) lines.push(line);
    expect(lines).toEqual(['hello Ann']);
    expect(await greet.readRun(runId)).toMatchObject({ state: 'done' });
    expect(await greet.log(runId)).toBe('hello Ann\n');
    expect(await codeOf(dm.scenario('fall').run())).toBe('run_failed');
  });

  it('lists all pages', async () => {
    await dm.call('createTemplate', { body: { name: 'Other', fields: FIELDS } });
    const names = [];
    for await (const { name } of dm.list('listTemplates', { limit: '1' })) names.push(name);
    expect(names.toSorted()).toEqual(['Customer', 'Other']);
  });

  it('speaks with DataGen', async () => {
    const answer = await dm.datagen('inferSchema', { body: { field_names: ['email', 'city'] } });
    expect(JSON.stringify(answer)).toContain('city');
  });

  it('tells what is wrong by codes', async () => {
    expect(await codeOf(dm.generate('Nobody', { count: 1 }))).toBe('not_found');
    expect(await codeOf(dm.generate('Customer', { count: -1 }))).toBe('invalid_argument');
    expect(await codeOf(dm.call('readTemplate', { path: { ref: '..' } }))).toBe('invalid_argument');
    const stranger = new DataMaker({ url: server.client.url, apiKey: 'dm_none', retries: 0 });
    expect(await codeOf(stranger.generate('Customer', { count: 1 }))).toBe('unauthorized');
    const refused = dm.call('createTemplate', { body: { name: 'x', fields: [{ name: 'a', type: 'emial' }] } });
    const error = (await refused.catch((reason: unknown) => reason)) as DataMakerError;
    expect(error).toBeInstanceOf(DataMakerError);
    expect(error).toMatchObject({ status: 422, code: 'validation_error', requestId: expect.stringMatching(/^req_/) });
    expect(error.diagnostics[0]).toMatchObject({ pointer: '/fields/0/type', hint: expect.stringContaining('email') });
    const nobody = new DataMaker({ url: 'http://127.0.0.1:1', apiKey: 'dm_none', retries: 0 });
    expect(await codeOf(nobody.call('listTemplates'))).toBe('network_error');
    expect(() => new DataMaker({ url: 'shop', apiKey: 'k' })).toThrow(
      expect.objectContaining({ code: 'not_configured' }),
    );
  });
});
