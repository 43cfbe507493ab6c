import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { sql } from 'kysely';
import { BLOB_KEY, BlobGone, type BlobStore, BlobsUnavailable } from '../blobs/blob-store.ts';
import { LocalBlobs } from '../blobs/local-blobs.ts';
import { S3Blobs } from '../blobs/s3-blobs.ts';
import { Spool } from '../blobs/spool.ts';
import type { Store } from '../open-store.ts';
import { BackupError } from './backup-error.ts';
import { damaged } from './backup-file.ts';
import type { BlobSource, BlobTarget, NamedBlob } from './blobs.ts';
import type { DataPlace } from './reach-database.ts';

/** What runs made, as long as it is kept. */
const OUTPUTS = sql`
  SELECT workspace_id || '/' || blob_id, byte_count, output ->> 'sha256',
         format('the output of %s of the project %s', id, project_id)
    FROM public.run WHERE blob_id IS NOT NULL`;

/** What runs wrote, as long as it is kept. */
const LOGS = sql`
  SELECT run_log_chunk.workspace_id || '/' || blob_id, byte_count, encode(sha256, 'hex'), format('the log of %s', run_id)
    FROM public.run_log_chunk`;

/** What was answered to scripts of runs, as long as their logs. */
const RECORDS = sql`
  SELECT run_record.workspace_id || '/' || blob_id, byte_count, encode(sha256, 'hex'), format('the record of %s', run_id)
    FROM public.run_record`;

/** What programs made for rows of pushes, as long as these can be made again. */
const VALUES = sql`
  SELECT workspace_id || '/' || values_blob_id, values_bytes, encode(values_sha256, 'hex'), format('the values of %s', run_id)
    FROM public.push_receipt WHERE values_blob_id IS NOT NULL`;

/** Parts of jobs, as long as they are kept. */
const PARTS = sql`
  SELECT workspace_id || '/' || blob_id, byte_count, encode(sha256, 'hex'), format('part %s of the job %s', number, run_id)
    FROM public.generation_job_part WHERE blob_id IS NOT NULL`;

const NOTHING = { files: false, runs: false, logs: false, records: false, values: false, parts: false };

/** The bytes of workspace files, of outputs, logs, records, values and parts, where a server keeps them. */
export class KeptBlobs implements BlobSource, BlobTarget {
  readonly #blobs: BlobStore;
  readonly #spoolFolder: string;
  #spool: Promise<Spool> | undefined;

  constructor({ dataDirectory, s3 }: DataPlace) {
    this.#blobs = s3 === undefined ? new LocalBlobs(join(dataDirectory, 'files')) : new S3Blobs(s3);
    this.#spoolFolder = join(dataDirectory, 'spool');
  }

  async list(
    snapshot: Store,
    forEachWorkspace: (use: () => Promise<void>) => Promise<void>,
  ): Promise<readonly NamedBlob[]> {
    const { rows: there } = await sql<{
      files: boolean;
      runs: boolean;
      logs: boolean;
      records: boolean;
      values: boolean;
      parts: boolean;
    }>`
      SELECT to_regclass('public.workspace_file') IS NOT NULL AS files, to_regclass('public.run') IS NOT NULL AS runs,
             to_regclass('public.run_log_chunk') IS NOT NULL AS logs,
             to_regclass('public.run_record') IS NOT NULL AS records,
             to_regclass('public.generation_job_part') IS NOT NULL AS parts,
             EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.push_receipt') AND attname = 'values_blob_id')
               AS values`.execute(snapshot);
    const [{ files, runs, logs, records, values, parts } = NOTHING] = there;
    if (!files) return [];
    // Those of a store of before runs or logs were kept there are none of.
    const ofRuns = runs ? sql`UNION ALL ${OUTPUTS}` : sql``;
    const ofLogs = logs ? sql`UNION ALL ${LOGS}` : sql``;
    const ofRecords = records ? sql`UNION ALL ${RECORDS}` : sql``;
    const ofPushes = values ? sql`UNION ALL ${VALUES}` : sql``;
    const ofJobs = parts ? sql`UNION ALL ${PARTS}` : sql``;
    const found: NamedBlob[] = [];
    await forEachWorkspace(async () => {
      const { rows } = await sql<Omit<NamedBlob, 'bytes'> & { bytes: string }>`
        SELECT workspace_id || '/' || blob_id AS name, byte_count AS bytes, encode(sha256, 'hex') AS sha256,
               format('the file %s of the project %s', to_json(name), project_id) AS title
          FROM public.workspace_file ${ofRuns} ${ofLogs} ${ofRecords} ${ofPushes} ${ofJobs} ORDER BY 1`.execute(
        snapshot,
      );
      for (const row of rows) found.push({ ...row, bytes: Number(row.bytes) });
    });
    return found;
  }

  async *open({ name, title }: NamedBlob): AsyncGenerator<Uint8Array> {
    try {
      yield* (await this.#blobs.open(name)) as AsyncIterable<Uint8Array>;
    } catch (error) {
      if (!(error instanceof BlobGone)) throw unavailable(error);
      const hint = 'upload it again or delete it, then take the backup again';
      throw new BackupError('blobs_missing', `the bytes of ${title} are not there`, hint, error);
    }
  }

  async put({ name, sha256 }: Omit<NamedBlob, 'title'>, bytes: Readable): Promise<boolean> {
    if (!BLOB_KEY.test(name)) throw damaged(`${JSON.stringify(name)} is no name of bytes`);
    const there = await this.#sumOf(name);
    if (there === sha256) return false;
    this.#spool ??= Spool.open(this.#spoolFolder).catch((error: unknown) => Promise.reject(unavailable(error)));
    const spool = await this.#spool;
    const spooled = await spool.write(bytes, () => undefined).catch(told);
    try {
      await this.#blobs.put(name, spooled.path, spooled.bytes, spooled.sha256).catch(told);
    } finally {
      await spool.discard(spooled);
    }
    return there === undefined;
  }

  remove = (name: string): Promise<void> => this.#blobs.remove(name);

  /** Removes what it has used on the way. */
  async close(): Promise<void> {
    await (await this.#spool?.catch(() => undefined))?.close();
  }

  /** The SHA-256 of what is there under a name; undefined: nothing. */
  async #sumOf(name: string): Promise<string | undefined> {
    const digest = createHash('sha256');
    try {
      for await (const chunk of await this.#blobs.open(name)) digest.update(chunk);
    } catch (error) {
      if (error instanceof BlobGone) return undefined;
      throw unavailable(error);
    }
    return digest.digest('hex');
  }
}

/** What the file store says goes into an error of ours; what else went wrong is not its doing. */
function told(error: unknown): never {
  throw error instanceof BlobsUnavailable ? unavailable(error) : error;
}

function unavailable(error: unknown): BackupError {
  const { message, name } = ((error as Error).cause ?? error) as Error;
  const hint = 'see that it can be reached, and that $DATAMAKER_S3_BUCKET and the like are those of the server';
  return new BackupError('blobs_unavailable', `the file store cannot be used: ${message || name}`, hint, error);
}
