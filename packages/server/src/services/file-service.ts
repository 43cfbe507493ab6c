import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { ApiError, validationError } from '../errors.ts';
import type { Cursors } from '../security/cursor.ts';
import { BlobGone } from '../store/blobs/blob-store.ts';
import type { Spool, Spooled } from '../store/blobs/spool.ts';
import { FileStore, type FileUsage, type StoredFile, sweepBlobs } from '../store/files.ts';
import type { Principal } from '../store/keys.ts';
import type { Tenant } from '../store/tenant.ts';
import { FileLook } from './files/file-kind.ts';
import { checkRoom, checkUnderWay, type FileLimits } from './files/file-limits.ts';
import { problemOfFileName } from './names/check-name.ts';
import type { Page } from './template-service.ts';

/** Where files go. */
export interface FilePlaces {
  readonly spool: Spool;
  /** Most bytes of a file, whatever the plan says; default: what it says. */
  readonly maxFileBytes: number | undefined;
}

/** A file that has arrived, before it has a name. */
export interface Arrived extends Spooled {
  readonly kind: string;
  readonly contentType: string;
}

/** What an upload is known by. */
export type ArrivedAs = Pick<StoredFile, 'name' | 'sha256'>;

/** A file, and whether it is in place of another. */
export interface KeptFile {
  readonly file: StoredFile;
  readonly replaced: boolean;
}

/** Reads an upload. @returns its name */
type Receive = (arrive: (chunks: AsyncIterable<Uint8Array>) => Promise<void>) => Promise<string>;

/** Use-cases of workspace files, for one project. Whatever is not in it does not exist. */
export class FileService {
  readonly #tenant: Tenant;
  readonly #files: FileStore;
  readonly #principal: Principal;
  readonly #cursors: Cursors;
  readonly #places: FilePlaces;

  /** @param tenant transactions of their own: what is noted of bytes before they are written must hold whatever comes of the rest */
  constructor(tenant: Tenant, principal: Principal, cursors: Cursors, places: FilePlaces) {
    this.#tenant = tenant;
    this.#files = new FileStore(tenant, principal.projectId);
    this.#principal = principal;
    this.#cursors = cursors;
    this.#places = places;
  }

  async list(limit: number, cursor: string | undefined): Promise<Page<StoredFile>> {
    const scope = `files\0${this.#principal.projectId}`;
    const before = cursor === undefined ? undefined : this.#cursors.decode(scope, cursor);
    const [found, total] = await Promise.all([this.#files.list(limit + 1, before), this.#files.count()]);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const nextCursor = found.length > limit && last !== undefined ? this.#cursors.encode(scope, last.ordinal) : null;
    return { items, nextCursor, total };
  }

  /**
   * Takes an upload: all of it becomes a file, or nothing is left of it. No transaction is open while it arrives.
   * @param declared how many bytes the request says it has, if it does
   * @param receive reads the request: hands the file's bytes to `arrive`, and gives the name when all of it was read
   * @param settle is told what arrived and keeps it as a file, in the transaction that it likes; or does not
   * @throws ApiError payload_too_large, storage_quota_exceeded, validation_error
   */
  async upload<Settled>(
    declared: number | undefined,
    limits: FileLimits,
    receive: Receive,
    settle: (arrived: ArrivedAs, keep: (tenant: Tenant) => Promise<KeptFile>) => Promise<Settled>,
  ): Promise<Settled> {
    const reserved = Math.min(limits.fileBytes, declared ?? limits.fileBytes);
    const allow = (usage: FileUsage): void => checkUnderWay(limits, usage, reserved);
    const blobId = await this.#files.begin(reserved, allow, this.#principal);
    let arrived: Arrived | undefined;
    let kept = false;
    try {
      const name = await receive(async (chunks) => {
        arrived = await this.#arrive(chunks, limits);
      });
      checkName(name);
      if (arrived === undefined) throw missingFile();
      const content = { ...arrived, name, blobId };
      const blobs = this.#tenant.blobs;
      await blobs?.put(`${this.#principal.workspaceId}/${blobId}`, arrived.path, arrived.bytes, arrived.sha256);
      return await settle({ name, sha256: content.sha256 }, async (tenant) => {
        const files = new FileStore(tenant, this.#principal.projectId);
        const made = await files.keep(content, (usage) => checkRoom(limits, usage, content.bytes), this.#principal);
        // Whether the transaction is committed may stay unknown.
        kept = true;
        return made;
      });
    } finally {
      if (arrived !== undefined) await this.#places.spool.discard(arrived);
      if (!kept) await this.#files.abandon(blobId);
      await this.#sweep();
    }
  }

  /**
   * What an upload is, of which nothing is kept.
   * @throws ApiError payload_too_large, validation_error
   */
  async look({ fileBytes }: FileLimits, receive: Receive): Promise<ArrivedAs> {
    const digest = createHash('sha256');
    let bytes = 0;
    const name = await receive(async (chunks) => {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > fileBytes) throw tooLarge(fileBytes);
        digest.update(chunk);
      }
    });
    return { name, sha256: digest.digest() };
  }

  async #arrive(chunks: AsyncIterable<Uint8Array>, { fileBytes }: FileLimits): Promise<Arrived> {
    const look = new FileLook();
    let bytes = 0;
    const spooled = await this.#places.spool.write(chunks, (chunk) => {
      bytes += chunk.length;
      if (bytes > fileBytes) throw tooLarge(fileBytes);
      look.see(chunk);
    });
    const found = await look.kind();
    if (found !== undefined) return { ...spooled, ...found };
    await this.#places.spool.discard(spooled);
    const message = 'the file is neither a text (CSV, JSON, NDJSON, YAML or plain) nor an XLSX workbook';
    const hint = 'save texts as UTF-8; other kinds are not kept';
    throw validationError([{ code: 'unsupported_file_kind', pointer: '/file', message, hint }]);
  }

  /** @throws ApiError not_found */
  async find(name: string): Promise<StoredFile> {
    return (name.includes('\0') ? undefined : await this.#files.find(name)) ?? missing(name);
  }

  /** The bytes of a file. @throws ApiError not_found, when it was replaced or deleted since it was found */
  async open(file: StoredFile, range?: { readonly start: number; readonly end: number }): Promise<Readable> {
    try {
      return await this.#files.open(file, range);
    } catch (error) {
      if (!(error instanceof BlobGone)) throw error;
      const now = await this.#files.find(file.name);
      if (now?.blobId === file.blobId) throw error;
      throw new ApiError('not_found', 'the file was replaced or deleted meanwhile: ask again');
    }
  }

  /** @throws ApiError not_found */
  async delete(name: string): Promise<void> {
    if (name.includes('\0') || !(await this.#files.delete(name, this.#principal))) missing(name);
    await this.#sweep();
  }

  /** What cannot be removed now is removed later: that is no concern of whoever asked. */
  async #sweep(): Promise<void> {
    await sweepBlobs(this.#tenant, this.#principal.workspaceId).catch(() => undefined);
  }
}

export const tooLarge = (fileBytes: number): ApiError =>
  new ApiError('payload_too_large', `a file has at most ${fileBytes} bytes`);

export const missingFile = (): ApiError =>
  validationError([
    { code: 'missing_file', pointer: '/file', message: 'there is no part with a file', hint: 'send it as `file`' },
  ]);

function checkName(name: string): void {
  const problem = problemOfFileName(name, '/name');
  if (problem !== undefined) throw validationError([problem]);
}

function missing(name: string): never {
  throw new ApiError('not_found', `there is no file ${JSON.stringify(name.slice(0, 80))}`);
}
