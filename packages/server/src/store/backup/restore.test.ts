import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import yazl from 'yazl';
import { allOf, backUpTo, copySecret, type Ground, look, newGround, startAt } from '../../testing/backups.ts';
import { Client } from '../../testing/client.ts';
import { contentOf } from '../../testing/shape-of.ts';
import { until } from '../../testing/until.ts';
import { BackupFile } from './backup-file.ts';
import type { Manifest } from './manifest.ts';
import type { DataPlace } from './reach-database.ts';
import { type RestoreOptions, restore } from './restore.ts';

const FIELDS = [{ name: 'id', type: 'sequence' }];
const KEEP: RestoreOptions = { replace: false, withoutKey: false };
const REPLACE: RestoreOptions = { replace: true, withoutKey: false };

/** Databases are made and thrown away in hooks. */
const HOOK_MS = 60_000;
let ground: Ground;
/** A server that was backed up and stopped; what was in it, in a file and as it was. */
let source: DataPlace & { key: string; file: string; manifest: Manifest; all: Awaited<ReturnType<typeof allOf>> };
/** A place that has data of its own, which no failure may change. */
let target: DataPlace & { all: Awaited<ReturnType<typeof allOf>> };

beforeAll(async () => {
  ground = await newGround();
  const place = await ground.newPlace('owner');
  const server = await startAt(place);
  const client = new Client(server.url, server.newKey);
  for (let i = 0; i < 20; i++) await client.create(FIELDS, `template ${i}`);
  const file = join(ground.folder, 'backup.zip');
  const manifest = await backUpTo(file, place);
  await server.close();
  source = { ...place, key: server.newKey ?? '', file, manifest, all: await allOf(place) };
  const other = await ground.newPlace('owner');
  copySecret(source, other);
  const running = await startAt(other);
  await new Client(running.url, running.newKey).create(FIELDS, 'what was there before');
  await running.close();
  target = { ...other, all: await allOf(other) };
}, HOOK_MS);
afterAll(() => ground?.close(), HOOK_MS);

/** The backup with some parts or the manifest changed, and sums that fit. */
async function forged(parts: Readonly<Record<string, string>>, change: (manifest: Manifest) => object = (m) => m) {
  const zip = await yauzl.openPromise(source.file, { autoClose: false, lazyEntries: true });
  const written = new yazl.ZipFile();
  const tables = [...source.manifest.tables];
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.startsWith('manifest')) continue;
    const bytes = Buffer.from(parts[entry.fileName] ?? (await buffer(await zip.openReadStreamPromise(entry))));
    written.addBuffer(bytes, entry.fileName);
    const at = tables.findIndex(({ name }) => `tables/${name}.copy` === entry.fileName);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    tables[at] = { ...(tables[at] as Manifest['tables'][number]), bytes: bytes.length, sha256 };
  }
  zip.close();
  const said = JSON.stringify(change({ ...source.manifest, tables }));
  written.addBuffer(Buffer.from(said), 'manifest.json');
  const sum = createHash('sha256').update(said).digest('hex');
  written.addBuffer(Buffer.from(`${sum}  manifest.json\n`), 'manifest.json.sha256');
  written.end();
  const file = join(ground.folder, 'forged.zip');
  writeFileSync(file, await buffer(written.outputStream));
  return file;
}

/** The rows that a backup gives, table by table. */
const rowsOf = (backup: BackupFile): Promise<string[]> =>
  Promise.all(backup.manifest.tables.map(async (table) => `${table.name} ${await text(backup.openTable(table))}`));

describe('a file that is not as it was written', () => {
  /** What reading it gives: an error's code, or the sums of the tables in it. */
  const read = async (bytes: Uint8Array): Promise<string | string[]> => {
    const file = join(ground.folder, 'changed.zip');
    writeFileSync(file, bytes);
    try {
      const backup = await BackupFile.open(file);
      try {
        await backup.verify(() => undefined, undefined);
        return await rowsOf(backup);
      } finally {
        backup.close();
      }
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it('is refused wherever it ends', async () => {
    const bytes = readFileSync(source.file);
    const cut = fc.integer({ min: 0, max: bytes.length - 1 });
    await fc.assert(
      fc.asyncProperty(cut, async (length) => {
        expect(['damaged_backup', 'not_a_backup']).toContain(await read(bytes.subarray(0, length)));
      }),
    );
  });

  it('is refused, or gives what was written, whichever bits are other ones', async () => {
    const bytes = readFileSync(source.file);
    const refused = new Set<unknown>();
    const written = await read(bytes);
    expect(written.length).toBe(source.manifest.tables.length);
    const place = fc.tuple(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(place, async ([at, mask]) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] as number) ^ mask;
        const result = await read(changed);
        if (typeof result === 'string') refused.add(result);
        else expect(result).toEqual(written);
      }),
      { numRuns: 200 },
    );
    // Some bytes, such as times of parts, mean nothing; most do.
    expect(refused).toContain('damaged_backup');
    for (const code of refused) expect(['damaged_backup', 'not_a_backup']).toContain(code);
  });

  it('is no backup when it is something else', async () => {
    expect(await read(Buffer.from('{"fields": []}'))).toBe('not_a_backup');
    const zip = new yazl.ZipFile();
    zip.addBuffer(Buffer.from('x'), 'x.txt');
    zip.end();
    expect(await read(await buffer(zip.outputStream))).toBe('not_a_backup');
  });
});

describe('restore', () => {
  /** Tries to restore over the target. @returns the error; the target must be as it was */
  const failure = async (
    file: string,
    options: RestoreOptions = REPLACE,
  ): Promise<{ code: string; message: string }> => {
    const error = await restore(file, target, options).then(
      () => undefined,
      (thrown: { code: string; message: string }) => thrown,
    );
    expect(await allOf(target)).toEqual(target.all);
    return error as { code: string; message: string };
  };

  it('refuses a place with data, unless it may go', async () => {
    expect(await failure(source.file, KEEP)).toMatchObject({ code: 'not_empty' });
  });

  it('refuses a file that is torn, before anything is touched', async () => {
    const torn = join(ground.folder, 'torn.zip');
    writeFileSync(torn, readFileSync(source.file).subarray(0, -100));
    expect(await failure(torn)).toMatchObject({ code: 'damaged_backup' });
    const empty = await ground.newPlace('bundled');
    copySecret(source, empty);
    await expect(restore(torn, empty, KEEP)).rejects.toMatchObject({ code: 'damaged_backup' });
    await expect(backUpTo(join(ground.folder, 'x.zip'), empty)).rejects.toMatchObject({ code: 'no_data' });
  });

  it('refuses what a newer version has written: its format, and its tables', async () => {
    const format = await forged({}, (manifest) => ({ ...manifest, formatVersion: 2, tables: 'elsewhere' }));
    expect(await failure(format)).toMatchObject({ code: 'unknown_backup_format' });
    const newer = (manifest: Manifest) => ({ ...manifest, migrations: [...manifest.migrations, '9999-later'] });
    expect(await failure(await forged({}, newer))).toMatchObject({
      code: 'newer_schema',
      message: expect.stringContaining('9999-later'),
    });
    const odd = await forged({}, (manifest) => ({ ...manifest, migrations: manifest.migrations.slice(1) }));
    expect(await failure(odd)).toMatchObject({ code: 'damaged_backup' });
  });

  it('refuses to replace what a newer version has changed, and to back it up', async () => {
    const place = await ground.newPlace('owner');
    copySecret(source, place);
    await restore(source.file, place, KEEP);
    await look(place, (store) => sql`INSERT INTO kysely_migration VALUES ('9999-later', '2099-01-01')`.execute(store));
    await expect(restore(source.file, place, REPLACE)).rejects.toMatchObject({ code: 'newer_schema' });
    await expect(backUpTo(join(ground.folder, 'x.zip'), place)).rejects.toMatchObject({ code: 'newer_schema' });
  });

  it('leaves all as it was when a table is missing, has too few rows, or refers to what is not there', async () => {
    const less = (manifest: Manifest) => ({ ...manifest, tables: manifest.tables.slice(1) });
    expect(await failure(await forged({}, less))).toMatchObject({ code: 'damaged_backup' });
    const fewer = (manifest: Manifest) => ({
      ...manifest,
      tables: manifest.tables.map((table) => ({ ...table, rows: table.rows + 1 })),
    });
    expect(await failure(await forged({}, fewer))).toMatchObject({ code: 'damaged_backup' });
    expect(
      await failure(
        await forged({ 'tables/person.copy': '' }, (m) => ({
          ...m,
          tables: m.tables.map((table) => (table.name === 'person' ? { ...table, rows: 0 } : table)),
        })),
      ),
    ).toMatchObject({ code: 'database_failed', message: expect.stringContaining('foreign key') });
    expect(await failure(await forged({ 'tables/person.copy': 'nonsense\n' }))).toMatchObject({
      code: 'database_failed',
    });
  });

  it('leaves all as it was when it is broken off, at whatever moment', async () => {
    for (const step of ['check', 'load'] as const) {
      for (const share of [0, 0.5, 1]) {
        const stop = new AbortController();
        const onProgress: RestoreOptions['onProgress'] = (now, bytes, total) => {
          if (now === step && bytes >= share * total) stop.abort(new Error('enough'));
        };
        expect(await failure(source.file, { ...REPLACE, signal: stop.signal, onProgress })).toMatchObject({
          message: 'enough',
        });
      }
    }
  });

  it('refuses while a server runs on what would go', async () => {
    const running = await startAt(target);
    // The first key was made by an earlier start.
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
    expect(await failure(source.file)).toMatchObject({ code: 'database_in_use' });
    await running.close();
    const bundled = await ground.newPlace('bundled');
    copySecret(source, bundled);
    const other = await startAt(bundled);
    await expect(restore(source.file, bundled, REPLACE)).rejects.toMatchObject({ code: 'database_in_use' });
    await other.close();
  });

  it('wants the secret that the keys were made with', async () => {
    const place = await ground.newPlace('owner');
    await expect(restore(source.file, place, KEEP)).rejects.toMatchObject({ code: 'key_missing' });
    writeFileSync(join(place.dataDirectory, 'secret'), 'another one\n');
    await expect(restore(source.file, place, KEEP)).rejects.toMatchObject({ code: 'key_differs' });
    await restore(source.file, place, { ...KEEP, withoutKey: true });
    const running = await startAt(place);
    expect((await new Client(running.url, source.key).get('/templates')).status).toBe(401);
    await running.close();
    expect(readFileSync(source.file).includes(readFileSync(join(source.dataDirectory, 'secret'), 'utf8').trim())).toBe(
      false,
    );
  });

  it('replaces what is there, beside tables of others', async () => {
    const place = await ground.newPlace('superuser');
    copySecret(source, place);
    const running = await startAt(place);
    await new Client(running.url, running.newKey).create(FIELDS, 'to go');
    await running.close();
    await look(place, async (store) => {
      await sql`CREATE TABLE theirs (id integer)`.execute(store);
      await sql`INSERT INTO theirs VALUES (1)`.execute(store);
    });
    await restore(source.file, place, REPLACE);
    expect((await allOf(place)).rows).toEqual(source.all.rows);
    expect(await look(place, (store) => contentOf(store, ['theirs']))).toEqual({ theirs: ['{"id":1}'] });
  });
});

describe('bytes that rows only name', () => {
  const BYTES: Readonly<Record<string, Buffer>> = {
    'ws_a/blob_1': Buffer.alloc(300_000, 'ab'),
    'ws_b/blob_2': Buffer.from([0, 255, 10]),
  };
  const named = Object.entries(BYTES).map(([name, bytes]) => ({
    name,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    title: `the file ${name}`,
  }));
  const blobs = {
    list: async () => named,
    open: ({ name }: { name: string }) => Readable.from([BYTES[name]]),
  };

  it('come back, and are taken away again when the restore fails', async () => {
    const file = join(ground.folder, 'blobs.zip');
    const manifest = await backUpTo(file, source, { blobs });
    expect(manifest.blobs.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['ws_a/blob_1', 300_000],
      ['ws_b/blob_2', 3],
    ]);
    const kept = new Map<string, Buffer>();
    const target = {
      put: async ({ name }: { name: string }, bytes: Readable) => {
        const isNew = !kept.has(name);
        kept.set(name, await buffer(bytes));
        return isNew;
      },
      remove: async (name: string) => void kept.delete(name),
    };
    const place = await ground.newPlace('owner');
    copySecret(source, place);
    // Names that no server has made.
    await expect(restore(file, place, KEEP)).rejects.toMatchObject({ code: 'damaged_backup' });
    const stop = new AbortController();
    const put = async (blob: { name: string }, bytes: Readable): Promise<boolean> => {
      const isNew = await target.put(blob, bytes);
      if (kept.size === 2) stop.abort(new Error('enough'));
      return isNew;
    };
    await expect(restore(file, place, { ...KEEP, signal: stop.signal, blobs: { ...target, put } })).rejects.toThrow(
      'enough',
    );
    expect(kept.size).toBe(0);
    await restore(file, place, { ...KEEP, blobs: target });
    expect(Object.fromEntries(kept)).toEqual(BYTES);
    rmSync(file);
  });

  it('that are not those that were uploaded make no backup', async () => {
    const open = () => Readable.from([Buffer.from('others')]);
    await expect(backUpTo(join(ground.folder, 'x.zip'), source, { blobs: { ...blobs, open } })).rejects.toMatchObject({
      code: 'blobs_missing',
      message: 'the bytes of the file ws_a/blob_1 are not those that were uploaded',
    });
  });
});

describe('a database that cannot be used', () => {
  it('is told of in its own words', async () => {
    const { dataDirectory } = source;
    const nowhere = { dataDirectory, databaseUrl: 'postgresql://somebody@localhost:1/nothing' };
    const unreachable = { code: 'database_failed', message: expect.stringMatching(/reached: .*ECONNREFUSED/) };
    await expect(backUpTo('', nowhere)).rejects.toMatchObject(unreachable);
    await expect(restore(source.file, nowhere, KEEP)).rejects.toMatchObject(unreachable);
    const empty = await ground.newPlace('superuser');
    await expect(backUpTo('', empty)).rejects.toMatchObject({ code: 'no_data' });
  });

  it('that goes away in the middle fails the backup', async () => {
    const write = () =>
      look(source, async (store) => {
        await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'datamaker backup'`.execute(
          store,
        );
      });
    await expect(backUpTo('', source, { write })).rejects.toMatchObject({ code: 'database_failed' });
  });
});

describe('a backup that is broken off', () => {
  it('ends with what broke it off, and lets go of the database', async () => {
    const stop = new AbortController();
    const write = (): void => stop.abort(new Error('enough'));
    await expect(backUpTo('', source, { write, signal: stop.signal })).rejects.toThrow('enough');
    const full = (): void => {
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
    };
    await expect(backUpTo('', source, { write: full })).rejects.toMatchObject({ code: 'ENOSPC' });
    await look(source, (store) =>
      until(async () => {
        const { rows } = await sql`
          SELECT FROM pg_stat_activity WHERE application_name = 'datamaker backup'`.execute(store);
        return rows.length === 0;
      }),
    );
  });
});
