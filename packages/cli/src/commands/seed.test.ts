import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReceiptDocument } from '@datamaker/seeding';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { checksums, remake } from '../../../seeding/src/testing/open-postgres.ts';
import { SHOP } from '../../../seeding/src/testing/shop.ts';
import { DATAMAKER, type Ended, execute, temporaryFolder } from '../testing/run-datamaker.ts';

/** Fifty tables: trees, pairs, keys that are unique besides, rules of their own. */
const FIFTY = Array.from({ length: 50 }, (_, i) => {
  const parents = [i >> 1, i - 3, i - 7].filter((p, at, all) => i > 4 && p >= 0 && p < i && all.indexOf(p) === at);
  return `CREATE TABLE t${i} (id ${i % 3 === 0 ? 'bigserial' : 'int'} PRIMARY KEY, name varchar(40) NOT NULL,
    code char(6) UNIQUE, amount numeric(9, 2) CHECK (amount >= 0), started date, ended date, CHECK (started <= ended)
    ${parents.map((p, at) => `, p${at} ${p % 3 === 0 ? 'bigint' : 'int'} ${at === 0 ? 'NOT NULL ' : ''}REFERENCES t${p}`).join('')});`;
}).join('\n');

/** Makes each chunk of lines take its time, so that a run can be broken off in the middle of it. */
const SLOW = `
  CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.4); RETURN NULL; END';
  CREATE TRIGGER slow AFTER INSERT ON wish FOR EACH STATEMENT EXECUTE FUNCTION slow()`;
const MANY = ['customer=300', 'product=500', 'order=10', 'order_line=10', 'wish=45000'];

describe('seeding a database', () => {
  let server: PostgresServer;
  let folder: string;
  let url: string;
  beforeAll(async () => {
    server = await startPostgres();
    url = `postgres://test@127.0.0.1:${server.port}/postgres`;
  });
  afterAll(() => server?.stop());
  beforeEach(() => {
    folder = temporaryFolder();
  });

  const withPassword = (): string => url.replace('@', `:${encodeURIComponent(server.password)}@`);
  /** Whatever was printed, and whatever is in files: there is no password in any of it. */
  const hidden = (ended: Ended): Ended => {
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    for (const text of [ended.stdout.toString(), ended.stderr, ...files]) {
      for (const secret of [server.password, encodeURIComponent(server.password), 'wrong-secret']) {
        expect(text).not.toContain(secret);
      }
    }
    return ended;
  };
  const run = async (...words: readonly string[]): Promise<Ended> => {
    const variables = [`PGPASSWORD=${server.password}`, 'DATAMAKER_TARGET_URL='];
    return hidden(await execute(['env', ...variables, ...DATAMAKER, ...words], { cwd: folder }));
  };
  const json = async (...words: readonly string[]): Promise<{ readonly tables: readonly object[] }> =>
    JSON.parse((await run(...words)).stdout.toString()) as { tables: object[] };
  const receipt = (name = 'r.json'): ReceiptDocument => JSON.parse(readFileSync(join(folder, name), 'utf8'));

  it('fills fifty tables with one command, reads them back and takes them back', async () => {
    await remake(server, FIFTY);
    await server.query(`INSERT INTO t0 (name) VALUES ('mine')`);
    const before = await checksums(server);
    const planned = await run('seed', url, '--plan', '-n', '20');
    expect(planned).toMatchObject({ code: 0, stderr: '' });
    expect(planned.stdout.toString()).toMatch(/^50 tables, [\d,]+ rows, about .*; seed: /m);
    const asJson = await json('seed', url, '--plan', '-n', '20', '--json');
    expect(asJson).toMatchObject({ left_out: [], seed: expect.any(String), rows: expect.any(Number) });
    expect(asJson.tables).toHaveLength(50);
    expect(await checksums(server)).toEqual(before);

    const seeded = await run('seed', withPassword(), '-n', '20', '--seed', 'demo', '--yes', '-r', 'r.json');
    expect(seeded, seeded.stderr).toMatchObject({ code: 0 });
    expect(seeded.stderr.match(/rows written, [\d.]+ s, [\d,]+ rows\/s$/gm)).toHaveLength(50);
    expect(receipt()).toMatchObject({ state: 'done', target: { user: 'test' }, undo: null });
    expect(receipt().tables.every(({ rows, of }) => rows === of && rows > 0)).toBe(true);
    expect(statSync(join(folder, 'r.json')).mode & 0o777).toBe(0o600);

    expect(await run('verify', 'r.json')).toMatchObject({ code: 0 });
    expect(await json('verify', 'r.json', '--json')).toMatchObject({ ok: true, unchecked: [] });
    const full = await checksums(server);
    expect(await run('undo', 'r.json', '--dry-run')).toMatchObject({ code: 0 });
    const looked = await json('undo', 'r.json', '--dry-run', '--json');
    expect(looked).toMatchObject({ done: false, reason: 'dry_run', edited: [], uses: [] });
    expect(looked.tables).toHaveLength(50);
    expect(await checksums(server)).toEqual(full);
    expect(await run('undo', 'r.json', '--yes')).toMatchObject({ code: 0 });
    expect(await checksums(server)).toEqual(before);
    expect(receipt().undo?.undoneAt).toBeTypeOf('string');
    expect(await run('verify', 'r.json')).toMatchObject({ code: 1 });
  }, 180_000);

  it('asks on a terminal, and needs to be told without one', async () => {
    await remake(server, SHOP);
    const before = await checksums(server);
    expect(await run('seed', url)).toMatchObject({ code: 2, stderr: expect.stringContaining('[not_confirmed]') });
    const onTerminal = async (answer: string): Promise<Ended> => {
      const words = [...DATAMAKER, 'seed', url, '-n', '5', '-r', 'r.json'].map((word) => `'${word}'`).join(' ');
      // What it reads is typed when it has asked.
      const script = `export PGPASSWORD='${server.password}' DATAMAKER_TARGET_URL=
        { until grep -q 'y/N' shown; do sleep 0.1; done; printf '${answer}'; } |
          script -qefc "${words}" shown`;
      return execute(['bash', '-c', script], { cwd: folder });
    };
    writeFileSync(join(folder, 'shown'), '');
    await onTerminal('n\\n');
    expect(readFileSync(join(folder, 'shown'), 'utf8')).toContain('nothing was written');
    expect(await checksums(server)).toEqual(before);
    expect(existsSync(join(folder, 'r.json'))).toBe(false);
    writeFileSync(join(folder, 'shown'), '');
    await onTerminal('y\\n');
    expect(receipt()).toMatchObject({ state: 'done' });
  }, 60_000);

  it('refuses what makes no sense, and shows no password', async () => {
    await remake(server, SHOP);
    const before = await checksums(server);
    const wrong = `postgres://test:wrong-secret@127.0.0.1:${server.port}/postgres`;
    writeFileSync(join(folder, 'other.json'), '{"kind":"x"}');
    for (const [words, code, problem] of [
      [['seed'], 2, 'missing_argument'],
      [['seed', wrong, '--plan'], 1, 'auth'],
      [['seed', wrong.replace('/postgres', '/nothing'), '--plan', '--bogus'], 2, 'unknown_option'],
      [['seed', wrong.replace('postgres:', 'oracle:')], 2, 'invalid_url'],
      [['seed', wrong, wrong], 2, 'unexpected_argument'],
      [['seed', `${wrong}?host=/tmp`, '--plan'], 2, 'invalid_config'],
      [['undo', 'r.json', 'x', wrong], 2, 'unexpected_argument'],
      [['seed', url, 'nothing=5', '--plan'], 2, 'unknown_table'],
      [['seed', url, '--json', '--yes'], 2, 'option_needed'],
      [['seed', url, 'order=many', '--plan'], 2, 'invalid_value'],
      [['seed', url, 'order', '--plan'], 2, 'unexpected_argument'],
      [['seed', url, '--fan-out', '3..1', '--plan'], 2, 'invalid_seed_options'],
      [['seed', url, '--locale', 'xx_XX', '--plan'], 2, 'invalid_seed_options'],
      [['seed', url, '--schema', 'nowhere', '--plan'], 1, 'no_table'],
      [['seed', url, '--yes', '-r', 'no/such/folder.json'], 2, 'file_not_found'],
      [['seed', url, '--yes', '-r', 'other.json'], 2, 'receipt_exists'],
      [['undo', 'other.json', '--yes'], 2, 'not_a_receipt'],
      [['undo', 'nothing.json', '--yes'], 2, 'file_not_found'],
      [['verify', 'other.json'], 2, 'not_a_receipt'],
    ] as const) {
      const ended = await run(...words);
      expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code, stderr: expect.stringContaining(problem) });
    }
    expect(await checksums(server)).toEqual(before);
  }, 120_000);

  it.each(['SIGINT', 'SIGKILL'] as const)(
    'leaves a receipt that says how far it came on %s',
    async (signal) => {
      await remake(server, `${SHOP}; ${SLOW}`);
      await server.query(`INSERT INTO customer (email, full_name) VALUES ('a@b.c', 'Ann')`);
      const before = await checksums(server);
      const [program, ...rest] = DATAMAKER;
      const words = [...rest, 'seed', url, ...MANY, '--yes', '-r', 'r.json'];
      const child = spawn(program, words, { cwd: folder, env: { ...process.env, PGPASSWORD: server.password } });
      onTestFinished(() => void child.kill('SIGKILL'));
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk;
      });
      const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
      const ofWish = (): number => receipt().tables.find(({ table }) => table === 'public.wish')?.rows ?? 0;
      await vi.waitUntil(() => existsSync(join(folder, 'r.json')) && ofWish() > 0, { timeout: 30_000, interval: 20 });
      child.kill(signal);
      expect(await ended).toBe(signal === 'SIGINT' ? 130 : null);
      const { rows, state } = receipt();
      expect(ofWish()).toBeLessThan(45_000);
      expect(state).toBe(signal === 'SIGINT' ? 'cancelled' : 'running');
      if (signal === 'SIGINT') {
        expect(said).toContain(`${rows.toLocaleString('en')} of 45,`);
        expect(said).toContain('datamaker undo r.json');
        expect(await run('undo', 'r.json', '--yes')).toMatchObject({ code: 0 });
        expect(await checksums(server)).toEqual(before);
        return;
      }
      // The server works on what was sent until it sees that nobody is there.
      await vi.waitUntil(
        async () => {
          const query = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE state <> 'idle' AND pid <> pg_backend_pid()`;
          return (await server.query<{ n: number }>(query))[0]?.n === 0;
        },
        { timeout: 30_000, interval: 50 },
      );
      const resumed = await run('seed', '--resume', 'r.json');
      expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
      expect(receipt()).toMatchObject({ state: 'done' });
      expect(await run('verify', 'r.json')).toMatchObject({ code: 0 });
      expect(await run('undo', 'r.json', '--yes')).toMatchObject({ code: 0 });
      expect(await checksums(server)).toEqual(before);
    },
    120_000,
  );
});
