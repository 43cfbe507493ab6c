import type { Readable } from 'node:stream';
import { ApiError } from '../../errors.ts';

/** Only ids that the server made: no name of a client comes near a path. */
export const BLOB_KEY = /^ws_[0-9a-z]{20,26}\/blob_[0-9a-z]{20,26}$/;
export const WORKSPACE_KEY = /^ws_[0-9a-z]{20,26}$/;

/** What a store tells of a blob. */
export interface BlobLook {
  readonly bytes: number;
  /** Undefined: it does not know. */
  readonly sha256?: Buffer;
}

/** Where the bytes of files are kept, by names that the server makes: `workspace/blob`. */
export interface BlobStore {
  /**
   * Keeps what is in a local file, which goes away. When it returns, the bytes survive a crash.
   * @param bytes how many there are
   * @param sha256 of all of them
   */
  put(key: string, path: string, bytes: number, sha256: Buffer): Promise<void>;
  /** Bytes from `start` to `end`, both inclusive; default: all. @throws BlobGone */
  open(key: string, range?: { readonly start: number; readonly end: number }): Promise<Readable>;
  /** What is there under a key, as the store tells it without reading all of it; undefined: nothing. */
  look(key: string): Promise<BlobLook | undefined>;
  /** Removes it; fine when it is not there. */
  remove(key: string): Promise<void>;
  /** Removes what is left of a workspace whose blobs were removed, such as its folder. */
  forget(workspaceId: string): Promise<void>;
}

/** The bytes that a file should have are not there. */
export class BlobGone extends Error {
  constructor(key: string) {
    super(`the bytes of ${key} are not in the file store`);
  }
}

/** The file store takes or gives nothing at the moment: clients see that, the log sees why. */
export class BlobsUnavailable extends ApiError {
  constructor(cause: unknown) {
    super(
      'unavailable',
      isDiskFull(cause)
        ? 'there is no room left where the server keeps files: remove some, or have the disk made larger'
        : 'the file store cannot be reached at the moment; try again',
    );
    this.cause = cause;
  }
}

/** Whether something failed for want of room on a disk, or of a quota. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
