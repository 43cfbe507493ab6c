import type { Readable } from 'node:stream';
import type { Store } from '../open-store.ts';

/** Where a backup takes bytes from that rows only name. */
export interface BlobSource {
  /**
   * Names of those that the rows of a snapshot name, each like `folder/name`. Rows that are hidden unless their workspace is
   * named are asked for workspace by workspace, as `forEachWorkspace` does.
   */
  names(snapshot: Store, forEachWorkspace: (use: () => Promise<void>) => Promise<void>): Promise<readonly string[]>;
  open(name: string): Promise<Readable>;
}

/** Where a restore puts them. */
export interface BlobTarget {
  /** Takes all bytes; when it returns they survive a crash. What is there already under the name is replaced by the same. */
  put(name: string, bytes: Readable): Promise<void>;
  /** Takes one back that `put` has taken, because the restore has failed. */
  remove(name: string): Promise<void>;
}

/**
 * Held shared by a backup from before its snapshot to its end: whoever removes bytes for good does it only while nobody holds
 * this (`pg_try_advisory_xact_lock`), else a row of the snapshot could name bytes that are gone. Any number will do, as long as
 * nothing else in the database uses it.
 */
export const BACKUP_LOCK = 4_715_208_133n;
