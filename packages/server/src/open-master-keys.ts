import { type MasterKey, parseMasterKey } from './security/master-key.ts';
import type { MasterKeyFile } from './security/master-key-file.ts';
import { MasterKeys } from './security/master-keys.ts';
import { StartError } from './start-error.ts';
import { masterKeyIds } from './store/data-keys.ts';
import type { Store } from './store/open-store.ts';

/** Master keys as settings give them; see `MASTER_KEY_VARIABLES`. */
export interface MasterKeySettings {
  /** 32 bytes in base64 or hexadecimal digits. */
  readonly masterKey?: string | undefined;
  /** The one before, while something is wrapped with it. */
  readonly previousMasterKey?: string | undefined;
}

/** The variables of the environment for each setting. */
export const MASTER_KEY_VARIABLES = {
  masterKey: 'DATAMAKER_MASTER_KEY',
  previousMasterKey: 'DATAMAKER_MASTER_KEY_PREVIOUS',
} as const;

/** The keys of the settings, the newest first. @throws StartError that shows none of them */
export function givenMasterKeys(settings: MasterKeySettings): MasterKey[] {
  const keys = (['masterKey', 'previousMasterKey'] as const).flatMap((name) => {
    const text = settings[name];
    if (text === undefined) return [];
    try {
      return [parseMasterKey(text)];
    } catch (error) {
      throw new StartError(`${MASTER_KEY_VARIABLES[name]} cannot be used: ${(error as Error).message}.`);
    }
  });
  if (settings.masterKey === undefined && keys.length > 0) {
    throw new StartError('DATAMAKER_MASTER_KEY_PREVIOUS is set without DATAMAKER_MASTER_KEY: set both, or neither.');
  }
  return keys;
}

/** All keys that are at hand, the newest first: those of the settings, then those of the file. @throws StartError */
export async function readMasterKeys(settings: MasterKeySettings, file: MasterKeyFile): Promise<MasterKey[]> {
  const given = givenMasterKeys(settings);
  return [...given, ...(await usable(file, () => file.read()))];
}

/**
 * The master keys of a server. The file is made where nothing is wrapped yet and the settings give no key.
 * @throws StartError when something is wrapped with a key that is not at hand: nothing is made in its place
 */
export async function openMasterKeys(
  store: Store,
  settings: MasterKeySettings,
  file: MasterKeyFile,
): Promise<MasterKeys> {
  let keys = await keysAtHand(store, settings, file);
  if (keys.length === 0) keys = await usable(file, () => file.make());
  return new MasterKeys(keys, () => readMasterKeys(settings, file));
}

/**
 * The master keys of a worker, which has to have those of the servers.
 * @throws StartError when there is none, or something is wrapped with another
 */
export async function openKnownMasterKeys(
  store: Store,
  settings: MasterKeySettings,
  file: MasterKeyFile,
): Promise<MasterKeys> {
  const keys = await keysAtHand(store, settings, file);
  if (keys.length === 0) {
    throw new StartError(
      `A worker has no master key of its own: set DATAMAKER_MASTER_KEY to the one of the servers, or bring ${file.path} from one of them.`,
      'no_master_key',
    );
  }
  return new MasterKeys(keys, () => readMasterKeys(settings, file));
}

/** @throws StartError when something is wrapped with a key that is not among them */
async function keysAtHand(store: Store, settings: MasterKeySettings, file: MasterKeyFile): Promise<MasterKey[]> {
  const keys = await readMasterKeys(settings, file);
  const absent = (await masterKeyIds(store)).filter((id) => !keys.some((key) => key.id === id));
  if (absent.length > 0) {
    const where = settings.masterKey === undefined ? `bring back ${file.path}, or set` : 'check';
    throw new StartError(
      `Secrets are stored under the master key ${absent.join(', ')}, which is not here: ${where} DATAMAKER_MASTER_KEY (and DATAMAKER_MASTER_KEY_PREVIOUS). Nothing was changed.`,
    );
  }
  return keys;
}

async function usable<T>(file: MasterKeyFile, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    throw new StartError(`The master keys in ${file.path} cannot be used: ${(error as Error).message}.`);
  }
}
