import type { Readable } from 'node:stream';
import type { Store } from '../open-store.ts';

/** Bytes that a row names. */
export interface NamedBlob {
  /** Like `folder/name`. */
  readonly name: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
  /** What people know it as. */
  readonly title: string;
}

/** Where a backup takes bytes from that rows only name. */
export interface BlobSource {
  /**
   * Those that the rows of a snapshot name. Rows that are hidden unless their workspace is named are asked for workspace by
   * workspace, as `forEachWorkspace` does.
   */
  list(snapshot: Store, forEachWorkspace: (use: () => Promise<void>) => Promise<void>): Promise<readonly NamedBlob[]>;
  /** @throws BackupError blobs_missing, blobs_unavailable; the same while it is read */
  open(blob: NamedBlob): AsyncIterable<Uint8Array>;
}

/** Where a restore puts them. */
export interface BlobTarget {
  /**
   * Takes all bytes; when it returns they survive a crash. The same that are there already stay.
   * @returns whether there was nothing under the name before
   * @throws BackupError blobs_unavailable
   */
  put(blob: Omit<NamedBlob, 'title'>, bytes: Readable): Promise<boolean>;
  /** Removes bytes that nothing names: `put` has taken them and the restore has failed, or it has replaced what named them. */
  remove(name: string): Promise<void>;
}
