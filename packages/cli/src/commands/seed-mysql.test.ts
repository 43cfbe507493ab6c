import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReceiptDocument } from '@datamaker/seeding';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { MYSQL_SHOP } from '../../../seeding/src/testing/mysql-schemas.ts';
import { type SeedServer, startMariaDbToSeed } from '../../../seeding/src/testing/systems.ts';
import { DATAMAKER, type Ended, execute, temporaryFolder } from '../testing/run-datamaker.ts';

/** Makes each chunk of lines take its time, so that a run can be broken off in the middle of it. */
const SLOW =
  'CREATE TRIGGER slow AFTER INSERT ON wish FOR EACH ROW SET @slept = IF(NEW.customer_id MOD 50 = 0, SLEEP(0.001), 0)';
const MANY = ['customer=300', 'product=500', 'order=10', 'order_line=10', 'wish=45000'];

describe('seeding a database of MariaDB', () => {
  let server: SeedServer;
  let folder: string;
  let url: string;
  beforeAll(async () => {
    server = await startMariaDbToSeed();
    url = server.url().replace(/:[^:@]*@/, '@');
  });
  afterAll(() => server?.stop());
  beforeEach(() => {
    folder = temporaryFolder();
  });

  const run = async (...words: readonly string[]): Promise<Ended> => {
    const variables = [`MYSQL_PWD=${server.password}`, 'DATAMAKER_TARGET_URL='];
    const ended = await execute(['env', ...variables, ...DATAMAKER, ...words], { cwd: folder });
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    for (const text of [ended.stdout.toString(), ended.stderr, ...files]) expect(text).not.toContain(server.password);
    return ended;
  };
  const receipt = (): ReceiptDocument => JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'));

  it('fills a shop with one command, reads it back, takes it back, and copies it with masks', async () => {
    await server.remake(MYSQL_SHOP);
    await server.query(`INSERT INTO customer (email, full_name) VALUES ('a@b.c', 'Ann')`);
    const before = await server.checksums();
    const planned = await run('seed', url, '--plan', '-n', '20');
    expect(planned).toMatchObject({ code: 0, stderr: '' });
    expect(planned.stdout.toString()).toMatch(/shop\.order_line .* order_id, line_no/);
    const seeded = await run('seed', url, '-n', '20', '--seed', 'demo', '--yes', '-r', 'r.json');
    expect(seeded, seeded.stderr).toMatchObject({ code: 0 });
    expect(receipt()).toMatchObject({ state: 'done', target: { type: 'mysql', user: 'test', schemas: ['shop'] } });
    expect(await run('verify', 'r.json')).toMatchObject({ code: 0 });

    await server.query(`CREATE DATABASE copy CHARACTER SET utf8mb4; USE copy; ${MYSQL_SHOP}; USE shop`);
    const there = url.replace('/shop', '/copy');
    writeFileSync(join(folder, 'key'), 'the key of the tests, of 32 bytes\n');
    const fields = [
      { field: 'customer.email', strategy: 'format-preserve' },
      { field: 'customer.full_name', strategy: 'replace', type: 'full_name' },
      { field: 'customer.country', strategy: 'preserve' },
    ];
    writeFileSync(join(folder, 'policy.json'), JSON.stringify({ fields }));
    const masked = await run('mask', url, there, '-p', 'policy.json', '-k', 'key', '--yes', '-r', 'm.json');
    expect(masked, masked.stderr).toMatchObject({ code: 0 });
    expect(masked.stderr).toMatch(/rows in 6 tables, 2 columns masked/);
    const same = await run('mask', url, url.replace('127.0.0.1', '127.0.0.1.'), '-k', 'key', '--plan');
    expect(same.code).not.toBe(0);
    const [joined] = await server.query<{ n: number }>(
      'SELECT count(*) AS n FROM copy.customer c JOIN shop.customer s ON s.id = c.id AND s.email <> c.email',
    );
    expect(Number(joined?.n)).toBe(21);

    expect(await run('undo', 'r.json', '--dry-run')).toMatchObject({ code: 0 });
    expect(await run('undo', 'r.json', '--yes')).toMatchObject({ code: 0 });
    expect(await server.checksums()).toEqual(before);
  }, 120_000);

  it('goes on after kill -9 in the middle, at once and without doubles', async () => {
    await server.remake(`${MYSQL_SHOP}; ${SLOW}`);
    await server.query(`INSERT INTO customer (email, full_name) VALUES ('a@b.c', 'Ann')`);
    const before = await server.checksums();
    const [program, ...rest] = DATAMAKER;
    const words = [...rest, 'seed', url, ...MANY, '--yes', '-r', 'r.json'];
    const child = spawn(program, words, { cwd: folder, env: { ...process.env, MYSQL_PWD: server.password } });
    onTestFinished(() => void child.kill('SIGKILL'));
    child.stderr.resume();
    child.stdout.resume();
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const ofWish = (): number => receipt().tables.find(({ table }) => table === 'shop.wish')?.rows ?? 0;
    await vi.waitUntil(() => existsSync(join(folder, 'r.json')) && ofWish() > 0, { timeout: 90_000, interval: 20 });
    child.kill('SIGKILL');
    expect(await ended).toBeNull();
    expect(receipt().state).toBe('running');
    expect(ofWish()).toBeLessThan(45_000);
    // What the server still works on holds its rows until it sees that nobody is there.
    const resumed = await run('seed', '--resume', 'r.json');
    expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
    expect(receipt()).toMatchObject({ state: 'done' });
    expect(await server.query('SELECT count(*) AS n FROM wish')).toEqual([{ n: 45_000 }]);
    expect(await run('verify', 'r.json')).toMatchObject({ code: 0 });
    expect(await run('undo', 'r.json', '--yes')).toMatchObject({ code: 0 });
    expect(await server.checksums()).toEqual(before);
  }, 180_000);
});
