import { mkdir } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join, resolve } from 'node:path';
import { loadConnector } from '@datamaker/connectors';
import { givenMasterKeys, type MasterKeySettings, openKnownMasterKeys } from './open-master-keys.ts';
import type { EnvironmentSettings } from './runner/environments/environment-settings.ts';
import { type SandboxDriver, SandboxError } from './runner/sandbox/sandbox.ts';
import { Cursors } from './security/cursor.ts';
import { MaskKeys } from './security/mask-keys.ts';
import { MASTER_KEYS, MasterKeyFile } from './security/master-key-file.ts';
import { secretFile } from './security/secret-file.ts';
import { secretMark } from './security/secret-mark.ts';
import { OpenSessions } from './services/connections/open-sessions.ts';
import { PLANS, type Plans } from './services/limits/plans.ts';
import { type OpenRuns, openRuns, type RunSettings } from './services/runs/open-runs.ts';
import type { SandboxChoice } from './services/scenarios/sandbox-door.ts';
import { SecretVault } from './services/secrets/secret-vault.ts';
import { hasMarker } from './services/workers/file-marker.ts';
import { serveHealth } from './services/workers/serve-health.ts';
import { StartError } from './start-error.ts';
import { openBlobs, openDatabase, openOutbound } from './start-parts.ts';
import type { S3Settings } from './store/blobs/s3-blobs.ts';
import { Spool } from './store/blobs/spool.ts';
import type { Store } from './store/open-store.ts';
import { openStoreAsItIs } from './store/open-store-as-it-is.ts';
import { lastServer } from './store/workers.ts';

export interface WorkerOptions extends MasterKeySettings {
  /** The PostgreSQL that the servers use. */
  readonly databaseUrl: string;
  /** Where runs have their folders, and files and master keys are where no other place is given; default `.datamaker`. */
  readonly dataDirectory?: string;
  /** The object store that the servers keep files in; default: the data directory, which then has to be theirs. */
  readonly s3?: S3Settings;
  readonly plans?: Plans;
  readonly privateTargets?: readonly string[];
  readonly sandbox?: SandboxChoice | SandboxDriver;
  /** Where packages of scenarios come from. */
  readonly environments?: EnvironmentSettings;
  /** How many runs, scenarios and parts of jobs at a time; 0: none of them. */
  readonly runs?: RunSettings;
  /** Where it tells how it is doing; default: nowhere. */
  readonly health?: { readonly host: string; readonly port: number; readonly metricsToken?: string | undefined };
  /** What it says that its engine is; default: what that is. */
  readonly engineVersion?: string;
  /** How long runs that are under way have to end when it stops; default 25 s. */
  readonly drainMs?: number;
}

export interface RunningWorker {
  /** Where it tells how it is doing. */
  readonly healthUrl: string | undefined;
  /** What it works on, for people. */
  readonly about: string;
  /** Takes no more runs, and stops when those that it works on have ended, or their time is over. */
  close(): Promise<void>;
  /** Waits no longer for runs to end. */
  hurry(): void;
}

/** Within the time that systems give a process to end. */
const DRAIN_MS = 25_000;

/**
 * Starts a process that works on runs of servers on other hosts, or of this one. It begins with nothing unless it has all that runs need: tables
 * of its version, the servers' master keys and files, and a sandbox that holds.
 * @throws StartError with one line that says what to do
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const {
    databaseUrl,
    plans = PLANS,
    runs: settings = {},
    sandbox = {},
    environments = {},
    drainMs = DRAIN_MS,
  } = options;
  givenMasterKeys(options);
  const outbound = openOutbound(options.privateTargets);
  const dataDirectory = resolve(options.dataDirectory ?? '.datamaker');
  await mkdir(dataDirectory, { recursive: true }).catch((error: Error) => {
    throw new StartError(`The data directory ${dataDirectory} cannot be made: ${error.message}`);
  });
  const blobs = await openBlobs(options.s3, dataDirectory);
  const location = { url: databaseUrl };
  const closing: (() => Promise<unknown>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      for (const close of closing.reverse()) await close();
    })();
    return stopping;
  };
  // A connection that is being closed may break instead: that is no news.
  const log = (line: string): void => {
    if (stopping === undefined) console.error(`datamaker: ${line}`);
  };
  try {
    const store = await openDatabase(location, openStoreAsItIs, log);
    closing.push(() => store.destroy());
    const masterKeys = await openKnownMasterKeys(store, options, new MasterKeyFile(join(dataDirectory, MASTER_KEYS)));
    const newest = (await masterKeys.newest()).id;
    const secret = await secretFile(join(dataDirectory, 'secret'));
    const marker = await mustMatch(store, options, { newest, secret }, (key) => hasMarker(blobs, key));
    const spool = await Spool.open(join(dataDirectory, 'spool'));
    closing.push(() => spool.close());
    await outbound.close(undefined, databaseUrl);
    const vault = new SecretVault(masterKeys);
    const connections = { load: loadConnector, dialer: outbound.dialer, sessions: new OpenSessions() };
    // Nothing is asked before it is there: runs begin when all else has.
    const answer: RequestListener = (request, response) => app.routing(request, response);
    const runs = await openRuns({
      kind: 'worker',
      identity: async () => ({ masterKeyId: newest, fileMarker: marker, secretMark: secretMark(secret) }),
      engineVersion: options.engineVersion,
      store,
      location,
      blobs,
      spool,
      systems: { connections, vault },
      sandbox,
      environments,
      // Whoever reaches the servers has their scenarios run here.
      isAlone: false,
      answer,
      dataDirectory,
      plans,
      settings,
      log,
    });
    const { buildApp } = await import('./http/app.ts');
    // It listens nowhere: scripts of scenarios reach it over the sockets of their runs.
    const app = await buildApp({
      store,
      cursors: new Cursors(secret),
      maskKeys: new MaskKeys(secret),
      vault,
      pepper: secret,
      blobs,
      files: { spool, maxFileBytes: undefined },
      runs: runs.places,
      programs: runs.programs,
      connections,
      logLevel: 'warn',
      plans,
      ready: Promise.resolve(),
    });
    await app.ready();
    closing.push(() => runs.close());
    closing.push(() => app.close());
    closing.push(() => runs.stop());
    await runs.tryOut().catch((error: unknown) => {
      if (!(error instanceof SandboxError)) throw error;
      throw new StartError(`No scenario can be executed here: ${error.message} ${error.hint}`, error.code);
    });
    const ended = new AbortController();
    let isDraining = false;
    const status = () => ({ isDraining, lanes: runs.figures() });
    const health = options.health && (await serveHealth(options.health, store, status));
    if (health !== undefined) closing.push(() => health.close());
    runs.start();
    return {
      healthUrl: health?.url,
      about: describe(runs),
      hurry: () => ended.abort(),
      close: async () => {
        isDraining = true;
        const late = setTimeout(() => ended.abort(), drainMs);
        await runs.drain(ended.signal);
        clearTimeout(late);
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @returns the marker of the file store @throws StartError when the servers have other keys or other files */
async function mustMatch(
  store: Store,
  { masterKey, s3, dataDirectory }: WorkerOptions,
  { newest, secret }: { readonly newest: string; readonly secret: string },
  has: (marker: string) => Promise<boolean>,
): Promise<string> {
  const server = await lastServer(store);
  if (server === undefined) {
    throw new StartError(
      'No server has used the database of DATABASE_URL for a month: start `datamaker serve` with it first, then its workers.',
      'no_server',
    );
  }
  // Once something is wrapped, those keys count that it is wrapped with.
  if (server.master_key_id !== newest && (await isNothingWrapped(store))) {
    const where = masterKey === undefined ? `the file master-keys of ${resolve(dataDirectory ?? '.datamaker')}` : 'it';
    throw new StartError(
      `The server on ${server.host} has the master key ${server.master_key_id}, this worker ${newest}: set DATAMAKER_MASTER_KEY to the one of the servers, in place of ${where}.`,
      'other_master_key',
    );
  }
  if (!(await has(server.file_marker))) {
    const place =
      s3 === undefined ? `the folder files of ${resolve(dataDirectory ?? '.datamaker')}` : 'the object store';
    throw new StartError(
      `The file store is not the one of the server on ${server.host}: ${place} has nothing of it. Give the worker the same object store (DATAMAKER_S3_BUCKET and the like), or the data directory of the servers on a disk that they share.`,
      'other_file_store',
    );
  }
  if (server.secret_mark !== secretMark(secret)) {
    throw new StartError(
      `The server on ${server.host} has another secret: copy the file secret of its data directory into ${resolve(dataDirectory ?? '.datamaker')}.`,
      'other_secret',
    );
  }
  return server.file_marker;
}

async function isNothingWrapped(store: Store): Promise<boolean> {
  return (await store.selectFrom('master_key').select('id').limit(1).executeTakeFirst()) === undefined;
}

function describe(runs: OpenRuns): string {
  const lanes = Object.entries(runs.figures()).map(
    ([lane, { atOnce }]) => `${atOnce} ${lane === 'jobs' ? 'parts of jobs' : lane}`,
  );
  return lanes.length === 0 ? 'nothing' : `${new Intl.ListFormat('en-GB').format(lanes)} at a time`;
}
