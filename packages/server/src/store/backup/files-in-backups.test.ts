import { createHash } from 'node:crypto';
import { globSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { sweepWorkspaces } from '../../services/sweep-workspaces.ts';
import { backUpTo, copySecret, type Ground, look, newGround, startAt } from '../../testing/backups.ts';
import { Client } from '../../testing/client.ts';
import { type ObjectStore, startObjectStore } from '../../testing/object-store.ts';
import { LocalBlobs } from '../blobs/local-blobs.ts';
import { S3Blobs } from '../blobs/s3-blobs.ts';
import type { DataPlace } from './reach-database.ts';
import { type RestoreOptions, restore } from './restore.ts';

/** Of whom the file is by which workers know the store. */
const NOBODY = 'ws_00000000000000000000/';
const KEEP: RestoreOptions = { replace: false, withoutKey: false };
const REPLACE: RestoreOptions = { replace: true, withoutKey: false };

describe.each(['a folder', 'an object store'])('files of workspaces in a backup (%s)', (kind) => {
  let ground: Ground;
  let objects: ObjectStore;
  let places = 0;
  beforeAll(async () => {
    ground = await newGround();
    objects = await startObjectStore();
  });
  afterAll(async () => {
    await objects?.close();
    await ground?.close();
  });

  /** A place whose server keeps files where this is about. */
  const newPlace = async (): Promise<DataPlace> => {
    const place = await ground.newPlace('owner');
    return kind === 'a folder' ? place : { ...place, s3: { ...objects.settings, prefix: `place-${++places}/` } };
  };
  /** Keys of the bytes that are kept. */
  const kept = ({ dataDirectory, s3 }: DataPlace): string[] =>
    (s3 === undefined
      ? globSync('*/*', { cwd: join(dataDirectory, 'files') })
      : objects.keys().flatMap((key) => (key.startsWith(s3.prefix as string) ? [key.slice(s3.prefix?.length)] : []))
    ).filter((key) => !key.startsWith(NOBODY));
  /** Names and texts of the files that a server gives. */
  const filesOf = async (client: Client): Promise<Record<string, string>> => {
    const { body } = await client.get<{ items: { name: string }[] }>('/workspace/files');
    const texts = body.items.map(
      async ({ name }) => [name, (await client.get(`/workspace/files/${name}`)).text] as const,
    );
    return Object.fromEntries(await Promise.all(texts));
  };
  const sweep = (place: DataPlace): Promise<void> =>
    look(place, (store) =>
      sweepWorkspaces(
        store,
        place.s3 === undefined ? new LocalBlobs(join(place.dataDirectory, 'files')) : new S3Blobs(place.s3),
      ),
    );
  const FILES = { 'a.csv': 'id\n1\n', 'deep/b.txt': 'x'.repeat(300_000), empty: '' };
  /** A place with a server and those files. */
  const begin = async () => {
    const place = await newPlace();
    const server = await startAt(place);
    const client = new Client(server.url, server.newKey);
    for (const [name, text] of Object.entries(FILES)) await client.upload(name, text);
    return { place, server, client, file: join(ground.folder, `${crypto.randomUUID()}.zip`) };
  };

  it('are those of the moment of the backup, whatever is replaced, deleted and swept meanwhile', async () => {
    const { place, server, client, file } = await begin();
    let changed: Promise<void> | undefined;
    const change = async (): Promise<void> => {
      expect((await client.upload('a.csv', 'other')).status).toBe(200);
      expect((await client.delete('/workspace/files/deep/b.txt')).status).toBe(204);
      await client.upload('late', 'late');
      await sweep(place);
      // All bytes of then, and of now.
      expect(kept(place)).toHaveLength(5);
    };
    const manifest = await backUpTo(file, place, {
      write: () => {
        changed ??= change();
        return changed;
      },
    });
    expect(manifest.blobs.map(({ bytes }) => bytes).toSorted((a, b) => a - b)).toEqual([0, 5, 300_000]);
    // Now it is over, what nothing names goes.
    await sweep(place);
    expect(kept(place)).toHaveLength(3);
    expect(await filesOf(client)).toEqual({ 'a.csv': 'other', empty: '', late: 'late' });

    const to = await newPlace();
    copySecret(place, to);
    await restore(file, to, KEEP);
    expect(kept(to).toSorted()).toEqual(manifest.blobs.map(({ name }) => name).toSorted());
    expect(globSync('spool/*', { cwd: to.dataDirectory })).toEqual([]);
    const restored = await startAt(to);
    expect(await filesOf(new Client(restored.url, server.newKey))).toEqual(FILES);
    await restored.close();
    await server.close();
  });

  it('take the place of those that are there, and not before all of it is', async () => {
    const { place, server, client, file } = await begin();
    await backUpTo(file, place);
    const atBackup = kept(place);
    await client.upload('a.csv', 'other');
    await client.upload('late', 'late');
    const now = kept(place);
    await server.close();
    const stop = new AbortController();
    const onProgress: RestoreOptions['onProgress'] = (step, bytes, total) => {
      if (step === 'load' && bytes === total) stop.abort(new Error('enough'));
    };
    await expect(restore(file, place, { ...REPLACE, signal: stop.signal, onProgress })).rejects.toThrow('enough');
    expect(kept(place).toSorted()).toEqual(now.toSorted());
    const asBefore = await startAt(place);
    const texts = { ...FILES, 'a.csv': 'other', late: 'late' };
    expect(await filesOf(new Client(asBefore.url, server.newKey))).toEqual(texts);
    await asBefore.close();
    await restore(file, place, REPLACE);
    expect(kept(place).toSorted()).toEqual(atBackup.toSorted());
    const restored = await startAt(place);
    expect(await filesOf(new Client(restored.url, server.newKey))).toEqual(FILES);
    await restored.close();
  });

  it('are mended where the bytes that are there are not those of the backup any more', async () => {
    const { place, server, file } = await begin();
    await backUpTo(file, place);
    const [{ blob_id: id, workspace_id: workspace }] = (await look(place, (store) =>
      store.selectFrom('workspace_file').select(['blob_id', 'workspace_id']).where('name', '=', 'deep/b.txt').execute(),
    )) as [{ blob_id: string; workspace_id: string }];
    await server.close();
    // As long as before, and something else.
    const key = `${workspace}/${id}`;
    const wrong = join(ground.folder, 'wrong');
    writeFileSync(wrong, 'y'.repeat(300_000));
    const blobs = place.s3 === undefined ? new LocalBlobs(join(place.dataDirectory, 'files')) : new S3Blobs(place.s3);
    await blobs.put(key, wrong, 300_000, createHash('sha256').update('y'.repeat(300_000)).digest());
    await restore(file, place, REPLACE);
    const restored = await startAt(place);
    expect(await filesOf(new Client(restored.url, server.newKey))).toEqual(FILES);
    await restored.close();
  });

  it('whose bytes are gone or changed are named, and nothing is backed up', async () => {
    const { place, server, file } = await begin();
    const blobs = await look(place, (store) =>
      store.selectFrom('workspace_file').select(['name', 'blob_id']).execute(),
    );
    const blob = blobs.find(({ name }) => name === 'deep/b.txt')?.blob_id;
    const key = kept(place).find((one) => one.endsWith(`/${blob}`)) as string;
    const named = (what: RegExp) => ({ code: 'blobs_missing', message: expect.stringMatching(what) });
    if (place.s3 === undefined) {
      const path = join(place.dataDirectory, 'files', key);
      writeFileSync(path, 'changed');
      await expect(backUpTo(file, place)).rejects.toMatchObject(named(/"deep\/b.txt" .* not those/));
      rmSync(path);
    } else {
      await new S3Blobs(place.s3).remove(key);
    }
    await expect(backUpTo(file, place)).rejects.toMatchObject(named(/"deep\/b.txt" of the project proj_.* not there/));
    await server.close();
  });

  it('whose store cannot be used make no backup, and leave a place as it was', async () => {
    const { place, server, file } = await begin();
    await backUpTo(file, place);
    const to = await newPlace();
    copySecret(place, to);
    if (to.s3 === undefined) {
      writeFileSync(join(to.dataDirectory, 'files'), 'in the way');
    } else {
      await objects.stop();
      await expect(backUpTo(`${file}-2`, place)).rejects.toMatchObject({ code: 'blobs_unavailable' });
    }
    await expect(restore(file, to, KEEP)).rejects.toMatchObject({ code: 'blobs_unavailable' });
    if (to.s3 === undefined) rmSync(join(to.dataDirectory, 'files'));
    else await objects.start();
    await restore(file, to, KEEP);
    await server.close();
  });
});
