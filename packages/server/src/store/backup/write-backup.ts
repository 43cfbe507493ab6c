import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import yazl from 'yazl';
import { masterKeyIds } from '../data-keys.ts';
import { migrations } from '../migrations/index.ts';
import type { StoreLocation } from '../open-store.ts';
import { BackupError } from './backup-error.ts';
import type { BlobSource } from './blobs.ts';
import { migrationsOf, sequencesOf } from './catalogue.ts';
import { FORMAT_VERSION, MANIFEST, MANIFEST_SUM, type Manifest, partOfBlob, partOfTable } from './manifest.ts';
import { withOneConnection } from './one-connection.ts';
import { Snapshot } from './snapshot.ts';

export interface WriteOptions {
  /** Takes the bytes of the archive, in order. */
  readonly write: (chunk: Uint8Array) => void | Promise<void>;
  readonly productVersion: string;
  readonly keyFingerprint: string | null;
  readonly blobs: BlobSource;
  readonly signal?: AbortSignal | undefined;
  /** Told how far it is, in rows and bytes before they are packed. */
  readonly onProgress?: ((rows: number, bytes: number) => void) | undefined;
}

/** Writable by nobody but the owner, as far as who unpacks it keeps to that. */
const ENTRY = { mode: 0o100600, forceZip64Format: true } as const;

/**
 * Writes a database into one archive (ZIP, so that everybody has a tool that opens it): a part for each table, then a manifest
 * with the SHA-256 of each part, then the SHA-256 of the manifest. Other users of the database do not notice.
 */
export async function writeBackup(location: StoreLocation, options: WriteOptions): Promise<Manifest> {
  return withOneConnection(location, options.signal, async (connection) => {
    const done = await migrationsOf(connection.db);
    if (done.length === 0) {
      throw new BackupError('no_data', 'no DataMaker has used this database yet', 'check where it is: $DATABASE_URL');
    }
    refuseNewer(done, 'the database has tables');
    return Snapshot.take(connection, (snapshot) => pack(snapshot, options));
  });
}

/** @param subject such as `the backup is` */
export function refuseNewer(done: readonly string[], subject: string): void {
  const known = Object.keys(migrations);
  const unknown = done.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const message = `${subject} of a newer DataMaker: this one does not know ${unknown.join(', ')}`;
  throw new BackupError('newer_schema', message, 'use that version of the program');
}

async function pack(snapshot: Snapshot, options: WriteOptions): Promise<Manifest> {
  const zip = new yazl.ZipFile();
  const archive = zip.outputStream as Readable;
  zip.on('error', (error: Error) => archive.destroy(error));
  // Whoever reads it is told of its errors; those that come later are consequences of the first.
  archive.on('error', () => undefined);
  const stop = new AbortController();
  let fault: unknown;
  const failed = (error: unknown): void => {
    fault ??= error;
    // When the one fails the other must not wait for it.
    archive.destroy();
    stop.abort();
  };
  const write = async (): Promise<void> => {
    for await (const chunk of archive as AsyncIterable<Uint8Array>) {
      options.signal?.throwIfAborted();
      await options.write(chunk);
    }
  };
  // Both have ended when this returns: nothing is written afterwards.
  const [manifest] = await Promise.all([
    addParts(zip, snapshot, options, stop.signal).catch(failed),
    write().catch(failed),
  ]);
  if (manifest === undefined || fault !== undefined) throw fault;
  return manifest;
}

async function addParts(
  zip: yazl.ZipFile,
  snapshot: Snapshot,
  options: WriteOptions,
  stop: AbortSignal,
): Promise<Manifest> {
  const { rows } = await sql<{ at: Date; version: string }>`
    SELECT now() AS at, current_setting('server_version') AS version`.execute(snapshot.db);
  const progress = { rows: 0, bytes: 0 };
  const add = (name: string, source: () => AsyncIterable<Uint8Array>) => addPart(zip, name, source, note, stop);
  const note = (bytes: number): void => {
    progress.bytes += bytes;
    options.onProgress?.(progress.rows, progress.bytes);
  };
  const tables: Manifest['tables'] = [];
  for (const table of snapshot.tables) {
    let count = 0;
    const source = snapshot.rowsOf(table);
    const sum = await add(partOfTable(table.name), async function* () {
      count = yield* source;
    });
    progress.rows += count;
    tables.push({ name: table.name, columns: [...table.columns], rows: count, ...sum });
  }
  const blobs: Manifest['blobs'] = [];
  for (const blob of await options.blobs.list(snapshot.db, snapshot.forEachWorkspace)) {
    const sum = await add(partOfBlob(blob.name), () => options.blobs.open(blob));
    if (sum.sha256 !== blob.sha256) {
      const message = `the bytes of ${blob.title} are not those that were uploaded`;
      throw new BackupError('blobs_missing', message, 'upload it again or delete it, then take the backup again');
    }
    blobs.push({ name: blob.name, ...sum });
  }
  const manifest: Manifest = {
    format: 'datamaker-backup',
    formatVersion: FORMAT_VERSION,
    productVersion: options.productVersion,
    takenAt: (rows[0]?.at ?? new Date()).toISOString(),
    postgresVersion: rows[0]?.version ?? '',
    keyFingerprint: options.keyFingerprint,
    masterKeys: tables.some(({ name }) => name === 'master_key') ? await masterKeyIds(snapshot.db) : [],
    migrations: await migrationsOf(snapshot.db),
    tables,
    sequences: await sequencesOf(snapshot.db, snapshot.tables),
    blobs,
  };
  const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  const sum = createHash('sha256').update(text).digest('hex');
  zip.addBuffer(text, MANIFEST, ENTRY);
  zip.addBuffer(Buffer.from(`${sum}  ${MANIFEST}\n`), MANIFEST_SUM, ENTRY);
  zip.end({ forceZip64Format: true, comment: '' });
  return manifest;
}

/** Adds a part that is read once it is its turn. @returns when it is read, what the manifest says of its bytes */
async function addPart(
  zip: yazl.ZipFile,
  name: string,
  source: () => AsyncIterable<Uint8Array>,
  note: (bytes: number) => void,
  stop: AbortSignal,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const stream = Readable.from(
    (async function* () {
      for await (const chunk of source()) {
        hash.update(chunk);
        bytes += chunk.length;
        note(chunk.length);
        yield chunk;
      }
    })(),
    { objectMode: false },
  );
  stream.on('error', () => undefined);
  zip.addReadStream(stream, name, ENTRY);
  await once(stream, 'end', { signal: stop });
  return { bytes, sha256: hash.digest('hex') };
}
