import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { removeFolder, temporaryFolder } from '../../testing/servers.ts';
import { startUnrulyObjectStore, type UnrulyObjectStore } from '../../testing/unruly-object-store.ts';
import { until } from '../../testing/until.ts';
import { BlobsUnavailable } from './blob-store.ts';
import { S3Blobs } from './s3-blobs.ts';

const KEY = `ws_${'0'.repeat(20)}/blob_${'0'.repeat(20)}`;
/** More than sockets take that nobody reads from. */
const BYTES = Buffer.alloc(8_000_000, 'a');
const SHA256 = createHash('sha256').update(BYTES).digest();

let folder: string;
let objects: UnrulyObjectStore;
beforeAll(async () => {
  folder = temporaryFolder();
  objects = await startUnrulyObjectStore();
});
afterAll(async () => {
  await objects?.close();
  removeFolder(folder);
});

/** A blob store that gives a silent object store up after a moment. */
const impatient = (endpoint = objects.settings.endpoint): S3Blobs =>
  new S3Blobs({ ...objects.settings, ...(endpoint === undefined ? {} : { endpoint }), silence: 500 });

function fileToKeep(): string {
  const path = join(folder, 'blob');
  writeFileSync(path, BYTES);
  return path;
}

/** How often this process has a file open. */
const openings = (path: string): number =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path;
    } catch {
      return false;
    }
  }).length;

it('gives up a store that takes a blob and never answers, and keeps the file', async () => {
  const path = fileToKeep();
  objects.hold('PUT');
  await expect(impatient().put(KEY, path, BYTES.length, SHA256)).rejects.toThrow(BlobsUnavailable);
  expect(existsSync(path)).toBe(true);
  await until(() => openings(path) === 0);
  objects.letAllGo();
  await impatient().put(KEY, path, BYTES.length, SHA256);
  expect(existsSync(path)).toBe(false);
  expect(await buffer(await impatient().open(KEY))).toEqual(BYTES);
});

it.each([
  ['GET', (blobs: S3Blobs) => blobs.open(KEY)],
  ['DELETE', (blobs: S3Blobs) => blobs.remove(KEY)],
] as const)('gives up a store that never answers a %s', async (method, ask) => {
  objects.hold(method);
  onTestFinished(() => objects.letAllGo());
  await expect(ask(impatient())).rejects.toThrow(BlobsUnavailable);
});

it('cuts a blob off that stops in the middle', async () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nthe first bytes'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  await expect(buffer(await impatient(`http://127.0.0.1:${port}`).open(KEY))).rejects.toThrow();
});
