import { type Arguments, type Flag, flagValue } from '../arguments/command.ts';
import { type ObjectStoreSettings, parseObjectStore } from '../commands/object-store-variables.ts';

/** Where a server keeps what it knows: the same flag and variables that `serve` takes. */
export const dataFlag: Flag = {
  name: 'data-dir',
  value: 'folder',
  summary: 'where its data is kept (default: $DATAMAKER_DATA_DIR, else .datamaker)',
};

/** Where the data of a server are: rows, and the bytes of files. */
interface Place {
  readonly dataDirectory: string;
  readonly databaseUrl?: string;
  readonly s3?: ObjectStoreSettings;
}

/** An empty variable is none. */
export function placeOf(args: Arguments): Place {
  const dataDirectory = flagValue(args, 'data-dir') ?? (process.env.DATAMAKER_DATA_DIR || '.datamaker');
  const databaseUrl = process.env.DATABASE_URL || undefined;
  const s3 = parseObjectStore(process.env);
  return {
    dataDirectory,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(s3 === undefined ? {} : { s3 }),
  };
}

/** Master keys that variables give, beside the file of the data folder. An empty variable is none. */
export function masterKeysOf(environment: NodeJS.ProcessEnv): { masterKey?: string; previousMasterKey?: string } {
  const masterKey = environment['DATAMAKER_MASTER_KEY']?.trim();
  const previousMasterKey = environment['DATAMAKER_MASTER_KEY_PREVIOUS']?.trim();
  return { ...(masterKey ? { masterKey } : {}), ...(previousMasterKey ? { previousMasterKey } : {}) };
}
