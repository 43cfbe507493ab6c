import { createHash } from 'node:crypto';
import { open as openFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import yauzl from 'yauzl';
import { BackupError } from './backup-error.ts';
import {
  FORMAT_VERSION,
  MANIFEST,
  MANIFEST_SUM,
  type Manifest,
  manifestSchema,
  partOfBlob,
  partOfTable,
} from './manifest.ts';

/** How a ZIP archive begins (APPNOTE.TXT, 4.3.7). */
const MAGIC = Buffer.from('PK\u0003\u0004', 'latin1');

/** Of a server with a thousand times the tables. */
const MAX_MANIFEST_BYTES = 256 * 1024 * 1024;

type Part = { readonly bytes: number; readonly sha256: string };

/** A backup on disk. Nothing that it gives is used before it has been held against its sum. */
export class BackupFile {
  readonly manifest: Manifest;
  readonly #zip: yauzl.ZipFile;
  readonly #entries: ReadonlyMap<string, yauzl.Entry>;

  private constructor(zip: yauzl.ZipFile, entries: ReadonlyMap<string, yauzl.Entry>, manifest: Manifest) {
    this.#zip = zip;
    this.#entries = entries;
    this.manifest = manifest;
  }

  /** Opens a backup and reads what it says of itself. @throws BackupError; an error of the system when there is no such file */
  static async open(path: string): Promise<BackupFile> {
    await assertMagic(path);
    const zip = await yauzl.openPromise(path, { autoClose: false, lazyEntries: true }).catch((cause: unknown) => {
      throw damaged('it ends too early', cause);
    });
    try {
      const entries = new Map<string, yauzl.Entry>();
      for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
      return new BackupFile(zip, entries, await readManifest(zip, entries));
    } catch (error) {
      zip.close();
      throw error instanceof BackupError ? error : damaged('its list of parts cannot be read', error);
    }
  }

  close(): void {
    this.#zip.close();
  }

  /** Reads all of it. @throws BackupError for anything that is not as it was written */
  async verify(onProgress: (bytes: number) => void, signal: AbortSignal | undefined): Promise<void> {
    let bytes = 0;
    for (const [name, part] of this.#parts()) {
      for await (const chunk of this.#read(name, part)) {
        signal?.throwIfAborted();
        bytes += chunk.length;
        onProgress(bytes);
      }
    }
  }

  /** Rows of a table. The stream fails at its end when the bytes were not those that were written. */
  openTable(table: Manifest['tables'][number]): Readable {
    return Readable.from(this.#read(partOfTable(table.name), table), { objectMode: false });
  }

  openBlob(blob: Manifest['blobs'][number]): Readable {
    return Readable.from(this.#read(partOfBlob(blob.name), blob), { objectMode: false });
  }

  *#parts(): Generator<[string, Part]> {
    for (const table of this.manifest.tables) yield [partOfTable(table.name), table];
    for (const blob of this.manifest.blobs) yield [partOfBlob(blob.name), blob];
  }

  async *#read(name: string, { bytes, sha256 }: Part): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw damaged(`${name} is missing`);
    const hash = createHash('sha256');
    let read = 0;
    for await (const chunk of contentOf(this.#zip, entry)) {
      hash.update(chunk);
      read += chunk.length;
      yield chunk;
    }
    if (read !== bytes || hash.digest('hex') !== sha256) throw damaged(`${name} is not what was written`);
  }
}

async function* contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Buffer> {
  try {
    yield* (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    throw damaged(`${entry.fileName} cannot be unpacked`, error);
  }
}

async function readManifest(zip: yauzl.ZipFile, entries: ReadonlyMap<string, yauzl.Entry>): Promise<Manifest> {
  const [entry, sumEntry] = [entries.get(MANIFEST), entries.get(MANIFEST_SUM)];
  if (entry === undefined || sumEntry === undefined) throw notABackup('it has no manifest');
  if (entry.uncompressedSize > MAX_MANIFEST_BYTES) throw damaged(`${MANIFEST} is too large`);
  const said = await text(contentOf(zip, entry));
  const sum = await text(contentOf(zip, sumEntry));
  if (sum.trim() !== `${createHash('sha256').update(said).digest('hex')}  ${MANIFEST}`) {
    throw damaged(`${MANIFEST} is not what was written`);
  }
  const json = JSON.parse(said) as { format?: unknown; formatVersion?: unknown };
  if (json.format !== 'datamaker-backup') throw notABackup('its manifest is of something else');
  if (typeof json.formatVersion === 'number' && json.formatVersion > FORMAT_VERSION) {
    const message = `the backup has format ${json.formatVersion}, and this program knows ${FORMAT_VERSION}`;
    throw new BackupError(
      'unknown_backup_format',
      message,
      'use the version of the program that made it, or a newer one',
    );
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) throw damaged(`${MANIFEST} is incomplete`, parsed.error);
  return parsed.data;
}

async function assertMagic(path: string): Promise<void> {
  const file = await openFile(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    if (bytesRead === 0) throw damaged('it is empty');
    if (!buffer.equals(MAGIC)) throw notABackup('it is no ZIP archive');
  } finally {
    await file.close();
  }
}

export const damaged = (what: string, cause?: unknown): BackupError =>
  new BackupError(
    'damaged_backup',
    `the backup is damaged: ${what}`,
    'use another copy of it, or an older backup',
    cause,
  );

const notABackup = (what: string): BackupError =>
  new BackupError(
    'not_a_backup',
    `the file is not a backup of DataMaker: ${what}`,
    'name a file that `datamaker backup` has made',
  );
