import { createRequire } from 'node:module';
import { ConnectionError } from '../connection-error.ts';

/** What is used of `ibm_db` 4.0.1, which brings no types. Calls without a callback give promises. */
export interface Db2Driver {
  open(connectionString: string): Promise<Db2Client>;
}

export interface Db2Client {
  prepare(text: string): Promise<Db2Statement>;
  beginTransaction(): Promise<unknown>;
  commitTransaction(): Promise<unknown>;
  rollbackTransaction(): Promise<unknown>;
  close(): Promise<unknown>;
}

/** A parameter is never an object: the driver would read the file that some objects name. */
export type Db2Parameter = string | number | Buffer | null;

export interface Db2Statement {
  /** @returns rows that were written */
  executeNonQuery(parameters: readonly Db2Parameter[]): Promise<number>;
  execute(parameters: readonly Db2Parameter[]): Promise<Db2Result | readonly [Db2Result, ...unknown[]]>;
  close(): Promise<unknown>;
}

export interface Db2Result {
  /** @param mode `fetchMode` 3: each row as a list */
  fetchN(count: number, mode: { readonly fetchMode: 3 }): Promise<readonly (readonly unknown[])[]>;
  getColumnNamesSync(): readonly string[];
  close(): Promise<unknown>;
}

const HINT = 'npm install ibm_db@4.0.1';

/** @throws ConnectionError driver_missing, also where the part that is not JavaScript cannot be loaded */
export function loadDriver(): Db2Driver {
  try {
    return createRequire(import.meta.url)('ibm_db') as Db2Driver;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isThere = code !== 'MODULE_NOT_FOUND' || !message.includes("'ibm_db'");
    const what = isThere ? 'was installed without IBM’s driver, or for another system' : 'is not installed';
    throw new ConnectionError('driver_missing', `the driver for connections of type db2 ${what}`, {
      hint: `${HINT} (it downloads IBM’s driver; where it cannot, set IBM_DB_HOME to one that is there)`,
      cause: error,
    });
  }
}
