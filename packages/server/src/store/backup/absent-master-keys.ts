import { join } from 'node:path';
import { type MasterKeySettings, readMasterKeys } from '../../open-master-keys.ts';
import { MASTER_KEYS, MasterKeyFile } from '../../security/master-key-file.ts';
import { StartError } from '../../start-error.ts';
import { BackupError } from './backup-error.ts';

/**
 * Those of the master keys with some ids that are not at hand, neither in settings nor in the file of a data directory.
 * @throws BackupError when what is there cannot be read
 */
export async function absentMasterKeys(
  ids: readonly string[],
  dataDirectory: string,
  settings: MasterKeySettings,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const file = new MasterKeyFile(join(dataDirectory, MASTER_KEYS));
  const known = await readMasterKeys(settings, file).catch((error: unknown) => {
    if (!(error instanceof StartError)) throw error;
    throw new BackupError('master_key_missing', error.message, 'see to that and try again', error);
  });
  return ids.filter((id) => !known.some((key) => key.id === id));
}

/** @throws BackupError when there are any */
export function refuseAbsent(absent: readonly string[], dataDirectory: string): void {
  if (absent.length === 0) return;
  const message = `secrets in the backup are sealed under the master key ${absent.join(', ')}, which is not here`;
  const hint = `copy the file \`${MASTER_KEYS}\` of the server that was backed up to ${join(dataDirectory, MASTER_KEYS)}, or set $DATAMAKER_MASTER_KEY to the key; without it, --without-key restores everything else and removes those secrets`;
  throw new BackupError('master_key_missing', message, hint);
}
