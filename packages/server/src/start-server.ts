import { mkdir } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join, resolve } from 'node:path';
import { loadConnector } from '@datamaker/connectors';
import type { AgentSettings } from './agent/agent-settings.ts';
import { closeGently } from './http/close-gently.ts';
import type { TraceSettings } from './http/observe/traces.ts';
import type { ModelSettings } from './model/model-settings.ts';
import { openChatModel } from './model/open-chat-model.ts';
import { openModel } from './model/open-model.ts';
import { givenMasterKeys, type MasterKeySettings, openMasterKeys } from './open-master-keys.ts';
import type { EnvironmentSettings } from './runner/environments/environment-settings.ts';
import type { SandboxDriver } from './runner/sandbox/sandbox.ts';
import { displayOfKey, hashApiKey, newApiKey, problemOfKey } from './security/api-key.ts';
import { Cursors } from './security/cursor.ts';
import { MaskKeys } from './security/mask-keys.ts';
import { MASTER_KEYS, MasterKeyFile } from './security/master-key-file.ts';
import type { OidcSettings } from './security/oidc-settings.ts';
import { secretFile } from './security/secret-file.ts';
import { secretMark } from './security/secret-mark.ts';
import { OpenSessions } from './services/connections/open-sessions.ts';
import type { PlanChanges } from './services/limits/plan-changes.ts';
import { PLANS, type Plans } from './services/limits/plans.ts';
import type { OpenRuns, RunSettings } from './services/runs/open-runs.ts';
import type { SandboxChoice } from './services/scenarios/sandbox-door.ts';
import { SecretVault } from './services/secrets/secret-vault.ts';
import { sweepWorkspaces } from './services/sweep-workspaces.ts';
import { markFiles } from './services/workers/file-marker.ts';
import { StartError } from './start-error.ts';
import { openBlobs, openDatabase, openOutbound } from './start-parts.ts';
import type { S3Settings } from './store/blobs/s3-blobs.ts';
import { Spool } from './store/blobs/spool.ts';
import { bootstrap } from './store/bootstrap.ts';
import { openStore, type Store } from './store/open-store.ts';
import { Cluster } from './store/postgres/cluster.ts';

export interface ServerOptions extends MasterKeySettings {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 3000; 0 takes a free one. */
  readonly port?: number;
  /** Default `.datamaker`. */
  readonly dataDirectory?: string;
  /** A PostgreSQL to use in place of the bundled one. */
  readonly databaseUrl?: string;
  /** A key that becomes an owner's; at least 24 characters. */
  readonly apiKey?: string;
  /** fatal, error, warn, info, debug or trace; default warn. */
  readonly logLevel?: string;
  /** A language model that answers in chats, and is asked about columns whose names leave in doubt what they hold; default: none. */
  readonly model?: ModelSettings;
  /** What a message in a chat may use up; default: 25 answers of the model, 500,000 tokens. */
  readonly agent?: AgentSettings;
  /** Addresses or networks of proxies whose X-Forwarded-For is believed; default: none. */
  readonly trustedProxies?: readonly string[];
  /** What workspaces may use, by the plan they are on; default: free, pro, enterprise and self-hosted as documented. */
  readonly plans?: Plans;
  /** Who puts workspaces on plans; default: their owners. */
  readonly planChanges?: PlanChanges;
  /** Origins whose pages may call the API, such as `https://tests.example.org`; default: none. */
  readonly corsOrigins?: readonly string[];
  /** Names, beside those of this machine for itself, that lead to the server, such as `data.example.org`; default: none. */
  readonly hosts?: readonly string[];
  /** Whoever has it may read `/metrics`; without, there are none. */
  readonly metricsToken?: string;
  /** Where spans of requests go; default: nowhere. */
  readonly traces?: TraceSettings;
  /** Who vouches for people who sign in by OpenID Connect; default: nobody. */
  readonly oidc?: OidcSettings;
  /** An S3-compatible object store for workspace files; default: the data directory. */
  readonly s3?: S3Settings;
  /** Most bytes of a workspace file; default: what the plan says, 50 MiB. */
  readonly maxFileBytes?: number;
  /** Ranges of private addresses that connections may lead to, such as `10.1.0.0/16` or `127.0.0.1:5432`; default: none. */
  readonly privateTargets?: readonly string[];
  /** Where scenarios are executed: how a sandbox is made, or one that is there; default: bubblewrap, where it holds. */
  readonly sandbox?: SandboxChoice | SandboxDriver;
  /** Where packages of scenarios come from, and how much room they have. */
  readonly environments?: EnvironmentSettings;
  /** Generations that go on after their request was answered. */
  readonly runs?: RunSettings;
  /** How long closing waits for answers that are under way before it cuts them off; default 5 s. */
  readonly graceMs?: number;
}

export interface RunningServer {
  readonly url: string;
  /** The owner's key, when this start made it: it is never shown again. */
  readonly newKey: string | undefined;
  /** Finishes what can be finished, then stops. */
  close(): Promise<void>;
}

/** Starts the server: database, tables, first workspace, HTTP. @throws StartError with one line that says what to do */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 3000, databaseUrl, apiKey, logLevel = 'warn', graceMs = 5000 } = options;
  const problem = apiKey === undefined ? undefined : problemOfKey(apiKey);
  if (problem !== undefined) {
    throw new StartError(`DATAMAKER_API_KEY ${problem}; or leave it out to get one made.`);
  }
  givenMasterKeys(options);
  const outbound = openOutbound(options.privateTargets);
  const took = stopwatch();
  const dataDirectory = resolve(options.dataDirectory ?? '.datamaker');
  await mkdir(dataDirectory, { recursive: true }).catch((error: Error) => {
    throw new StartError(`The data directory ${dataDirectory} cannot be made: ${error.message}`);
  });
  const secret = await secretFile(join(dataDirectory, 'secret')).catch((error: Error) => {
    throw new StartError(`The data directory ${dataDirectory} cannot be used: ${error.message}`);
  });
  const blobs = await openBlobs(options.s3, dataDirectory);
  const log = (line: string): void => console.error(`datamaker: ${line}`);
  const meanwhile = (): void => {
    loadApp().catch(() => undefined); // Fails again where it is wanted.
  };
  const cluster = databaseUrl === undefined ? await Cluster.start(dataDirectory, log, meanwhile) : undefined;
  took.step('database');
  let store: Store | undefined;
  let spool: Spool | undefined;
  let runs: OpenRuns | undefined;
  let close = async (): Promise<void> => undefined;
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      // Together: who waits for a run is answered, others may go on with it, and nobody new is let in meanwhile.
      await Promise.all([runs?.stop(), close()]);
      await runs?.close();
      await spool?.close();
      await store?.destroy();
      await cluster?.stop();
    })();
    return stopping;
  };
  try {
    const location = cluster?.location ?? { url: databaseUrl ?? '' };
    // A connection that is being closed may break instead: that is no news.
    const logBreak = (line: string): void => {
      if (stopping === undefined) log(line);
    };
    store = await openDatabase(location, openStore, logBreak);
    took.step('tables');
    const masterKeys = await openMasterKeys(store, options, new MasterKeyFile(join(dataDirectory, MASTER_KEYS)));
    spool = await Spool.open(join(dataDirectory, 'spool'));
    await sweepWorkspaces(store, blobs).catch((error: Error) => log(error.message));
    took.step('files');
    const vault = new SecretVault(masterKeys);
    const connections = { load: loadConnector, dialer: outbound.dialer, sessions: new OpenSessions() };
    const systems = { connections, vault };
    const { buildApp, openRuns } = await loadApp();
    const { plans = PLANS, runs: runSettings = {} } = options;
    // Behind a proxy others come as well.
    const isAlone = isLoopback(host) && (options.trustedProxies ?? []).length === 0;
    const { sandbox = {}, environments = {} } = options;
    const work = { systems, sandbox, environments, isAlone, dataDirectory, plans, settings: runSettings };
    // Nothing is asked before it is there: runs begin when all else has.
    const answer: RequestListener = (request, response) => app.routing(request, response);
    const [database, files] = [store, spool];
    const identity = async () => ({
      masterKeyId: (await masterKeys.newest()).id,
      // A bundled database is reached by nobody else.
      fileMarker: cluster === undefined ? await markFiles(database, blobs, files) : '',
      secretMark: secretMark(secret),
    });
    runs = await openRuns({ kind: 'server', identity, store, location, blobs, spool, ...work, answer, log: logBreak });
    took.step('runs');
    const ready = Promise.withResolvers<void>();
    const app = await buildApp({
      store,
      cursors: new Cursors(secret),
      maskKeys: new MaskKeys(secret),
      vault,
      pepper: secret,
      blobs,
      files: { spool, maxFileBytes: options.maxFileBytes },
      runs: runs.places,
      programs: runs.programs,
      connections,
      logLevel,
      trustedProxies: options.trustedProxies,
      plans: options.plans,
      planChanges: options.planChanges,
      corsOrigins: options.corsOrigins,
      hosts: options.hosts,
      metricsToken: options.metricsToken,
      traces: options.traces,
      model: options.model && openModel(options.model),
      chatModel: options.model && openChatModel(options.model),
      agentSettings: options.agent,
      oidc: options.oidc,
      ready: ready.promise,
    });
    // Requests that come before it is ready are not worth waiting for.
    close = () => closeGently(app, 0);
    const url = await app.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
      throw new StartError(
        error.code === 'EADDRINUSE'
          ? `Port ${port} is in use: set PORT to another.`
          : `Cannot listen on ${host}, port ${port}: ${error.message}`,
      );
    });
    took.step('listening');
    await outbound.close(url, databaseUrl);
    // After listening, which may fail: a key that is made is shown by this start or never.
    let newKey: string | undefined;
    const known = (key: string) => ({ hash: hashApiKey(key, secret), display: displayOfKey(key) });
    await bootstrap(store, apiKey === undefined ? undefined : known(apiKey), () => {
      newKey = newApiKey('owner');
      return known(newKey);
    });
    ready.resolve();
    runs.start();
    close = () => closeGently(app, graceMs);
    took.step('first key');
    app.log.debug({ ms: took.steps }, 'started');
    return {
      url,
      newKey,
      close: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Most of the code there is: it is read while the database starts. */
async function loadApp() {
  const [{ buildApp }, { openRuns }] = await Promise.all([
    import('./http/app.ts'),
    import('./services/runs/open-runs.ts'),
  ]);
  return { buildApp, openRuns };
}

/** Whether only this machine reaches who listens there. */
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);

/** How many milliseconds each step of the start took. */
function stopwatch() {
  const steps: Record<string, number> = {};
  let last = performance.now();
  const step = (name: string): void => {
    const now = performance.now();
    steps[name] = Math.round(now - last);
    last = now;
  };
  return { steps, step };
}
