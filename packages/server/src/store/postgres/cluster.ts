import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { secretFile } from '../../security/secret-file.ts';
import { StartError } from '../../start-error.ts';
import type { StoreLocation } from '../open-store.ts';
import { assertRuns, locateBinaries, type PostgresBinaries } from './locate-binaries.ts';
import { unprivilegedUser } from './unprivileged-user.ts';

const USER = 'datamaker';
const PORT = 5432;
/** How the names of socket folders begin. */
const FOLDER = 'datamaker-';
const SOCKETS = 'unix_socket_directories';
/** Held by the server that uses the cluster; see `takeOver`. */
const CLUSTER_LOCK = 7_261_840_155;
const START_TIMEOUT_MS = 60_000;

/**
 * The bundled PostgreSQL: a cluster in the data directory, reached by a unix socket only. It is started and stopped with
 * the server, and restarted when it dies. One server at a time: a PostgreSQL left over by a server that was killed is
 * stopped first, one that another server is using is not touched.
 */
export class Cluster {
  readonly #directory: string;
  readonly #binaries: PostgresBinaries;
  readonly #owner = unprivilegedUser();
  readonly #log: (line: string) => void;
  #password = '';
  #socketDirectory = '';
  #process: ChildProcess | undefined;
  #lock: pg.Client | undefined;
  #stopping = false;
  #said = '';

  private constructor(directory: string, log: (line: string) => void) {
    this.#directory = directory;
    this.#log = log;
    this.#binaries = locateBinaries(this.#owner !== undefined);
  }

  /**
   * @param dataDirectory where the cluster is kept, in its subfolder `postgres`
   * @param meanwhile is called when PostgreSQL has begun to start, which takes as long as much work of this process
   */
  static async start(
    dataDirectory: string,
    log: (line: string) => void,
    meanwhile: () => void = () => undefined,
  ): Promise<Cluster> {
    const cluster = new Cluster(join(dataDirectory, 'postgres'), log);
    // Socket paths are limited to about 100 bytes, which data directories may exceed.
    cluster.#socketDirectory = mkdtempSync(join(tmpdir().length < 60 ? tmpdir() : '/tmp', FOLDER));
    if (cluster.#owner !== undefined) chownSync(cluster.#socketDirectory, cluster.#owner.uid, cluster.#owner.gid);
    try {
      await cluster.#prepare(dataDirectory, meanwhile);
    } catch (error) {
      rmSync(cluster.#socketDirectory, { recursive: true, force: true });
      throw error;
    }
    return cluster;
  }

  static isIn = (dataDirectory: string): boolean => existsSync(join(dataDirectory, 'postgres', 'PG_VERSION'));

  /** Where the cluster of a data directory answers while a living server uses it; undefined when none does. */
  static async inUse(dataDirectory: string): Promise<StoreLocation | undefined> {
    const directory = join(dataDirectory, 'postgres');
    if (!existsSync(join(directory, 'postmaster.pid'))) return undefined;
    const cluster = new Cluster(directory, () => undefined);
    cluster.#password = await secretFile(join(dataDirectory, 'postgres.password'));
    const { socketDirectory } = (await cluster.#leftOver()) ?? {};
    if (socketDirectory === undefined || !(await cluster.#isInUse(socketDirectory))) return undefined;
    cluster.#socketDirectory = socketDirectory;
    return cluster.location;
  }

  async #prepare(dataDirectory: string, meanwhile: () => void): Promise<void> {
    this.#password = await secretFile(join(dataDirectory, 'postgres.password'));
    if (!existsSync(join(this.#directory, 'PG_VERSION'))) this.#initialise();
    await this.#takeOver();
    const up = this.#launch();
    meanwhile();
    await up;
  }

  get location(): StoreLocation {
    return { socketDirectory: this.#socketDirectory, port: PORT, user: USER, password: this.#password };
  }

  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#lock?.end().catch(() => undefined);
    const child = this.#process;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await ended;
    }
    rmSync(this.#socketDirectory, { recursive: true, force: true });
  }

  /**
   * Options of a process that runs as the cluster's owner. Its working directory is entered before the user is changed,
   * and /proc/self/cwd needs no right to the folders above: so the data may lie where only root may go.
   */
  #spawnOptions(directory: string) {
    return { cwd: directory, ...(this.#owner ?? {}), env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' } };
  }

  get #self(): string {
    return this.#owner !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : '.';
  }

  /** Made in a folder aside and renamed, so that a crash in the middle leaves nothing that looks like a cluster. */
  #initialise(): void {
    assertRuns(this.#binaries.postgres);
    const draft = `${this.#directory}.new`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    const passwordFile = join(this.#socketDirectory, 'password');
    writeFileSync(passwordFile, this.#password, { mode: 0o600 });
    if (this.#owner !== undefined) {
      for (const path of [draft, passwordFile]) chownSync(path, this.#owner.uid, this.#owner.gid);
    }
    const flags = [
      '-U',
      USER,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C',
      '--no-instructions',
    ];
    const { status, stderr, error } = spawnSync(this.#binaries.initdb, ['-D', this.#self, ...flags], {
      ...this.#spawnOptions(draft),
      encoding: 'utf8',
    });
    rmSync(passwordFile);
    if (status !== 0) {
      throw new StartError(
        `The database could not be set up in ${this.#directory}: ${lastLine(error?.message ?? stderr)}`,
      );
    }
    rmSync(this.#directory, { recursive: true, force: true });
    renameSync(draft, this.#directory);
  }

  /** Stops a PostgreSQL that a killed server left running; refuses when its server is alive. */
  async #takeOver(): Promise<void> {
    const left = await this.#leftOver();
    if (left === undefined) return;
    const { pid, socketDirectory } = left;
    if (await this.#isInUse(socketDirectory)) {
      throw new StartError(
        `Another server is using ${this.#directory}: stop it, or set DATAMAKER_DATA_DIR to another folder.`,
      );
    }
    process.kill(pid, 'SIGINT');
    await until(() => !isAlive(pid), 'the left-over database to stop');
    rmSync(socketDirectory, { recursive: true, force: true });
  }

  /** Whether a living server holds the lock of a cluster. */
  async #isInUse(socketDirectory: string): Promise<boolean> {
    const end = Date.now() + START_TIMEOUT_MS;
    for (;;) {
      const client = this.#client(socketDirectory);
      client.on('error', () => undefined);
      try {
        await client.connect();
        const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS free', [CLUSTER_LOCK]);
        return rows[0]?.free !== true;
      } catch (error) {
        const { code, message } = error as { code?: string; message: string };
        // 57P03: it is starting, maybe for a server that is well.
        if (code !== '57P03' || Date.now() > end) {
          this.#log(`a left-over database does not answer (${message}); stopping it`);
          return false;
        }
        await pause(50);
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  }

  /** The process and socket of a PostgreSQL that runs on this cluster, by its lock file. */
  async #leftOver(): Promise<{ pid: number; socketDirectory: string } | undefined> {
    let lines: string[];
    try {
      lines = readFileSync(join(this.#directory, 'postmaster.pid'), 'utf8').split('\n');
    } catch {
      return undefined;
    }
    const pid = Number(lines[0]);
    const socketDirectory = lines[4] ?? '';
    await until(() => !isZombie(pid), 'the system to clear away the left-over database');
    // The number may belong to another process by now, even to another PostgreSQL: ours was told this folder.
    if (isAlive(pid) && socketDirectory !== '' && commandOf(pid).includes(`${SOCKETS}=${socketDirectory}`)) {
      return { pid, socketDirectory };
    }
    if (basename(socketDirectory).startsWith(FOLDER)) rmSync(socketDirectory, { recursive: true, force: true });
    return undefined;
  }

  async #launch(): Promise<void> {
    const end = Date.now() + START_TIMEOUT_MS;
    for (;;) {
      try {
        return await this.#spawn();
      } catch (error) {
        // Processes of a killed PostgreSQL finish what they are at before they notice; until then it is not started.
        if (Date.now() > end || !this.#said.includes('shared memory block')) throw error;
        await pause(100);
        if (this.#stopping) throw error;
      }
    }
  }

  async #spawn(): Promise<void> {
    const settings = {
      listen_addresses: '',
      [SOCKETS]: this.#socketDirectory,
      unix_socket_permissions: '0700',
      port: String(PORT),
      shared_buffers: '64MB',
      fsync: 'on',
      log_timezone: 'UTC',
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn(this.#binaries.postgres, ['-D', this.#self, ...flags], {
      ...this.#spawnOptions(this.#directory),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = child;
    this.#said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-4000);
    });
    child.once('error', (error) => {
      this.#said += error.message;
    });
    await until(() => this.#answers(child), 'the database to start');
    child.once('exit', () => {
      if (this.#stopping) return;
      this.#log(`the database ended unexpectedly and is started again: ${lastLine(this.#said)}`);
      // The socket keeps its path, so that the connection pool finds the new process.
      this.#launch().then(
        () => this.#log('the database is back'),
        (error: Error) => {
          if (!this.#stopping) this.#log(`the database does not come back: ${error.message}`);
        },
      );
    });
  }

  /** Whether it takes connections; the first one holds the lock that says the cluster is in use. */
  async #answers(child: ChildProcess): Promise<boolean> {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      assertRuns(this.#binaries.postgres);
      throw new StartError(`The database did not start: ${lastLine(this.#said) || 'it ended at once'}`);
    }
    const client = this.#client(this.#socketDirectory);
    // A connection that breaks later is no news: the process's end is.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT pg_advisory_lock($1)', [CLUSTER_LOCK]);
      this.#lock = client;
      return true;
    } catch {
      await client.end().catch(() => undefined);
      return false;
    }
  }

  #client(socketDirectory: string): pg.Client {
    return new pg.Client({
      host: socketDirectory,
      port: PORT,
      user: USER,
      password: this.#password,
      database: 'postgres',
      connectionTimeoutMillis: 5000,
    });
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Whether a process has ended, but its parent has not looked yet: PostgreSQL takes it for a running one. */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** The command line of a process. Small Linux systems have no `ps`, and macOS has no /proc. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  }
}

/** Waits for a condition that is looked at every 10 ms. */
async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + START_TIMEOUT_MS;
  while (!(await condition())) {
    if (Date.now() > end) throw new StartError(`Gave up waiting for ${what} after ${START_TIMEOUT_MS / 1000} s.`);
    await pause(10);
  }
}
