import { execFileSync, spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free-port.ts';
import { serverFolder } from './server-folder.ts';

export interface PostgresServer {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: 'test';
  readonly password: string;
  /** The process that all others of it come from. */
  readonly pid: number;
  /** Runs statements, and returns the rows of the last. */
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

/** A PostgreSQL of Debian's packages in a folder of its own, on a free port of 127.0.0.1, with passwords. */
export async function startPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  const bin = globSync('/usr/lib/postgresql/*/bin').at(-1);
  if (bin === undefined) throw new Error('PostgreSQL is missing: apt-get install postgresql');
  const { path: folder, options, end } = serverFolder();
  const [port, password] = [await freePort(), 'pass-ä%@:/ word'];
  const data = join(folder, 'data');
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'test', '--auth-local=trust', '--auth-host=scram-sha-256', '-E', 'UTF8', '--locale=C'],
    options,
  );
  const flags = ['-k', folder, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', ...settings];
  const child = spawn(join(bin, 'postgres'), ['-D', data, ...flags], options);
  const client = await connected(folder, port, () => child.exitCode !== null);
  await client.query(`ALTER ROLE test PASSWORD '${password}'`);
  return {
    host: '127.0.0.1',
    port,
    user: 'test',
    password,
    pid: child.pid ?? 0,
    query: async <Row>(text: string, values?: readonly unknown[]) => {
      const result = (await client.query(text, values === undefined ? undefined : [...values])) as
        | pg.QueryResult
        | pg.QueryResult[];
      return ((Array.isArray(result) ? result.at(-1) : result)?.rows ?? []) as Row[];
    },
    stop: async () => {
      await client.end().catch(() => undefined);
      await end(child, 'SIGINT');
    },
  };
}

async function connected(host: string, port: number, hasEnded: () => boolean): Promise<pg.Client> {
  for (;;) {
    if (hasEnded()) throw new Error('PostgreSQL did not start');
    const client = new pg.Client({ host, port, user: 'test', database: 'postgres' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch {
      await pause(20);
    }
  }
}
