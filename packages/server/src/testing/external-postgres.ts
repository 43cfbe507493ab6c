import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { unprivilegedUser } from '../store/postgres/unprivileged-user.ts';
import { until } from './until.ts';

/** A PostgreSQL that somebody else runs, as DATABASE_URL names one. */
export interface ExternalPostgres {
  /** Makes an empty database. @param owner who it belongs to, and who works on it: somebody who is no superuser. @returns its connection string */
  createDatabase(owner?: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts Debian's PostgreSQL in a folder of its own, on a unix socket. @throws Error that names the package, when it is missing */
export async function startExternalPostgres(): Promise<ExternalPostgres> {
  const [bin] = globSync('/usr/lib/postgresql/*/bin').sort((a, b) => majorOf(b) - majorOf(a));
  if (bin === undefined) throw new Error('PostgreSQL is missing: apt-get install postgresql');
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-test-'));
  const owner = unprivilegedUser();
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const options = { ...owner, cwd: folder, stdio: 'ignore' as const };
  const data = join(folder, 'data');
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'test', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    options,
  );
  const settings = ['listen_addresses=', 'fsync=off', 'shared_buffers=32MB'].flatMap((setting) => ['-c', setting]);
  const child = spawn(join(bin, 'postgres'), ['-D', data, '-k', folder, ...settings], options);
  const urlOf = (name: string, user = 'test'): string =>
    `postgresql://${user}@localhost/${name}?host=${encodeURIComponent(folder)}`;
  const execute = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: urlOf('postgres') });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await until(async () => {
    if (child.exitCode !== null) throw new Error('PostgreSQL did not start');
    return execute('SELECT 1').then(
      () => true,
      () => false,
    );
  });
  let databases = 0;
  return {
    createDatabase: async (owner) => {
      const name = `test_${++databases}`;
      if (owner !== undefined) {
        await execute(`DO $$ BEGIN CREATE ROLE ${owner} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$`);
      }
      await execute(`CREATE DATABASE ${name} OWNER ${owner ?? 'test'}`);
      return urlOf(name, owner);
    },
    stop: () => stop(child, folder),
  };
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await ended;
  rmSync(folder, { recursive: true, force: true });
}

const majorOf = (bin: string): number => Number(bin.split('/').at(-2));
