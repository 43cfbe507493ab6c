import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import pg from 'pg';

/** A real database server in a folder of its own. */
export interface Database {
  /** Runs statements as a script would, and returns the rows of the last. */
  query(sql: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

function folder(): { path: string; uid: number; gid: number } | { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'dm-test-'));
  if (process.getuid?.() !== 0) return { path };
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  const owner = { uid: id('-u'), gid: id('-g') };
  chownSync(path, owner.uid, owner.gid);
  return { path, ...owner };
}

async function until(ready: () => Promise<unknown>, child: ChildProcess, what: string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${what} did not start`);
    try {
      await ready();
      return;
    } catch {
      await pause(20);
    }
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals, path: string): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
  rmSync(path, { recursive: true, force: true });
}

/** Debian's PostgreSQL. */
export async function startPostgres(): Promise<Database> {
  const bin = globSync('/usr/lib/postgresql/*/bin').at(-1);
  if (bin === undefined) throw new Error('PostgreSQL is missing: apt-get install postgresql');
  const { path, ...owner } = folder();
  const options = { ...owner, cwd: path };
  execFileSync(
    join(bin, 'initdb'),
    ['-D', join(path, 'data'), '-U', 'test', '--auth=trust', '-E', 'UTF8', '--locale=C'],
    { ...options, stdio: 'ignore' },
  );
  const flags = ['-k', path, '-c', 'listen_addresses=', '-c', 'fsync=off'];
  const child = spawn(join(bin, 'postgres'), ['-D', join(path, 'data'), ...flags], { ...options, stdio: 'ignore' });
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ host: path, user: 'test', database: 'postgres' });
    await client.connect();
    return client;
  };
  await until(async () => (await connect()).end(), child, 'PostgreSQL');
  const client = await connect();
  return {
    query: async (sql) => {
      const results = (await client.query(sql)) as pg.QueryResult | pg.QueryResult[];
      return (Array.isArray(results) ? results.at(-1) : results)?.rows ?? [];
    },
    stop: async () => {
      await client.end();
      await end(child, 'SIGINT', path);
    },
  };
}

/** Debian's MariaDB, for the MySQL dialect. */
export async function startMariaDb(): Promise<Database> {
  if (!existsSync('/usr/sbin/mariadbd')) throw new Error('MariaDB is missing: apt-get install mariadb-server');
  const { path, ...owner } = folder();
  const options = { ...owner, cwd: path, stdio: 'ignore' as const };
  const data = `--datadir=${join(path, 'data')}`;
  execFileSync(
    'mariadb-install-db',
    ['--no-defaults', data, '--auth-root-authentication-method=normal', '--skip-test-db'],
    options,
  );
  const socketPath = join(path, 'socket');
  const child = spawn(
    '/usr/sbin/mariadbd',
    ['--no-defaults', data, `--socket=${socketPath}`, '--skip-networking', `--pid-file=${join(path, 'pid')}`],
    options,
  );
  const connect = (): Promise<mysql.Connection> =>
    mysql.createConnection({
      socketPath,
      user: 'root',
      multipleStatements: true,
      dateStrings: true,
      charset: 'utf8mb4',
    });
  await until(async () => (await connect()).end(), child, 'MariaDB');
  const connection = await connect();
  await connection.query('CREATE DATABASE t CHARACTER SET utf8mb4; USE t');
  return {
    query: async (sql) => {
      const [results] = await connection.query(sql);
      const list = Array.isArray(results) ? (results as unknown[]) : [];
      return (Array.isArray(list.at(-1)) ? list.at(-1) : list) as Record<string, unknown>[];
    },
    stop: async () => {
      await connection.end();
      await end(child, 'SIGTERM', path);
    },
  };
}
