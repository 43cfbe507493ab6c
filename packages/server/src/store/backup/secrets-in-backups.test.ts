import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MASTER_KEYS, MasterKeyFile } from '../../security/master-key-file.ts';
import { MasterKeys } from '../../security/master-keys.ts';
import { SecretVault } from '../../services/secrets/secret-vault.ts';
import { backUpTo, copySecret, type Ground, look, newGround, PLACES, startAt } from '../../testing/backups.ts';
import { Client, type ListBody } from '../../testing/client.ts';
import type { DataPlace } from './reach-database.ts';
import { type RestoreOptions, restore } from './restore.ts';

const KEEP: RestoreOptions = { replace: false, withoutKey: false };
const VALUE = 'a value that nobody sees';
const HOSTS = ['*.example.org', 'db.example.org:5432'];

describe.each(PLACES)('secrets in a backup (%s)', (kind) => {
  let ground: Ground;
  let source: DataPlace & {
    readonly key: string;
    readonly file: string;
    readonly secret: string;
    readonly connection: string;
  };
  beforeAll(async () => {
    ground = await newGround();
    const place = await ground.newPlace(kind);
    const server = await startAt(place);
    const client = new Client(server.url, server.newKey);
    const { body } = await client.post('/secrets', { name: 'TOKEN', value: VALUE, hosts: HOSTS });
    await client.post('/secrets', { name: 'OF_ALL', value: VALUE, reach: 'workspace' });
    const url = `postgres://test:${encodeURIComponent(VALUE)}@10.0.0.1/orders`;
    const connection = await client.post<{ id: string }>('/connections', { name: 'Orders', type: 'postgres', url });
    const file = join(ground.folder, 'backup.zip');
    await backUpTo(file, place);
    await server.close();
    source = { ...place, key: server.newKey ?? '', file, secret: body.id, connection: connection.body.id };
  });
  afterAll(() => ground?.close());

  const keyFile = (place: DataPlace): string => join(place.dataDirectory, MASTER_KEYS);
  const copyKeys = (to: DataPlace): void => {
    copySecret(source, to);
    copyFileSync(keyFile(source), keyFile(to));
    chmodSync(keyFile(to), 0o600);
  };
  const names = async (client: Client): Promise<unknown[]> =>
    (await client.get<ListBody<{ name: string }>>('/secrets')).body.items.map(({ name }) => name);

  it('open with the master key that they are sealed under, which is not in it', async () => {
    const text = readFileSync(source.file);
    expect(text.includes(readFileSync(keyFile(source), 'utf8').trim())).toBe(false);
    expect(text.includes(VALUE)).toBe(false);
    const to = await ground.newPlace(kind);
    copyKeys(to);
    expect(await restore(source.file, to, KEEP)).toMatchObject({ lostSecrets: 0 });
    const server = await startAt(to);
    const vault = new SecretVault(new MasterKeys(await new MasterKeyFile(keyFile(to)).read()));
    const value = await look(to, (store) => store.transaction().execute((tx) => vault.openSecret(tx, source.secret)));
    expect(value).toBe(VALUE);
    const { body } = await new Client(server.url, source.key).get<{ hosts: readonly string[] }>(
      `/secrets/${source.secret}`,
    );
    expect(body.hosts).toEqual(HOSTS);
    const ofConnection = await look(to, (store) =>
      store.transaction().execute(async (tx) => {
        const found = await tx
          .selectFrom('connection')
          .where('id', '=', source.connection)
          .select('secret_id')
          .execute();
        return vault.openSecret(tx, found[0]?.secret_id ?? '');
      }),
    );
    expect(JSON.parse(ofConnection)).toEqual({ password: VALUE });
    await server.close();
  });

  it('are restored with a key of the settings, too', async () => {
    const to = await ground.newPlace(kind);
    copySecret(source, to);
    const masterKey = readFileSync(keyFile(source), 'utf8').trim();
    expect(await restore(source.file, to, { ...KEEP, masterKeys: { masterKey } })).toMatchObject({ lostSecrets: 0 });
    expect(existsSync(keyFile(to))).toBe(false);
  });

  it('are refused without it, and removed where everything else is wanted', async () => {
    const to = await ground.newPlace(kind);
    copySecret(source, to);
    const missing = {
      code: 'master_key_missing',
      message: expect.stringMatching(/mk_[0-9a-f]{16}, which is not here/),
    };
    await expect(restore(source.file, to, KEEP)).rejects.toMatchObject(missing);
    // Of another server.
    await new MasterKeyFile(keyFile(to)).make();
    await expect(restore(source.file, to, KEEP)).rejects.toMatchObject(missing);
    chmodSync(keyFile(to), 0o644);
    await expect(restore(source.file, to, KEEP)).rejects.toMatchObject({
      message: expect.stringContaining('chmod 600'),
    });
    rmSync(keyFile(to));
    expect(await restore(source.file, to, { ...KEEP, withoutKey: true })).toMatchObject({ lostSecrets: 3 });
    const server = await startAt(to);
    const client = new Client(server.url, source.key);
    expect(await names(client)).toEqual([]);
    const { body } = await client.get<ListBody<object>>('/audit?action=secret.deleted');
    expect(body.items.map((act) => (act as { details: { name: string } }).details.name).toSorted()).toEqual(
      ['OF_ALL', 'TOKEN', source.connection].toSorted(),
    );
    const connection = await client.get<{ hasSecret: boolean }>(`/connections/${source.connection}`);
    expect(connection.body).toMatchObject({ hasSecret: false, url: 'postgres://10.0.0.1:5432/orders' });
    expect((await client.post('/secrets', { name: 'TOKEN', value: 'new' })).status).toBe(201);
    await server.close();
  });
});
