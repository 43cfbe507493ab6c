import { KeptBlobs } from './kept-blobs.ts';
import { keyFingerprint } from './key-fingerprint.ts';
import type { Manifest } from './manifest.ts';
import { type DataPlace, toRead } from './reach-database.ts';
import { type WriteOptions, writeBackup } from './write-backup.ts';

export type BackUpOptions = Omit<WriteOptions, 'keyFingerprint' | 'blobs'> & Partial<Pick<WriteOptions, 'blobs'>>;

/**
 * Backs up what a server knows, while it runs or not: rows, and the bytes of files. The files `secret` and `master-keys` are not in it: who finds a backup could otherwise make keys
 * and open what is sealed.
 * @throws BackupError
 */
export async function backUp(place: DataPlace, options: BackUpOptions): Promise<Manifest> {
  const fingerprint = await keyFingerprint(place.dataDirectory);
  const blobs = new KeptBlobs(place);
  return toRead(place, (location) => writeBackup(location, { blobs, ...options, keyFingerprint: fingerprint }));
}
