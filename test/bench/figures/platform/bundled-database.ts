import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** The connection string of the PostgreSQL that a running server brought along: its owner's, who sees all rows. */
export function bundledDatabaseUrl(dataDirectory: string): string {
  const password = readFileSync(join(dataDirectory, 'postgres.password'), 'utf8').trim();
  // PostgreSQL's lock file names its port in the fourth line and the folder of its socket in the fifth.
  const lines = readFileSync(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  const [port = '', folder = ''] = lines.slice(3, 5);
  const user = `datamaker:${encodeURIComponent(password)}`;
  return `postgresql://${user}@localhost:${port}/postgres?host=${encodeURIComponent(folder)}`;
}

/** Runs statements in the database of a server. */
export async function inDatabase<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return use(client).finally(() => client.end());
}
