import type { Readable } from 'node:stream';
import { sql } from 'kysely';
import { newId } from '../ids.ts';
import { recordAct } from './audit.ts';
import { mayRemoveBytes } from './backup/backup-lock.ts';
import type { BlobStore } from './blobs/blob-store.ts';
import type { Principal } from './keys.ts';
import type { Store } from './open-store.ts';
import type { Tenant } from './tenant.ts';

/** A file of a project. */
export interface StoredFile {
  readonly id: string;
  readonly workspaceId: string;
  readonly ordinal: string;
  readonly name: string;
  readonly blobId: string;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly contentType: string;
  readonly kind: string;
  readonly createdAt: Date;
  readonly uploadedAt: Date;
  readonly uploadedBy: string;
}

/** What a file is made of. */
export type FileContent = Pick<StoredFile, 'name' | 'blobId' | 'bytes' | 'sha256' | 'contentType' | 'kind'>;

/** What the files of a workspace take. */
export interface FileUsage {
  readonly files: number;
  /** With what programs made for its pushes, parts of its jobs, and rows of its sets, as lines of JSON. */
  readonly bytes: number;
  /** Of sets that were deleted and can be restored. */
  readonly deleted: number;
  /** What uploads that are under way may come to. */
  readonly writing: number;
}

/** Throws when the workspace may not have that. */
export type Allow = (usage: FileUsage) => void;

/** The files of one project: every query is bound to it. */
export class FileStore {
  readonly #tenant: Tenant;
  readonly #projectId: string;

  constructor(tenant: Tenant, projectId: string) {
    this.#tenant = tenant;
    this.#projectId = projectId;
  }

  #files(tx: Store) {
    return tx
      .selectFrom('workspace_file')
      .where('project_id', '=', this.#projectId)
      .select([
        'id',
        'workspace_id as workspaceId',
        'ordinal',
        'name',
        'blob_id as blobId',
        'byte_count',
        'sha256',
        'content_type as contentType',
        'kind',
        'created_at as createdAt',
        'uploaded_at as uploadedAt',
        'uploaded_by as uploadedBy',
      ]);
  }

  /** The newest first, those before `before` in order of creation. */
  list(limit: number, before: string | undefined): Promise<StoredFile[]> {
    return this.#tenant(async (tx) => {
      const query = this.#files(tx).orderBy('ordinal', 'desc').limit(limit);
      const found = await (before === undefined ? query : query.where('ordinal', '<', before)).execute();
      return found.map(toFile);
    });
  }

  async count(): Promise<number> {
    const { total } = await this.#tenant((tx) =>
      tx
        .selectFrom('workspace_file')
        .where('project_id', '=', this.#projectId)
        .select(sql<string>`count(*)`.as('total'))
        .executeTakeFirstOrThrow(),
    );
    return Number(total);
  }

  find(name: string): Promise<StoredFile | undefined> {
    return this.#tenant(async (tx) => {
      const found = await this.#files(tx).where('name', '=', name).executeTakeFirst();
      return found && toFile(found);
    });
  }

  /** The bytes of a file; both ends of a range are inclusive. @throws BlobGone when it was replaced meanwhile */
  async open(file: StoredFile, range?: { readonly start: number; readonly end: number }): Promise<Readable> {
    return blobsOf(this.#tenant).open(`${file.workspaceId}/${file.blobId}`, range);
  }

  /**
   * Notes an upload before its first byte is kept: what it leaves behind, should the server die, is found by this.
   * @param bytes what it may come to
   * @returns the id of its blob
   */
  begin(bytes: number, allow: Allow, author: Principal): Promise<string> {
    return this.#tenant(async (tx) => {
      await lockFiles(tx, author.workspaceId);
      allow(await usageOf(tx));
      const id = newId('blob');
      const values = { id, workspace_id: author.workspaceId, state: 'writing' as const, byte_count: String(bytes) };
      await tx.insertInto('file_blob').values(values).execute();
      return id;
    });
  }

  /** Makes a blob a file, in place of one with its name. @returns the file, and whether one was replaced */
  keep(content: FileContent, allow: Allow, author: Principal): Promise<{ file: StoredFile; replaced: boolean }> {
    return this.#tenant(async (tx) => {
      await lockFiles(tx, author.workspaceId);
      const old = await this.#files(tx).where('name', '=', content.name).executeTakeFirst();
      const usage = await usageOf(tx);
      const left = { files: usage.files - (old ? 1 : 0), bytes: usage.bytes - Number(old?.byte_count ?? 0) };
      allow({ ...usage, ...left, writing: 0 });
      const kept = await tx
        .updateTable('file_blob')
        .set({ state: 'kept', byte_count: String(content.bytes), changed_at: sql`now()` })
        .where('id', '=', content.blobId)
        .where('state', '=', 'writing')
        .executeTakeFirst();
      if (kept.numUpdatedRows !== 1n) throw new Error(`upload ${content.blobId} took too long and was swept`);
      const values = {
        blob_id: content.blobId,
        byte_count: String(content.bytes),
        sha256: content.sha256,
        content_type: content.contentType,
        kind: content.kind,
        uploaded_by: author.personId,
      };
      const id = old?.id ?? newId('file');
      if (old === undefined) {
        const place = { id, workspace_id: author.workspaceId, project_id: this.#projectId, name: content.name };
        await tx
          .insertInto('workspace_file')
          .values({ ...place, ...values })
          .execute();
      } else {
        await tx
          .updateTable('workspace_file')
          .set({ ...values, uploaded_at: sql`now()` })
          .where('id', '=', id)
          .execute();
        await doom(tx, old.blobId);
      }
      const details = { name: content.name, bytes: content.bytes, replaced: old !== undefined };
      await recordAct(tx, author, { action: 'file.uploaded', subjectId: id, details });
      const file = await this.#files(tx).where('id', '=', id).executeTakeFirstOrThrow();
      return { file: toFile(file), replaced: old !== undefined };
    });
  }

  /** @returns false when there is none */
  delete(name: string, author: Principal): Promise<boolean> {
    return this.#tenant(async (tx) => {
      const deleted = await tx
        .deleteFrom('workspace_file')
        .where('project_id', '=', this.#projectId)
        .where('name', '=', name)
        .returning(['id', 'blob_id'])
        .executeTakeFirst();
      if (deleted === undefined) return false;
      await doom(tx, deleted.blob_id);
      await recordAct(tx, author, { action: 'file.deleted', subjectId: deleted.id, details: { name } });
      return true;
    });
  }

  /** Gives up an upload: its bytes may go. One that another transaction still holds is left to be swept as stale. */
  abandon(blobId: string): Promise<void> {
    return this.#tenant(async (tx) => {
      const free = tx.selectFrom('file_blob').where('id', '=', blobId).select('id').forUpdate().skipLocked();
      if ((await free.executeTakeFirst()) !== undefined) await doom(tx, blobId);
    });
  }
}

/** An upload that was not heard of for so long died with its server. */
const STALE_HOURS = 6;
/** Bytes that are removed in one go. */
const MOST_SWEPT = 1000;

/**
 * Removes bytes that belong to no file any more, in a workspace: first the bytes, then the note of them, so that none is
 * forgotten. Any number of servers may do it at once. While a backup is being taken all bytes stay, until the next time.
 * @param signal ends it after the bytes that it is at
 * @returns whether there may be more that may go
 */
export async function sweepBlobs(tenant: Tenant, workspaceId: string, signal?: AbortSignal): Promise<boolean> {
  await tenant((tx) =>
    tx
      .updateTable('file_blob')
      .set({ state: 'doomed' })
      .where('state', '=', 'writing')
      .where('changed_at', '<', sql<Date>`now() - make_interval(hours => ${STALE_HOURS})`)
      .execute(),
  );
  const doomed = await tenant((tx) =>
    tx.selectFrom('file_blob').where('state', '=', 'doomed').select('id').limit(MOST_SWEPT).execute(),
  );
  for (const { id } of doomed) {
    if (signal?.aborted) return false;
    const isAllowed = await tenant(async (tx) => {
      if (!(await mayRemoveBytes(tx))) return false;
      await blobsOf(tenant).remove(`${workspaceId}/${id}`);
      await tx.deleteFrom('file_blob').where('id', '=', id).where('state', '=', 'doomed').execute();
      return true;
    });
    if (!isAllowed) return false;
  }
  return doomed.length === MOST_SWEPT;
}

/** Of the workspace of the transaction. */
export async function usageOf(tx: Store): Promise<FileUsage> {
  const { files, bytes } = await tx
    .selectFrom('workspace_file')
    .select([sql<string>`count(*)`.as('files'), sql<string>`coalesce(sum(byte_count), 0)`.as('bytes')])
    .executeTakeFirstOrThrow();
  const { writing } = await tx
    .selectFrom('file_blob')
    .where('state', '=', 'writing')
    .select(sql<string>`coalesce(sum(byte_count), 0)`.as('writing'))
    .executeTakeFirstOrThrow();
  const { values } = await tx
    .selectFrom('push_receipt')
    .where('values_blob_id', 'is not', null)
    .select(sql<string>`coalesce(sum(values_bytes), 0)`.as('values'))
    .executeTakeFirstOrThrow();
  const { parts } = await tx
    .selectFrom('generation_job_part')
    .where('blob_id', 'is not', null)
    .select(sql<string>`coalesce(sum(byte_count), 0)`.as('parts'))
    .executeTakeFirstOrThrow();
  // By way of the sets: versions are found by theirs. A recipe takes next to nothing, however many rows it makes.
  const { rows, deleted } = await tx
    .selectFrom('saved_set')
    .innerJoin('set_version', 'set_version.set_id', 'saved_set.id')
    .where('set_version.recipe', 'is', null)
    .select([
      sql<string>`coalesce(sum(byte_count) FILTER (WHERE deleted_at IS NULL), 0)`.as('rows'),
      sql<string>`coalesce(sum(byte_count) FILTER (WHERE deleted_at IS NOT NULL), 0)`.as('deleted'),
    ])
    .executeTakeFirstOrThrow();
  return {
    files: Number(files),
    bytes: Number(bytes) + Number(values) + Number(parts) + Number(rows),
    deleted: Number(deleted),
    writing: Number(writing),
  };
}

/** Holds the transaction until no other counts the files of the workspace. */
export const lockFiles = (tx: Store, workspaceId: string): Promise<unknown> =>
  sql`SELECT pg_advisory_xact_lock(hashtextextended(${`files ${workspaceId}`}, 0))`.execute(tx);

/** Lets the bytes of a blob go, at the next sweep. */
export async function doom(tx: Store, blobId: string): Promise<void> {
  await tx.updateTable('file_blob').set({ state: 'doomed', changed_at: sql`now()` }).where('id', '=', blobId).execute();
}

function blobsOf({ blobs }: Tenant): BlobStore {
  if (blobs === undefined) throw new Error('there is no file store here');
  return blobs;
}

const toFile = ({ byte_count, ...rest }: Omit<StoredFile, 'bytes'> & { readonly byte_count: string }): StoredFile => ({
  ...rest,
  bytes: Number(byte_count),
});
