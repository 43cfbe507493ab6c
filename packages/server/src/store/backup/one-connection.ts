import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { configOf } from '../config-of.ts';
import type { Store, StoreLocation } from '../open-store.ts';
import type { Schema } from '../schema.ts';
import { BackupError } from './backup-error.ts';

/** One connection, asked in two ways: rows are copied through the driver, all else goes through queries. */
export interface OneConnection {
  readonly client: pg.Client;
  readonly db: Store;
}

/** Use of one connection, whose end rolls back whatever was not committed. An abort breaks it off. */
export async function withOneConnection<T>(
  location: StoreLocation,
  signal: AbortSignal | undefined,
  use: (connection: OneConnection) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const client = new pg.Client(configOf(location, 'datamaker backup'));
  let lost: Error | undefined;
  client.on('error', (error) => {
    lost ??= error;
  });
  await client.connect().catch((cause: Error) => {
    // Of several addresses each has an error of its own.
    const { message } = cause instanceof AggregateError ? (cause.errors[0] as Error) : cause;
    const hint = 'see that it runs, and that $DATABASE_URL is right';
    throw new BackupError('database_failed', `the database cannot be reached: ${message}`, hint, cause);
  });
  const end = (): void => void client.end().catch(() => undefined);
  signal?.addEventListener('abort', end);
  const lent = Object.assign(client, { release: () => undefined });
  const pool = { connect: async () => lent, end: async () => undefined, options: {} };
  try {
    return await use({ client, db: new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }) });
  } catch (error) {
    // A query that was broken off says so in words of the driver.
    signal?.throwIfAborted();
    if (lost === undefined) throw error;
    const hint = 'nothing was changed; see that it runs and try again';
    throw new BackupError('database_failed', `the database has gone: ${lost.message}`, hint, error);
  } finally {
    signal?.removeEventListener('abort', end);
    await client.end().catch(() => undefined);
  }
}
