import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { newId } from './ids.ts';
import { rotateSecrets } from './rotate-secrets.ts';
import { newMasterKey, writeMasterKey } from './security/master-key.ts';
import { MASTER_KEYS, MasterKeyFile } from './security/master-key-file.ts';
import { MasterKeys } from './security/master-keys.ts';
import { SecretVault } from './services/secrets/secret-vault.ts';
import { startServer } from './start-server.ts';
import { masterKeyIds } from './store/data-keys.ts';
import type { Store } from './store/open-store.ts';
import { tenantOf } from './store/tenant.ts';
import { quietly, STORES, startOn, type TestServer } from './testing/servers.ts';

/** FULL=1 kills at each step as often as the goal says. */
const TIMES = Array.from({ length: process.env['FULL'] === undefined ? 1 : 20 }, (_, index) => index + 1);
const READS_PER_SECOND = 200;

describe('rotating keys', () => {
  let server: TestServer;
  let store: Store;
  let file: MasterKeyFile;
  /** Like that of a server that has run since before the rotation. */
  let vault: SecretVault;
  const planted = new Map<string, { workspaceId: string; value: string }>();

  const begin = async (kind: 'bundled' | 'external'): Promise<void> => {
    server = await startOn(kind);
    store = await server.openDatabase();
    file = new MasterKeyFile(join(server.dataDirectory, MASTER_KEYS));
    vault = new SecretVault(new MasterKeys(await file.read(), () => file.read()));
  };
  afterEach(async () => {
    await store?.destroy();
    await server?.close();
    planted.clear();
  });
  const plant = async (workspaceId: string, count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const value = `value ${planted.size}`;
      const kind = planted.size % 2 === 0 ? 'user' : 'connection';
      const about = { workspace_id: workspaceId, project_id: null, kind, name: `N${planted.size}` } as const;
      const made = await tenantOf(store, workspaceId)((tx) => vault.add(tx, about, value, 'usr_x'));
      planted.set(made?.id ?? '', { workspaceId, value });
    }
  };
  const plantAll = async (): Promise<string[]> => {
    const { id: first } = await store.selectFrom('workspace').select('id').executeTakeFirstOrThrow();
    const second = newId('ws');
    await store.insertInto('workspace').values({ id: second, name: 'Other' }).execute();
    await plant(first, 3);
    await plant(second, 2);
    return [first, second];
  };
  const expectAllToOpen = async (by = vault): Promise<void> => {
    for (const [id, { workspaceId, value }] of planted) {
      expect(await tenantOf(store, workspaceId)((tx) => by.openSecret(tx, id))).toBe(value);
    }
  };
  const masters = async () =>
    new Set((await store.selectFrom('data_key').select('master_key_id').execute()).map((row) => row.master_key_id));

  it.each(STORES)('wraps all anew on the %s store, while the server runs and old keys are forgotten', async (kind) => {
    await begin(kind);
    await plantAll();
    const [old] = await file.read();
    const { dataDirectory, databaseUrl } = server;
    const before = await store.selectFrom('secret').select(['id', 'sealed']).orderBy('id').execute();
    const where = { dataDirectory, ...(databaseUrl === undefined ? {} : { databaseUrl }) };
    const rotated = await rotateSecrets(where);
    expect(rotated).toMatchObject({ rewrapped: 2, replaced: 0, resealed: 0, resumed: false, before: [old?.id] });
    expect(await masters()).toEqual(new Set([rotated.masterKey]));
    expect(await masterKeyIds(store)).toEqual([rotated.masterKey]);
    expect(await store.selectFrom('secret').select(['id', 'sealed']).orderBy('id').execute()).toEqual(before);
    await expectAllToOpen();
    const again = await rotateSecrets({ ...where, dataKeys: true, forget: true });
    expect(again).toMatchObject({ replaced: 2, resealed: 5, resumed: false });
    expect(await file.read()).toHaveLength(1);
    await expectAllToOpen();
    // Also through the server that has run all the time.
    const { status } = await server.client.post('/secrets', { name: 'AFTER', value: 'x' });
    expect(status).toBe(201);
    expect(await store.selectFrom('data_key').selectAll().execute()).toHaveLength(2);
    expect(await masters()).toEqual(new Set([again.masterKey]));
  });

  /** Reads all secrets again and again, 200 times in a second at most. @returns what ends it, and says how often it read */
  const readMeanwhile = (): (() => Promise<number>) => {
    let isOver = false;
    let reads = 0;
    const reading = async (): Promise<void> => {
      while (!isOver) {
        const from = performance.now();
        await expectAllToOpen();
        reads += planted.size;
        await pause(Math.max(0, (planted.size * 1000) / READS_PER_SECOND - (performance.now() - from)));
      }
    };
    const work = reading();
    // A failure is told where it is awaited.
    work.catch(() => undefined);
    return async () => {
      isOver = true;
      await work;
      return reads;
    };
  };

  it('fails nobody who reads and writes meanwhile', async () => {
    await begin('external');
    const [workspaceId = ''] = await plantAll();
    const { dataDirectory, databaseUrl = '' } = server;
    let isOver = false;
    const readers = [readMeanwhile(), readMeanwhile()];
    const writing = async (): Promise<void> => {
      const { body } = await server.client.post('/secrets', { name: 'BUSY', value: 'x' });
      while (!isOver)
        expect((await server.client.send('PATCH', `/secrets/${body.id}`, { value: 'y' })).status).toBe(200);
    };
    const written = writing();
    for (let round = 0; round < 4; round++) {
      await rotateSecrets({ dataDirectory, databaseUrl, dataKeys: true });
      await plant(workspaceId, 1);
    }
    isOver = true;
    await written;
    for (const end of readers) expect(await end()).toBeGreaterThan(planted.size);
    await expectAllToOpen(new SecretVault(new MasterKeys((await file.read()).slice(0, 1))));
  });

  it.each(TIMES)(
    'goes on after a kill at any step, while others read, until nothing is under the old keys (%i)',
    async () => {
      await begin('external');
      await plantAll();
      const end = readMeanwhile();
      const { dataDirectory, databaseUrl = '' } = server;
      const program = fileURLToPath(new URL('testing/mortal-rotation-process.ts', import.meta.url));
      const seen = new Set<string>();
      for (let step = 1; ; step++) {
        const words = ['--conditions=datamaker-source', program, dataDirectory, databaseUrl, String(step)];
        const child = spawn(process.execPath, words, { stdio: 'ignore' });
        const [code, signal] = await once(child, 'exit');
        await expectAllToOpen();
        if (signal !== 'SIGKILL') {
          expect(code).toBe(0);
          break;
        }
        seen.add(`${(await masters()).size} ${(await store.selectFrom('data_key').select('id').execute()).length}`);
        const { masterKey } = await rotateSecrets({ dataDirectory, databaseUrl, dataKeys: true });
        expect(await masters()).toEqual(new Set([masterKey]));
        expect(await masterKeyIds(store)).toEqual([masterKey]);
        expect((await file.read())[0]?.id).toBe(masterKey);
        expect(await store.selectFrom('data_key').selectAll().execute()).toHaveLength(2);
        await expectAllToOpen(new SecretVault(new MasterKeys((await file.read()).slice(0, 1))));
      }
      // It was killed before, between and after.
      expect(seen.size).toBeGreaterThan(2);
      expect(await end()).toBeGreaterThan(planted.size);
    },
  );

  it('lets one rotate at a time, and begins nothing it cannot finish', async () => {
    await begin('external');
    await plantAll();
    const { dataDirectory, databaseUrl = '' } = server;
    const where = { dataDirectory, databaseUrl };
    const results = await Promise.allSettled([rotateSecrets(where), rotateSecrets(where)]);
    const refused = results.filter(({ status }) => status === 'rejected');
    for (const result of refused) expect((result as PromiseRejectedResult).reason.message).toMatch(/by somebody else/);
    const stored = readFileSync(file.path, 'utf8');
    const masterKey = writeMasterKey(newMasterKey());
    writeFileSync(file.path, `${masterKey}\n`);
    await expect(rotateSecrets(where)).rejects.toThrow(/which is not here/);
    expect(readFileSync(file.path, 'utf8')).toBe(`${masterKey}\n`);
    writeFileSync(file.path, stored);
    await expectAllToOpen();
  });

  it('moves from the file to settings, and from one setting to the next', async () => {
    await begin('external');
    await plantAll();
    const { dataDirectory, databaseUrl = '' } = server;
    const [first, second] = [writeMasterKey(newMasterKey()), writeMasterKey(newMasterKey())];
    const where = { dataDirectory, databaseUrl };
    await rotateSecrets({ ...where, masterKey: first, forget: true });
    expect(await file.read()).toEqual([]);
    await expect(rotateSecrets({ ...where, masterKey: first })).rejects.toThrow(/already/);
    await expect(rotateSecrets({ ...where, masterKey: second })).rejects.toThrow(/not here/);
    const start = (keys: object) => startServer(quietly({ ...where, ...keys }));
    await expect(start({})).rejects.toThrow(/Secrets are stored under the master key mk_/);
    await expect(start({ masterKey: second })).rejects.toThrow(/Nothing was changed/);
    await expect(start({ previousMasterKey: first })).rejects.toThrow(/without DATAMAKER_MASTER_KEY/);
    await expect(start({ masterKey: 'hunter-2' })).rejects.toThrow(/^DATAMAKER_MASTER_KEY cannot be used: .*openssl/);
    expect(await file.read()).toEqual([]);
    await (await start({ masterKey: first })).close();
    const both = { masterKey: second, previousMasterKey: first };
    await (await start(both)).close();
    expect(await rotateSecrets({ ...where, ...both })).toMatchObject({ rewrapped: 2 });
    await (await start({ masterKey: second })).close();
    await expect(start({ masterKey: first })).rejects.toThrow(/which is not here/);
  });

  it('starts no server whose file of keys was lost or is another, and makes none in its place', async () => {
    await begin('external');
    const { dataDirectory, databaseUrl = '' } = server;
    const start = () => startServer(quietly({ dataDirectory, databaseUrl }));
    // As long as nothing is wrapped, nothing is lost.
    rmSync(file.path);
    await (await start()).close();
    vault = new SecretVault(new MasterKeys(await file.read()));
    await plantAll();
    const kept = readFileSync(file.path, 'utf8');
    rmSync(file.path);
    await expect(start()).rejects.toThrow(/bring back .*master-keys/);
    expect(await file.read()).toEqual([]);
    const other = `${writeMasterKey(newMasterKey())}\n`;
    writeFileSync(file.path, other, { mode: 0o600 });
    await expect(start()).rejects.toThrow(/which is not here/);
    expect(readFileSync(file.path, 'utf8')).toBe(other);
    writeFileSync(file.path, kept);
    await (await start()).close();
    await expectAllToOpen();
  });
});
