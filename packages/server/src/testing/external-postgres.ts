import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, globSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { unprivilegedUser } from '../store/postgres/unprivileged-user.ts';
import { copyStore } from './store-templates.ts';
import { until } from './until.ts';

/** A PostgreSQL that somebody else runs, as DATABASE_URL names one. */
export interface ExternalPostgres {
  /** Makes an empty database. @param owner who it belongs to, and who works on it: somebody who is no superuser. @returns its connection string */
  createDatabase(owner?: string): Promise<string>;
  /** Makes a database with the tables of the newest version. @returns its connection string */
  createStore(): Promise<string>;
  /** Ends it as a crash does, without a word to whoever is connected, and starts it again. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** The database that others are copied from. */
const TEMPLATE = 'template_store';

/**
 * Starts Debian's PostgreSQL in a folder of its own, on a unix socket.
 * @param settings such as `max_connections=500`
 * @throws Error that names the package, when it is missing
 */
export async function startExternalPostgres(settings: readonly string[] = []): Promise<ExternalPostgres> {
  const [bin] = globSync('/usr/lib/postgresql/*/bin').sort((a, b) => majorOf(b) - majorOf(a));
  if (bin === undefined) throw new Error('PostgreSQL is missing: apt-get install postgresql');
  const folder = newFolder();
  await copyStore('external', bin, () => makeData(bin), join(folder, 'data'));
  return run(bin, folder, undefined, settings);
}

/** A data directory with the database of the template. */
async function makeData(bin: string): Promise<string> {
  const folder = newFolder();
  execFileSync(
    join(bin, 'initdb'),
    [
      '-D',
      join(folder, 'data'),
      '-U',
      'test',
      '--auth=trust',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
      '--wal-segsize=1',
    ],
    optionsIn(folder),
  );
  const made = `${folder}.data`;
  const postgres = await run(bin, folder, () => renameSync(join(folder, 'data'), made));
  const url = await postgres.createDatabase(undefined, TEMPLATE);
  const { openStore } = await import('../store/open-store.ts');
  await (await openStore({ url }, () => undefined)).destroy();
  await postgres.stop();
  return made;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-test-'));
  const owner = unprivilegedUser();
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  return folder;
}

const optionsIn = (folder: string) => ({ ...unprivilegedUser(), cwd: folder, stdio: 'ignore' as const });

/** Runs the cluster in a folder. @param rescue takes something out of the folder, before it is removed at the end */
async function run(bin: string, folder: string, rescue = (): void => undefined, more: readonly string[] = []) {
  const all = ['listen_addresses=', 'fsync=off', 'shared_buffers=32MB', ...more];
  const settings = all.flatMap((setting) => ['-c', setting]);
  const start = (): ChildProcess =>
    spawn(join(bin, 'postgres'), ['-D', join(folder, 'data'), '-k', folder, ...settings], optionsIn(folder));
  let child = start();
  const urlOf = (name: string, user = 'test'): string =>
    `postgresql://${user}@localhost/${name}?host=${encodeURIComponent(folder)}`;
  const execute = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: urlOf('postgres') });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  const started = (): Promise<void> =>
    until(async () => {
      if (child.exitCode !== null) throw new Error('PostgreSQL did not start');
      return execute('SELECT 1').then(
        () => true,
        () => false,
      );
    });
  await started();
  let databases = 0;
  return {
    createDatabase: async (owner?: string, name = `test_${++databases}`) => {
      if (owner !== undefined) {
        await execute(`DO $$ BEGIN CREATE ROLE ${owner} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$`);
      }
      await execute(`CREATE DATABASE ${name} OWNER ${owner ?? 'test'}`);
      return urlOf(name, owner);
    },
    createStore: async () => {
      const name = `test_${++databases}`;
      await execute(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
      return urlOf(name);
    },
    crash: async () => {
      await end(child, 'SIGQUIT');
      child = start();
      await started();
    },
    stop: async () => {
      await end(child, 'SIGINT');
      rescue();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

const majorOf = (bin: string): number => Number(bin.split('/').at(-2));
