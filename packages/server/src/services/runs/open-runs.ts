import type { RequestListener } from 'node:http';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { EnvironmentSettings } from '../../runner/environments/environment-settings.ts';
import { type SandboxDriver, SandboxError } from '../../runner/sandbox/sandbox.ts';
import type { BlobStore } from '../../store/blobs/blob-store.ts';
import type { Spool } from '../../store/blobs/spool.ts';
import { listenToServers } from '../../store/listen-to-servers.ts';
import type { Store, StoreLocation } from '../../store/open-store.ts';
import { ProcessFolder } from '../../store/process-folder.ts';
import { type Lane, RunQueue } from '../../store/queue/run-queue.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import { JobWorker } from '../jobs/job-worker.ts';
import type { Plans } from '../limits/plans.ts';
import { FieldPrograms } from '../programs/field-programs.ts';
import type { RunPlaces } from '../run-service.ts';
import { EnvironmentsDoor } from '../scenarios/environments-door.ts';
import { type SandboxChoice, SandboxDoor } from '../scenarios/sandbox-door.ts';
import { ScheduleWorker } from '../scenarios/schedule-worker.ts';
import { whyNotExecuted } from '../scenarios/why-not-executed.ts';
import { endUnattended } from '../workers/end-unattended.ts';
import { type WorkerIdentity, WorkerRegistry } from '../workers/worker-registry.ts';
import { keepRuns } from './keep-runs.ts';
import type { LaneWorker } from './lane-worker.ts';
import { RunSignals } from './run-signals.ts';
import { RunWorker } from './run-worker.ts';
import { SoonSweeps } from './sweep-soon.ts';
import type { SystemPlaces } from './system-places.ts';

export interface RunSettings {
  /** How many runs this process works on at a time; default: one for each core; 0: none, others do. */
  readonly workers?: number;
  /** How many parts of jobs this process makes at a time; default: one for each core, on a server one less; 0: none, others do. */
  readonly jobWorkers?: number;
  /** How many scenarios this process executes at a time; default 4; 0: none, others do. */
  readonly scenarioWorkers?: number;
  /** A generation of more rows is a run unless a stream is asked for; default: only those that are asked for are runs. */
  readonly asyncRows?: number;
  /** Most bytes of an output; default: what the plan says. */
  readonly maxBytes?: number;
}

const KEEP_MS = 10 * 60_000;
const UNATTENDED_MS = 60_000;

export interface OpenRuns {
  readonly places: RunPlaces;
  /** How much of what this process does, by the lane of the queue. */
  readonly figures: () => Readonly<Partial<Record<Lane, LaneWorker['figures']>>>;
  /** Makes and tries the sandbox now, which else waits for the first scenario. @throws SandboxError */
  tryOut(): Promise<void>;
  /** Runs functions of fields, for requests as well. */
  readonly programs: FieldPrograms;
  /** Begins to work. */
  start(): void;
  /** Takes no more runs, and waits for the end of those that it works on, as long as `signal` lets it. */
  drain(signal: AbortSignal): Promise<void>;
  /** Gives back what is under way, and lets go of whoever waits. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** Scenarios wait for systems most of their time. */
const SCENARIO_WORKERS = 4;

interface Surroundings {
  /** A server also looks after runs that have ended or were forgotten, and makes those of schedules. */
  readonly kind: 'server' | 'worker';
  /** What others compare with their own. */
  readonly identity: () => Promise<Omit<WorkerIdentity, 'engineVersion'>>;
  /** With which rows are made here; default: the one that is here. */
  readonly engineVersion?: string | undefined;
  readonly store: Store;
  readonly location: StoreLocation;
  readonly blobs: BlobStore;
  readonly spool: Spool;
  readonly systems: Omit<SystemPlaces, 'programs' | 'spool'>;
  /** Where scenarios are executed: how a sandbox is made, or one that is there. */
  readonly sandbox: SandboxChoice | SandboxDriver;
  /** Where packages of scenarios come from. */
  readonly environments: EnvironmentSettings;
  /** Whether nobody reaches the server but from its own machine. */
  readonly isAlone: boolean;
  /** The API of this process, which scripts of scenarios ask: `routing` of fastify. */
  readonly answer: RequestListener;
  /** Scenarios have their folders below, and see no other of it. */
  readonly dataDirectory: string;
  readonly settings: RunSettings;
  readonly plans: Plans;
  readonly log: (line: string) => void;
}

/** The queue of runs, and what works on it in this process. */
export async function openRuns({
  kind,
  identity,
  engineVersion = ENGINE_VERSION,
  store,
  location,
  blobs,
  spool,
  systems: reached,
  sandbox,
  environments: packages,
  isAlone,
  answer,
  dataDirectory,
  settings,
  plans,
  log,
}: Surroundings): Promise<OpenRuns> {
  const { workers = availableParallelism(), asyncRows, maxBytes } = settings;
  const { scenarioWorkers = SCENARIO_WORKERS } = settings;
  // What requests of a server are answered with should not wait for its parts of jobs.
  const { jobWorkers = Math.max(1, availableParallelism() - (kind === 'server' ? 1 : 0)) } = settings;
  const onError = (error: unknown, what: string): void => log(`${what}: ${(error as Error).message}`);
  const queue = await RunQueue.open(store, location, (error) => onError(error, 'the queue of runs'));
  const signals = new RunSignals();
  const sweeps = new SoonSweeps();
  const { vault } = reached;
  const exposure = async () => ({ workspaces: await countWorkspaces(store), listensOnLoopbackOnly: isAlone });
  const door =
    'start' in sandbox
      ? new SandboxDoor(async () => sandbox)
      : SandboxDoor.of({ choice: sandbox, hidden: [dataDirectory], exposure });
  const lanes = (): Lane[] => [
    ...(workers > 0 ? (['runs'] as const) : []),
    ...(scenarioWorkers > 0 && !door.isShut ? (['scenarios'] as const) : []),
    ...(jobWorkers > 0 ? (['jobs'] as const) : []),
  ];
  const registry = new WorkerRegistry({
    store,
    kind,
    identity: async () => ({ ...(await identity()), engineVersion }),
    lanes,
    onError,
  });
  const folder = await ProcessFolder.open(join(dataDirectory, 'runs'));
  const programs = new FieldPrograms(door);
  const environments = new EnvironmentsDoor({
    root: join(dataDirectory, 'environments'),
    settings: packages,
    python: async () =>
      'start' in sandbox ? (await sandbox.report()).python.executable : (sandbox.python ?? 'python3'),
    executes: scenarioWorkers > 0,
  });
  const scenarios = {
    sandbox: door,
    environments,
    vault,
    blobs,
    folder: folder.path,
    sites: join(dataDirectory, 'python'),
    broker: { answer },
    onError,
  };
  const systems = { ...reached, programs, spool, plans };
  const common = { store, queue, blobs, spool, systems, scenarios, signals, onError };
  // Where no sandbox holds others execute scenarios; only where there is nobody else they fail here, which tells why.
  const mayTake = async (): Promise<boolean> => {
    try {
      await door.open();
      return true;
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      await registry.beat();
      return !(await registry.hasOther('scenarios', 'soon'));
    }
  };
  const all: LaneWorker[] = [
    new RunWorker({ ...common, lane: 'runs', atOnce: workers }),
    new RunWorker({ ...common, lane: 'scenarios', atOnce: scenarioWorkers, mayTake }),
    new JobWorker({ ...common, lane: 'jobs', atOnce: jobWorkers, plans, engineVersion, hasEngine: registry.hasEngine }),
  ].filter(({ figures }) => figures.atOnce > 0);
  const schedules =
    kind === 'server' ? new ScheduleWorker({ store, blobs, queue, signals, plans, onError }) : undefined;
  const listening = listenToServers(
    location,
    (what) => signals.tell(what),
    (error) => onError(error, 'news of other servers'),
  );
  const refusal = () => whyNotExecuted(scenarioWorkers > 0 ? door : undefined, registry);
  const timers: NodeJS.Timeout[] = [];
  const often = (ms: number, what: string, act: () => Promise<void>): void => {
    const once = (): void => void act().catch((error: unknown) => onError(error, what));
    timers.push(setInterval(once, ms).unref());
    once();
  };
  return {
    places: { queue, signals, plans, asyncRows, maxBytes, refusal, sweeps, environments },
    figures: () => Object.fromEntries(all.map(({ lane, figures }) => [lane, figures])),
    tryOut: async () => {
      if (scenarioWorkers > 0) await door.open();
    },
    programs,
    start: () => {
      registry.start();
      for (const worker of all) worker.start();
      schedules?.start();
      if (kind === 'worker') return;
      often(KEEP_MS, 'runs were not looked after', () => keepRuns(store, blobs, queue));
      const look = (): Promise<void> => endUnattended(store, blobs, registry);
      often(UNATTENDED_MS, 'runs that nobody takes were not looked for', look);
    },
    drain: async (signal) => {
      await Promise.all(all.map((worker) => worker.drain(signal)));
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      signals.close();
      await environments.close();
      await Promise.all([...all.map((worker) => worker.stop()), schedules?.stop()]);
      await registry.stop();
    },
    close: async () => {
      await sweeps.close();
      await listening.close();
      await queue.close();
      await folder.close();
    },
  };
}

async function countWorkspaces(store: Store): Promise<number> {
  const { count } = await store
    .selectFrom('workspace')
    .where('purged_at', 'is', null)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
