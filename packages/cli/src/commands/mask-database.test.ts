import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row, Session } from '@datamaker/connectors';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { MASKED_SHOP, MASKED_SHOP_POLICY, MASKED_SHOP_ROWS } from '../../../seeding/src/testing/masked-shop.ts';
import { openPostgres } from '../../../seeding/src/testing/open-postgres.ts';
import { DATAMAKER, type Ended, execute, temporaryFolder } from '../testing/run-datamaker.ts';

const KEY = 'first-secret-key-of-32-characters';
const OTHER_KEY = 'other-secret-key-of-32-characters';

describe('masking a database', () => {
  let server: PostgresServer;
  let folder: string;
  const sessions = new Map<string, Session>();
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    for (const session of sessions.values()) await session.close();
    await server?.stop();
  });
  beforeEach(() => {
    folder = temporaryFolder();
    writeFileSync(join(folder, 'key'), `${KEY}\n`);
    writeFileSync(join(folder, 'other'), `${OTHER_KEY}\n`);
    writeFileSync(join(folder, 'policy.json'), JSON.stringify(MASKED_SHOP_POLICY));
  });

  const url = (name: string): string => `postgres://test@127.0.0.1:${server.port}/${name}`;
  /** A database of its own, which is dropped if it was there. */
  const database = async (name: string, ...statements: readonly string[]): Promise<string> => {
    await sessions.get(name)?.close();
    await server.query(`DROP DATABASE IF EXISTS ${name}`);
    await server.query(`CREATE DATABASE ${name}`);
    const session = await openPostgres(server, '', name);
    sessions.set(name, session);
    for (const statement of statements.flatMap((text) => text.split(/;\n/))) await session.execute?.(statement);
    return url(name);
  };
  const ask = async (name: string, text: string): Promise<readonly Row[]> =>
    (await sessions.get(name)?.execute?.(text)) as readonly Row[];
  const all = (name: string, table: string): Promise<readonly Row[]> =>
    ask(name, `SELECT * FROM ${table} ORDER BY 1, 2`);
  const one = async (name: string, text: string): Promise<unknown> =>
    Object.values((await ask(name, text))[0] ?? {})[0];

  const hidden = (ended: Ended): Ended => {
    const files = readdirSync(folder).filter((name) => !['key', 'other'].includes(name));
    const texts = files.map((name) => readFileSync(join(folder, name), 'utf8'));
    for (const text of [ended.stdout.toString(), ended.stderr, ...texts]) {
      for (const secret of [
        server.password,
        encodeURIComponent(server.password),
        KEY,
        OTHER_KEY,
        'real.person',
        'Realname7',
        '55000',
      ]) {
        expect(text).not.toContain(secret);
      }
    }
    return ended;
  };
  const run = async (...words: readonly string[]): Promise<Ended> =>
    hidden(await execute(['env', `PGPASSWORD=${server.password}`, ...DATAMAKER, 'mask', ...words], { cwd: folder }));
  const masked = ['--policy', 'policy.json', '--key-file', 'key', '--yes', '--receipt'];

  const state = (name = 'r.json'): string => JSON.parse(readFileSync(join(folder, name), 'utf8')).state;
  const pair = async (rows = MASKED_SHOP_ROWS): Promise<[string, string]> => [
    await database('src', MASKED_SHOP, rows),
    await database('dst', MASKED_SHOP),
  ];
  const isEmpty = async (name: string): Promise<boolean> =>
    Number(await one(name, 'SELECT (SELECT count(*) FROM customer) + (SELECT count(*) FROM log)')) === 0;

  it('copies all tables, masks columns, and keeps joins, keys and what is not masked', async () => {
    const [from, to] = await pair();
    const done = await run(from, to, ...masked, 'r.json');
    expect(done, done.stderr).toMatchObject({ code: 0 });
    expect(await all('dst', 'log')).toEqual(await all('src', 'log'));
    const [were, are] = [await all('src', 'customer'), await all('dst', 'customer')];
    expect(are.map(({ id, favourite, level, tags }) => ({ id, favourite, level, tags }))).toEqual(
      were.map(({ id, favourite, level, tags }) => ({ id, favourite, level, tags })),
    );
    for (const name of ['email', 'first_name', 'last_name', 'phone', 'born', 'iban']) {
      are.forEach((row, i) => {
        const was = were[i]?.[name];
        if (was === null) expect(row[name]).toBeNull();
        else expect(row[name]).not.toBe(was);
      });
    }
    expect(are.every(({ email }) => /^\w{4}\.\w{6}\d+@corp\d\.test$/.test(String(email)))).toBe(true);
    expect(new Set(are.map(({ email }) => email)).size).toBe(300);
    expect(are.every(({ initials, first_name: first }) => initials === String(first).slice(0, 1))).toBe(true);
    // Who wrote which order, under which address, and who is whose boss, is as it was.
    const JOINS = `
      SELECT o.id, c.id AS buyer, a.no, a.city FROM "order" o JOIN customer c ON c.email = o.buyer_email AND c.id = o.customer_id
        LEFT JOIN address a ON a.customer_id = o.customer_id AND a.no = o.ship_to ORDER BY 1`;
    expect(await ask('dst', JOINS)).toEqual(await ask('src', JOINS));
    const BOSSES = 'SELECT count(*) FROM staff s JOIN staff b ON b.ssn = s.boss GROUP BY b.ssn ORDER BY 1';
    expect(await ask('dst', BOSSES)).toEqual(await ask('src', BOSSES));
    expect(await one('dst', `SELECT profile #>> '{}' FROM staff LIMIT 1`)).toBe('[REDACTED]');
    expect(
      await one(
        'dst',
        `INSERT INTO "order" (customer_id, buyer_email, total) SELECT id, email, 1 FROM customer LIMIT 1 RETURNING id`,
      ),
    ).toBe(901);
    expect(state()).toBe('done');
    const { report } = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'));
    expect(report.tables.find(({ table }: { table: string }) => table === 'public.customer').columns[0]).toEqual({
      column: 'email',
      strategy: 'format-preserve',
      values: 300,
      nulls: 0,
      unchanged: 0,
      lookedFor: 300,
      found: 0,
    });
  }, 120_000);

  it('gives the same under the same key, and other masks under another', async () => {
    const [from, to] = await pair();
    const [again, other] = [await database('again', MASKED_SHOP), await database('other', MASKED_SHOP)];
    expect(await run(from, to, ...masked, 'r.json')).toMatchObject({ code: 0 });
    expect(await run(from, again, ...masked, 'again.json')).toMatchObject({ code: 0 });
    expect(await run(from, other, '-p', 'policy.json', '-k', 'other', '-y', '-r', 'other.json')).toMatchObject({
      code: 0,
    });
    for (const table of ['customer', 'address', '"order"', 'staff']) {
      expect(await all('again', table)).toEqual(await all('dst', table));
    }
    const emails = new Set((await all('dst', 'customer')).map(({ email }) => email));
    expect((await all('other', 'customer')).filter(({ email }) => emails.has(email ?? null))).toEqual([]);
  }, 180_000);

  it('writes nothing when personal columns are not named, and tells all of them with the lines that are missing', async () => {
    const [from, to] = await pair();
    for (const words of [['--plan'], ['--yes', '-k', 'key', '-r', 'r.json']]) {
      const refused = await run(from, to, ...words);
      expect(refused).toMatchObject({ code: 2 });
      const columns = [
        'customer.email',
        'customer.first_name',
        'customer.last_name',
        'customer.phone',
        'customer.born',
        'customer.iban',
      ];
      for (const column of [
        ...columns,
        'address.street',
        'address.zip',
        'staff.ssn',
        'staff.full_name',
        'staff.profile',
      ]) {
        expect(refused.stderr).toContain(`public.${column}: it holds personal data`);
        expect(refused.stderr).toContain(`{ "field": "${column}", "strategy": "`);
      }
      // It is joined with the key that is named.
      expect(refused.stderr).not.toContain('"field": "staff.boss"');
    }
    expect(await isEmpty('dst')).toBe(true);
    // The lines as they stand are a policy that does.
    const { stderr } = await run(from, to, '--plan');
    const asJson = JSON.parse((await run(from, to, '--plan', '--json')).stdout.toString()) as { tables: object[] };
    expect(asJson.tables).toContainEqual(
      expect.objectContaining({ columns: expect.arrayContaining([expect.any(Object)]) }),
    );
    expect(JSON.stringify(asJson)).toContain('mask_unnamed_sensitive_column');
    writeFileSync(join(folder, 'policy.json'), `{ "fields": [${stderr.match(/^ {4}\{ "field.*$/gm)?.join('\n')}] }`);
    const done = await run(from, to, ...masked, 'r.json');
    expect(done, done.stderr).toMatchObject({ code: 0 });
  }, 180_000);

  it('refuses a policy that does not fit, all of it at once', async () => {
    const [from, to] = await pair();
    const fields = [
      { field: 'customer.mail', strategy: 'redact' },
      { field: 'customer.email', strategy: 'replace' },
      { field: 'order.buyer_email', strategy: 'hash' },
      { field: 'customer.born', strategy: 'format-preserve' },
      { field: 'customer.first_name', strategy: 'hash' },
      { field: 'customer.level', strategy: 'redact' },
    ];
    writeFileSync(join(folder, 'policy.json'), JSON.stringify({ fields }, null, 2));
    const refused = await run(from, to, ...masked, 'r.json');
    expect(refused).toMatchObject({ code: 2 });
    for (const code of ['unknown_column', 'mask_breaks_join', 'mask_strategy_does_not_fit'])
      expect(refused.stderr).toContain(code);
    expect(refused.stderr).toContain('did you mean `customer.email`?');
    expect(refused.stderr).toContain('may give two values the same mask');
    expect(refused.stderr).toContain('hash gives 64 characters, and it takes 20');
    expect(await isEmpty('dst')).toBe(true);
  }, 120_000);

  it('finds personal data also in the last row, and keeps nothing then', async () => {
    const [from, to] = await pair();
    await ask('src', `INSERT INTO log (at, line) VALUES (now(), 'write to real.person7@corp1.test')`);
    const refused = await run(from, to, ...masked, 'r.json');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('public.log.line: a value of it looks like: email');
    expect(refused.stderr).toContain('nothing was written');
    expect(await isEmpty('dst')).toBe(true);
    expect(state()).toBe('failed');
  }, 120_000);

  it('refuses one database under two names, other tables, and rows that are there', async () => {
    const [from, to] = await pair();
    expect((await run(from, from.replace('127.0.0.1', 'localhost'), ...masked, 'r.json')).stderr).toContain(
      'the same database',
    );
    await ask('dst', `ALTER TABLE address ALTER COLUMN city TYPE varchar(9)`);
    await ask('dst', `ALTER TABLE staff DROP CONSTRAINT staff_boss_fkey`);
    await ask('dst', `DROP TABLE log`);
    await ask('dst', `INSERT INTO customer (email, first_name) VALUES ('x', 'y')`);
    const refused = await run(from, to, ...masked, 'r.json');
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('it is text in the source and character varying(9) in the destination');
    expect(refused.stderr).toContain('the destination has no foreign key (boss) to public.staff (ssn)');
    expect(refused.stderr).toContain('public.log: the destination has no such table');
    expect(refused.stderr).toContain('public.customer: the destination has 1 rows in it');
  }, 120_000);

  it('replaces rows and takes some tables when told to, and says which others they need', async () => {
    const [from, to] = await pair();
    expect(await run(from, to, ...masked, 'r.json')).toMatchObject({ code: 0 });
    const once = await all('dst', 'customer');
    expect((await run(from, to, ...masked, '2.json', '--tables', 'address')).stderr).toContain(
      'copy public.customer too',
    );
    const some = ['--tables', 'customer,address', '--tables', 'order'];
    expect((await run(from, to, ...masked, '2.json', ...some)).stderr).toContain('destination_not_empty');
    await ask('dst', `UPDATE customer SET first_name = 'Somebody'`);
    const done = await run(from, to, ...masked, '2.json', ...some, '--replace');
    expect(done, done.stderr).toMatchObject({ code: 0 });
    expect(await all('dst', 'customer')).toEqual(once);
  }, 180_000);

  const SLOW = `
    CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.4); RETURN NULL; END';
    CREATE TRIGGER slow AFTER INSERT ON log FOR EACH STATEMENT EXECUTE FUNCTION slow()`;
  it.each(['SIGINT', 'SIGKILL'] as const)(
    'leaves the destination as it was when %s ends it in the middle',
    async (signal) => {
      const [from, to] = await pair(`${MASKED_SHOP_ROWS.replace('2500', '25000')}`);
      await ask('dst', `INSERT INTO log (at, line) VALUES ('2024-01-01Z', 'mine')`);
      for (const text of SLOW.split(';\n')) await ask('dst', text);
      const words = [...DATAMAKER, 'mask', from, to, ...masked, 'r.json', '--replace'];
      const child = spawn(words[0] ?? '', words.slice(1), {
        cwd: folder,
        env: { ...process.env, PGPASSWORD: server.password },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
      await vi.waitFor(async () => {
        const [row] = await server.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = 'dst' AND wait_event = 'PgSleep'`,
        );
        expect(row?.n).toBe(1);
      }, 60_000);
      child.kill(signal);
      expect(await ended).toBe(signal === 'SIGINT' ? 130 : null);
      await vi.waitFor(async () => expect(await all('dst', 'log')).toMatchObject([{ line: 'mine' }]), 30_000);
      expect(state()).toBe(signal === 'SIGINT' ? 'cancelled' : 'running');
    },
    120_000,
  );

  it('keeps nothing when the destination changes what is written', async () => {
    const [from, to] = await pair();
    await ask(
      'dst',
      `CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.note := ''other''; RETURN NEW; END'`,
    );
    await ask(
      'dst',
      `CREATE TRIGGER meddle BEFORE INSERT ON "order" FOR EACH ROW WHEN (NEW.id = 700) EXECUTE FUNCTION meddle()`,
    );
    const refused = await run(from, to, ...masked, 'r.json');
    expect(refused.stderr).toContain('public.order: some rows are not there as they were written');
    expect(await isEmpty('dst')).toBe(true);
  }, 120_000);

  it('keeps nothing when a value of the source comes to the destination by another way', async () => {
    const [from, to] = await pair();
    await ask(
      'dst',
      `CREATE FUNCTION leak() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.email := ''real.person'' || NEW.id || ''@corp'' || NEW.id % 3 || ''.test''; RETURN NEW; END'`,
    );
    await ask('dst', `ALTER TABLE "order" DROP CONSTRAINT order_buyer_email_fkey`);
    await ask('src', `ALTER TABLE "order" DROP CONSTRAINT order_buyer_email_fkey`);
    await ask(
      'dst',
      `CREATE TRIGGER leak BEFORE INSERT ON customer FOR EACH ROW WHEN (NEW.id < 5) EXECUTE FUNCTION leak()`,
    );
    const policy = { fields: [...MASKED_SHOP_POLICY.fields, { field: 'order.buyer_email', strategy: 'redact' }] };
    writeFileSync(join(folder, 'policy.json'), JSON.stringify(policy));
    const refused = await run(from, to, ...masked, 'r.json');
    expect(refused.stderr).toContain(
      'public.customer.email: 4 of 300 values of the source were found in the destination',
    );
    expect(await isEmpty('dst')).toBe(true);
  }, 120_000);

  it('takes URLs from variables, and refuses what is for files', async () => {
    const [from, to] = await pair();
    const withPassword = (text: string): string => text.replace('@', `:${encodeURIComponent(server.password)}@`);
    const variables = [`A=${withPassword(from)}`, `B=${withPassword(to)}`, `DATAMAKER_MASK_KEY=${KEY}`];
    const words = ['mask', 'env:A', 'env:B', '-p', 'policy.json', '-y', '-r', 'r.json'];
    expect(hidden(await execute(['env', ...variables, ...DATAMAKER, ...words], { cwd: folder }))).toMatchObject({
      code: 0,
    });
    expect((await run(from, to, '--out', 'x')).stderr).toContain('--out is for rows of files');
    expect((await run(from)).stderr).toContain('the database to write to is not named');
    expect((await run('env:NOTHING', to)).stderr).toContain('the variable NOTHING is not set');
    expect((await run(from, to, '-p', 'policy.json', '-y')).stderr).toContain('mask_key_missing');
    expect((await run('rows.csv', '--plan')).stderr).toContain('--plan is for databases');
  }, 180_000);
});
