import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMasterKey } from '../../security/master-key.ts';
import { MASTER_KEYS, MasterKeyFile } from '../../security/master-key-file.ts';
import { MasterKeys } from '../../security/master-keys.ts';
import { SecretVault } from '../../services/secrets/secret-vault.ts';
import { backUpTo } from '../../testing/backups.ts';
import { type ExternalPostgres, startExternalPostgres } from '../../testing/external-postgres.ts';
import { removeFolder, temporaryFolder } from '../../testing/servers.ts';
import { shapeOf } from '../../testing/shape-of.ts';
import { restore } from '../backup/restore.ts';
import { migrateTo } from '../migrate.ts';
import { connect, openStore, type Store } from '../open-store.ts';
import { FUNCTIONS, MIGRATION_TABLES, TABLES } from '../tables.ts';
import { migrations } from './index.ts';

const FOLDER = fileURLToPath(new URL('./released/', import.meta.url));
const VERSIONS = globSync('*.sql', { cwd: FOLDER })
  .map((file) => basename(file, '.sql'))
  .sort();

/** What migrations do to values that are there, on purpose. */
const CHANGED: readonly { readonly by: string; readonly table: string; readonly column: string }[] = [
  // Keys of owners became keys for the whole workspace.
  { by: '0005-people', table: 'api_key', column: 'project_id' },
];

let postgres: ExternalPostgres;
let migrated: Promise<string> | undefined;
const folder = temporaryFolder();
/** What secrets of released stores are sealed under, and the bytes of a file of theirs. */
const MASTER_KEY = parseMasterKey(createHash('sha256').update('the master key of released stores').digest('hex'));
const FILE = { key: 'ws_00000000000000000007/blob_00000000000000000007', text: 'id\n1\n' };
const LOG = { key: 'ws_00000000000000000007/blob_00000000000000000015', text: 'done\n' };
const RECORD = { key: 'ws_00000000000000000007/blob_00000000000000000022', text: 'record\n' };
const PART = { key: 'ws_00000000000000000007/blob_00000000000000000030', text: 'id\n1\n' };
const VALUES = { key: 'ws_00000000000000000007/blob_00000000000000000028', text: 'values\n' };
beforeAll(async () => {
  postgres = await startExternalPostgres();
  await new MasterKeyFile(join(folder, MASTER_KEYS)).write([MASTER_KEY]);
  mkdirSync(join(folder, 'files', dirname(FILE.key)), { recursive: true });
  for (const { key, text } of [FILE, LOG, RECORD, VALUES, PART]) writeFileSync(join(folder, 'files', key), text);
});
afterAll(async () => {
  await postgres?.stop();
  removeFolder(folder);
});

const withStore = async <T>(url: string, use: (store: Store) => Promise<T>): Promise<T> => {
  const store = connect({ url }, () => undefined);
  return use(store).finally(() => store.destroy());
};
/** The same database, as one who sees all of it. */
const asSuperuser = (url: string): string => url.replace('ordinary@', 'test@');

async function load(version: string, owner: string | undefined): Promise<string> {
  const url = await postgres.createDatabase(owner);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(readFileSync(`${FOLDER}${version}.sql`, 'utf8')).finally(() => client.end());
  return url;
}

/** What a new store is like, once for each owner. */
const shapesOfNew = new Map<string | undefined, Promise<string[]>>();
function shapeOfNew(owner: string | undefined): Promise<string[]> {
  const known = shapesOfNew.get(owner);
  if (known !== undefined) return known;
  const made = (async () => {
    const url = await postgres.createDatabase(owner);
    await (await openStore({ url }, () => undefined)).destroy();
    return withStore(url, shapeOf);
  })();
  shapesOfNew.set(owner, made);
  return made;
}

/** The columns of each table, in order. */
async function columnsOf(store: Store): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ table: string; columns: string[] }>`
    SELECT relname AS "table", array_agg(attname::text ORDER BY attnum) AS columns
      FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT LIKE 'kysely%' AND attnum > 0
       AND NOT attisdropped
     GROUP BY relname`.execute(store);
  return new Map(rows.map(({ table, columns }) => [table, columns]));
}

/** The rows of those columns. */
async function rowsOf(
  store: Store,
  columns: ReadonlyMap<string, readonly string[]>,
): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [table, names] of columns) {
    const { rows } = await sql<{ line: string }>`
      SELECT row_to_json(t)::text AS line
        FROM (SELECT ${sql.join(names.map((name) => sql.id(name)))} FROM ${sql.table(table)}) AS t
       ORDER BY 1`.execute(store);
    found[table] = rows.map(({ line }) => line);
  }
  return found;
}

/** Without what later migrations change on purpose. */
const lasting = (columns: ReadonlyMap<string, readonly string[]>, version: string): Map<string, string[]> =>
  new Map(
    [...columns].map(([table, names]) => {
      const changed = CHANGED.filter((change) => change.table === table && change.by > version);
      return [table, names.filter((name) => !changed.some(({ column }) => column === name))];
    }),
  );

describe.each(VERSIONS)('a store of version %s', (version) => {
  it('is what the migrations up to it make', async () => {
    const url = await load(version, undefined);
    // One store for all versions, which each takes a step further.
    migrated ??= postgres.createDatabase();
    const made = await withStore(await migrated, async (store) => {
      await migrateTo(store, version);
      return shapeOf(store);
    });
    expect(await withStore(url, shapeOf)).toEqual(made);
  });

  it.each([undefined, 'ordinary'])(
    'comes forward with all its rows, and is like a new one (owner: %s)',
    async (owner) => {
      const url = await load(version, owner);
      const columns = lasting(await withStore(asSuperuser(url), columnsOf), version);
      const before = await withStore(asSuperuser(url), (store) => rowsOf(store, columns));
      // Tables that are not logged are empty in a dump.
      const { request_bucket: _, worker: __, ...logged } = before;
      expect(Object.entries(logged).filter(([, rows]) => rows.length === 0)).toEqual([]);
      await (await openStore({ url }, () => undefined)).destroy();
      expect(await withStore(asSuperuser(url), (store) => rowsOf(store, columns))).toEqual(before);
      expect(await withStore(url, shapeOf)).toEqual(await shapeOfNew(owner));
    },
  );

  it('can be backed up as it is, and comes forward when it is restored', async () => {
    const url = await load(version, 'ordinary');
    const columns = lasting(await withStore(asSuperuser(url), columnsOf), version);
    const before = await withStore(asSuperuser(url), (store) => rowsOf(store, columns));
    const file = join(folder, `${version}.zip`);
    const { migrations: done, blobs } = await backUpTo(file, { dataDirectory: folder, databaseUrl: url });
    expect(done.at(-1)).toBe(version);
    const target = await postgres.createDatabase('ordinary');
    const place = { dataDirectory: folder, databaseUrl: target };
    const { migrated } = await restore(file, place, { replace: false, withoutKey: false });
    expect([...done, ...migrated]).toEqual(Object.keys(migrations));
    expect(await withStore(asSuperuser(target), (store) => rowsOf(store, columns))).toEqual(before);
    expect(await withStore(target, shapeOf)).toEqual(await shapeOfNew('ordinary'));
    const since = { '0017': LOG.key, '0022': RECORD.key, '0028': VALUES.key, '0030': PART.key };
    const ofRuns = Object.entries(since).flatMap(([from, key]) => (version < from ? [] : [key]));
    expect(blobs.map(({ name }) => name)).toEqual(version < '0007' ? [] : [FILE.key, ...ofRuns]);
    const vault = new SecretVault(new MasterKeys([MASTER_KEY]));
    const values = await withStore(asSuperuser(target), async (store) => {
      const secrets = await store.selectFrom('secret').select('id').orderBy('id').execute();
      return Promise.all(secrets.map(({ id }) => store.transaction().execute((tx) => vault.openSecret(tx, id))));
    });
    const ofConnections = version < '0012' ? [] : ['{"password":"let me in"}'];
    expect(values).toEqual(version < '0008' ? [] : ['the value of OF_ALL', ...ofConnections, 'the value of TOKEN']);
  });
});

describe('a new store', () => {
  it('has the tables and functions that backups know of, and no others', async () => {
    const url = await postgres.createDatabase();
    await withStore(url, (store) => migrateTo(store, undefined));
    const names = await withStore(url, async (store) => {
      const { rows } = await sql<{ kind: string; name: string }>`
        SELECT 'table' AS kind, relname AS name FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
        UNION ALL SELECT 'function', proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT 'type', typname FROM pg_type
         WHERE typnamespace = 'public'::regnamespace AND typtype IN ('d', 'e', 'r')`.execute(store);
      return rows;
    });
    const named = (kind: string): string[] => names.filter((row) => row.kind === kind).map(({ name }) => name);
    expect(new Set(named('table'))).toEqual(new Set([...TABLES, ...MIGRATION_TABLES]));
    expect(new Set(named('function'))).toEqual(new Set(FUNCTIONS));
    expect(named('type')).toEqual([]);
  });
});

describe('a migration that fails half-way', () => {
  it('leaves everything as it was, those before it in the same start included', async () => {
    const url = await load('0004-tenancy', undefined);
    const state = () =>
      withStore(url, async (store) => ({
        shape: await shapeOf(store),
        rows: await rowsOf(store, await columnsOf(store)),
        history: (await sql`SELECT * FROM kysely_migration ORDER BY name`.execute(store)).rows,
      }));
    const before = await state();
    const planted = {
      ...migrations,
      '9999-fails': {
        up: async (db: Parameters<(typeof migrations)[string]['up']>[0]) => {
          await sql`CREATE TABLE half (id integer)`.execute(db);
          await sql`UPDATE workspace SET name = 'changed'`.execute(db);
          await sql`SELECT 1 / 0`.execute(db);
        },
      },
    };
    const fail = withStore(url, (store) => migrateTo(store, undefined, planted));
    await expect(fail).rejects.toMatchObject({
      code: 'migration_failed',
      message: 'migration 9999-fails failed: division by zero',
    });
    expect(await state()).toEqual(before);
    // The lock went with it.
    await (await openStore({ url }, () => undefined)).destroy();
    expect((await state()).history).toHaveLength(Object.keys(migrations).length);
  });
});

describe('servers that start at once', () => {
  it.each(['nothing', '0001-first'])('migrate once (from %s)', async (version) => {
    const url = version === 'nothing' ? await postgres.createDatabase() : await load(version, undefined);
    const runs: string[] = [];
    const counted = Object.fromEntries(
      Object.entries(migrations).map(([name, { up }]) => [
        name,
        {
          up: (db: Parameters<typeof up>[0]) => {
            runs.push(name);
            return up(db);
          },
        },
      ]),
    );
    await Promise.all(Array.from({ length: 5 }, () => withStore(url, (store) => migrateTo(store, undefined, counted))));
    expect(runs).toEqual(Object.keys(migrations).filter((name) => version === 'nothing' || name > version));
    const stores = await Promise.all(Array.from({ length: 3 }, () => openStore({ url }, () => undefined)));
    for (const store of stores) await store.destroy();
  });
});
