import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row, Session } from '@datamaker/connectors';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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

  it('copies all tables, masks columns, and keeps joins, keys and what is not masked', async () => {
    const [from, to] = [await database('src', MASKED_SHOP, MASKED_SHOP_ROWS), await database('dst', MASKED_SHOP)];
    const done = await run(from, to, ...masked, 'r.json');
    expect(done, done.stderr).toMatchObject({ code: 0 });
    expect(await one('dst', 'SELECT count(*) FROM "order"')).toBe(900);
    expect(await all('dst', 'log')).toEqual(await all('src', 'log'));
  }, 120_000);
});
