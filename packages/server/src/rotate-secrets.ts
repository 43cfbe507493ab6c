import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { locateDatabase } from './locate-database.ts';
import { type MasterKeySettings, readMasterKeys } from './open-master-keys.ts';
import { type MasterKey, newMasterKey } from './security/master-key.ts';
import { MASTER_KEYS, MasterKeyFile } from './security/master-key-file.ts';
import { type RotationCounts, SecretRotation } from './services/secrets/secret-rotation.ts';
import { StartError } from './start-error.ts';
import { masterKeyIds, whileRotating } from './store/data-keys.ts';
import { connect, type Store } from './store/open-store.ts';
import { pendingMigrations } from './store/pending-migrations.ts';

export interface RotateOptions extends MasterKeySettings {
  /** Default `.datamaker`. */
  readonly dataDirectory?: string;
  /** A PostgreSQL in place of the bundled one. */
  readonly databaseUrl?: string;
  /** Whether values are sealed anew with new data keys, too. */
  readonly dataKeys?: boolean;
  /** Whether the file forgets the keys before: backups that need them can be restored no more. */
  readonly forget?: boolean;
}

export interface Rotated extends RotationCounts {
  /** The id of the key that all is under now. */
  readonly masterKey: string;
  /** Ids of keys that the data need no more. */
  readonly before: readonly string[];
  /** Where the keys are; undefined: in the settings. */
  readonly file: string | undefined;
  /** Whether it went on with what was begun before. */
  readonly resumed: boolean;
}

/**
 * Brings all secrets under a new master key, whether a server runs or not. With keys in the settings, under the first of them; with
 * a file, under one that is made and put into it first. What was begun and not finished is finished.
 * @throws StartError with one line that says what to do
 */
export async function rotateSecrets(options: RotateOptions = {}): Promise<Rotated> {
  const dataDirectory = resolve(options.dataDirectory ?? '.datamaker');
  await access(dataDirectory).catch(() => {
    throw new StartError(`There is no data directory ${dataDirectory}.`);
  });
  const file = new MasterKeyFile(join(dataDirectory, MASTER_KEYS));
  await readMasterKeys(options, file);
  const log = (line: string): void => console.error(`datamaker: ${line}`);
  const place = await locateDatabase(options.databaseUrl, dataDirectory, log);
  const store = connect(place.location, (error) => log(`a database connection broke: ${error.message}`));
  try {
    await refuseOtherTables(store);
    const rotated = await whileRotating(store, () => rotate(store, options, file));
    if (rotated === undefined) throw new StartError('The keys are being rotated by somebody else already.');
    return rotated;
  } finally {
    await store.destroy();
    await place.stop();
  }
}

async function rotate(store: Store, options: RotateOptions, file: MasterKeyFile): Promise<Rotated> {
  const known = await readMasterKeys(options, file);
  const stored = await masterKeyIds(store);
  const absent = stored.filter((id) => !known.some((key) => key.id === id));
  if (absent.length > 0) {
    throw new StartError(`Secrets are stored under the master key ${absent.join(', ')}, which is not here.`);
  }
  const inFile = options.masterKey === undefined;
  const isBegun = stored.length > 1 || (stored.length === 1 && stored[0] !== known[0]?.id);
  if (!inFile && !isBegun && stored.length === 1) {
    throw new StartError(
      'All secrets are under DATAMAKER_MASTER_KEY already: set it to a new key, and DATAMAKER_MASTER_KEY_PREVIOUS to this one.',
    );
  }
  const keys = inFile && !isBegun ? [newMasterKey(), ...known] : known;
  // Before anything is wrapped with it.
  if (keys !== known) await file.write(keys);
  const rotation = new SecretRotation(store, keys as [MasterKey, ...MasterKey[]]);
  await rotation.run(options.dataKeys ?? false);
  if (options.forget) await (inFile ? file.write(keys.slice(0, 1)) : file.remove());
  const [{ id: masterKey }, ...before] = keys as [MasterKey, ...MasterKey[]];
  return {
    ...rotation.counts,
    masterKey,
    before: before.map(({ id }) => id),
    file: inFile ? file.path : undefined,
    resumed: isBegun && inFile,
  };
}

async function refuseOtherTables(store: Store): Promise<void> {
  let pending: string[];
  try {
    pending = await pendingMigrations(store);
  } catch (error) {
    throw new StartError(`The database cannot be used: ${(error as Error).message}`);
  }
  if (pending.length > 0)
    throw new StartError('The tables are of an older version: start the server once, then rotate.');
}
