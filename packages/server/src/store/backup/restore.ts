import { join } from 'node:path';
import type { MasterKeySettings } from '../../open-master-keys.ts';
import { migrations } from '../migrations/index.ts';
import { openStore } from '../open-store.ts';
import { absentMasterKeys, refuseAbsent } from './absent-master-keys.ts';
import { BackupError } from './backup-error.ts';
import { BackupFile, damaged } from './backup-file.ts';
import type { BlobTarget } from './blobs.ts';
import { KeptBlobs } from './kept-blobs.ts';
import { keyFingerprint } from './key-fingerprint.ts';
import { type LoadOptions, loadBackup } from './load-backup.ts';
import type { Manifest } from './manifest.ts';
import { type DataPlace, toReplace } from './reach-database.ts';
import { refuseNewer } from './write-backup.ts';

export interface RestoreOptions extends Omit<LoadOptions, 'onProgress' | 'blobs' | 'lostMasterKeys'> {
  /** Default: where the server of the place keeps files. */
  readonly blobs?: BlobTarget;
  /** Whether keys may be lost that only another server's secret fits, and secrets that only another master key opens. */
  readonly withoutKey: boolean;
  /** Master keys beside those in the file of the place. */
  readonly masterKeys?: MasterKeySettings;
  /** Told how far it is: first all of the backup is checked, then it is loaded. */
  readonly onProgress?: ((step: 'check' | 'load', bytes: number, total: number) => void) | undefined;
}

export interface Restored {
  readonly manifest: Manifest;
  /** Migrations that have run on the rows of an older backup. */
  readonly migrated: readonly string[];
  /** How many secrets were removed because their master key is not here. */
  readonly lostSecrets: number;
}

/**
 * Puts a backup where a server will find it. The whole file is checked first; then all of it is loaded in one transaction, so that
 * there is either all or what was there before.
 * @throws BackupError; an error of the system when there is no such file
 */
export async function restore(path: string, place: DataPlace, options: RestoreOptions): Promise<Restored> {
  const { onProgress, signal } = options;
  const backup = await BackupFile.open(path);
  const kept = new KeptBlobs(place);
  try {
    const { manifest } = backup;
    refuseSchema(manifest.migrations);
    if (!options.withoutKey) await refuseKey(manifest.keyFingerprint, place.dataDirectory);
    const lostMasterKeys = await absentMasterKeys(manifest.masterKeys, place.dataDirectory, options.masterKeys ?? {});
    if (!options.withoutKey) refuseAbsent(lostMasterKeys, place.dataDirectory);
    const total = [...manifest.tables, ...manifest.blobs].reduce((sum, { bytes }) => sum + bytes, 0);
    await backup.verify((bytes) => onProgress?.('check', bytes, total), signal);
    const { lostSecrets } = await toReplace(place, async (location) => {
      const note = (bytes: number) => onProgress?.('load', bytes, total);
      const loaded = await loadBackup(location, backup, { blobs: kept, ...options, lostMasterKeys, onProgress: note });
      // What a server does at its start: it gives rights to the role that it works as.
      await (await openStore(location, () => undefined)).destroy();
      return loaded;
    });
    return { manifest, migrated: Object.keys(migrations).slice(manifest.migrations.length), lostSecrets };
  } finally {
    await kept.close();
    backup.close();
  }
}

function refuseSchema(done: readonly string[]): void {
  refuseNewer(done, 'the backup is');
  const ours = Object.keys(migrations).slice(0, done.length);
  if (JSON.stringify(ours) !== JSON.stringify(done)) throw damaged('its migrations are not those that lead to it');
}

/** Keys are kept as hashes that take the secret: with another one, none of them is known again. */
async function refuseKey(wanted: string | null, dataDirectory: string): Promise<void> {
  const found = await keyFingerprint(dataDirectory);
  if (wanted === null || wanted === found) return;
  const file = join(dataDirectory, 'secret');
  const hint = `copy the file \`secret\` of the server that was backed up to ${file}; without it, --without-key restores everything, but API keys, sessions and invites of then no longer work: start the server with $DATAMAKER_API_KEY once to have an owner's key`;
  if (found === null) throw new BackupError('key_missing', `there is no ${file}`, hint);
  throw new BackupError('key_differs', `${file} is of another server than the backup`, hint);
}
