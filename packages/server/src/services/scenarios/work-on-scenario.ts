import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { EnvironmentError } from '../../runner/environments/environment-error.ts';
import { type SandboxEnd, SandboxError } from '../../runner/sandbox/sandbox.ts';
import { newToken } from '../../security/token.ts';
import type { BlobStore } from '../../store/blobs/blob-store.ts';
import type { Spool } from '../../store/blobs/spool.ts';
import { removeTree } from '../../store/remove-tree.ts';
import { endScenario, type HeldRun, type ScenarioEnding } from '../../store/run-leases.ts';
import { closeOwnLog } from '../../store/run-logs.ts';
import type { RunError, ScenarioRecipe } from '../../store/run-table.ts';
import { findScenarioVersion } from '../../store/scenarios.ts';
import type { Tenant } from '../../store/tenant.ts';
import { LeaseLost } from '../runs/lease-lost.ts';
import type { SecretVault } from '../secrets/secret-vault.ts';
import { type BrokerPlaces, openRunBroker, type RunBroker } from './broker/open-run-broker.ts';
import type { EnvironmentsDoor } from './environments-door.ts';
import { LogWriter } from './logs/log-writer.ts';
import { formsOf } from './logs/redactor.ts';
import { RunOutput } from './logs/run-output.ts';
import { outcomeOf } from './outcome-of.ts';
import { HeldEnvironments, prepareEnvironment } from './prepare-environment.ts';
import type { PythonRuntime } from './python-runtime.ts';
import { pythonSite } from './python-site.ts';
import { type RunSecrets, readSecrets } from './read-secrets.ts';
import { type AttemptCalls, openCalls, RecordGone } from './record/attempt-calls.ts';
import type { RecordHead } from './record/record-format.ts';
import type { SandboxDoor } from './sandbox-door.ts';
import { sensitiveNames } from './sensitive-names.ts';

/** Where scenarios are executed. */
export interface ScenarioPlaces {
  readonly sandbox: SandboxDoor;
  readonly environments: EnvironmentsDoor;
  readonly vault: SecretVault;
  readonly blobs: BlobStore;
  /** Where runs have their folders. */
  readonly folder: string;
  /** Where packages of Python are kept that all of them import. */
  readonly sites: string;
  /** What scripts reach. */
  readonly broker: BrokerPlaces;
  /** Told of what is nobody's request. */
  readonly onError: (error: unknown, what: string) => void;
}

/** `over`: the run has ended; `again`: somebody has to begin it; `left`: nobody knows what it did, its lease runs out. */
export type ScenarioWork = 'over' | 'again' | 'left';

const WORKSPACE = '/workspace';
const CODE = '/scenario';
const SCRIPT = 'main.py';
const MIB = 1024 * 1024;
const PROCESSES = 64;
const OPEN_FILES = 256;
const FILE_BYTES = 1024 * MIB;
const DISK_BYTES = 2048 * MIB;
/** A driver that does not end what it should has this much longer. */
const GRACE_MS = 5000;
/** A pipe that outlives its process is held by somebody who should be gone. */
const DRAIN_MS = 1000;
const MS = 1000;

/**
 * Executes a scenario: its process, its log, its outcome. Whatever happens, the process is gone when it returns.
 * @param signal a lease that was lost, or a server that stops
 */
export async function workOnScenario(
  run: HeldRun,
  tenant: Tenant,
  spool: Spool,
  places: ScenarioPlaces,
  signal: AbortSignal,
): Promise<ScenarioWork> {
  const recipe = run.recipe as ScenarioRecipe;
  const { projectId, subjectId } = run;
  const scenario = await tenant((tx) => findScenarioVersion(tx, projectId, subjectId, recipe.version));
  if (scenario === undefined) {
    const error = { code: 'scenario_deleted', message: 'the scenario was deleted before it began' };
    return end(tenant, run, { state: 'failed', error, facts: {} });
  }
  const secrets = await readSecrets(tenant, places.vault, projectId);
  const name = { runId: run.id, workspaceId: run.workspaceId, token: run.token };
  const log = await LogWriter.open({ tenant, blobs: places.blobs, spool }, name, recipe.log);
  if (run.attempt > 1) log.note(`[attempt ${run.attempt}]`);
  const fields = await sensitiveNames(tenant, projectId);
  const runToken = newToken('run');
  const folder = await makeFolder(places.folder, run.id, scenario.code);
  const around = { tenant, blobs: places.blobs, spool, onError: places.onError };
  const opened = await openCalls(run, around, folder, fields).catch(async (error: unknown) => {
    await removeTree(folder);
    if (!(error instanceof RecordGone)) throw error;
    return error;
  });
  if (opened instanceof RecordGone) {
    await log.end();
    return end(tenant, run, { state: 'failed', error: { code: 'no_record', message: opened.message }, facts: {} });
  }
  const calls: AttemptCalls = opened;
  const hidden = formsOf([...secrets.values, ...secretsIn(calls.head.params), runToken]);
  const output = new RunOutput(log, hidden, fields);
  let isBegun = false;
  let broker: RunBroker | undefined;
  const held = new HeldEnvironments();
  const prepare = async (python: string): Promise<PythonRuntime> =>
    prepareEnvironment(
      { door: places.environments, tenant, scenario, run, held, note: (line) => log.note(line), signal },
      python,
      await pythonSite(places.sites, python),
    );
  try {
    if (signal.aborted) return stopped(run, recipe, false);
    broker = await openRunBroker(run, runToken, places, output, folder, calls.between);
    const ended = await execute(
      run,
      recipe,
      secrets,
      places,
      prepare,
      broker,
      calls,
      folder,
      output,
      signal,
      (banner) => {
        isBegun = true;
        if (banner !== undefined) log.note(`[${banner}]`);
      },
    );
    await broker.close();
    output.end();
    const { halted } = calls;
    if (ended.outcome === 'cancelled' && !halted.aborted) return await afterStop();
    await log.end();
    const ending = outcomeOf(ended, output.errors, recipe.timeoutSeconds);
    const facts = { ...ending.facts, ...(await calls.close()) };
    if (halted.aborted) return await end(tenant, run, { state: 'failed', error: halted.reason as RunError, facts });
    return await end(tenant, run, { ...ending, facts });
  } catch (error) {
    if (signal.aborted || error instanceof LeaseLost) return await afterStop();
    if (error instanceof SandboxError) {
      const problem = { code: error.code, message: `${error.message} ${error.hint}` };
      return await end(tenant, run, { state: 'failed', error: problem, facts: {} });
    }
    if (error instanceof EnvironmentError) {
      const problem = { code: 'environment_failed', message: `${error.message}. ${error.hint}` };
      log.note(`[${problem.message}]`);
      await log.end();
      return await end(tenant, run, { state: 'failed', error: problem, facts: { environment: error.code } });
    }
    if (!isBegun) throw error;
    places.onError(error, `run ${run.id} of a scenario cannot be followed any more`);
    const problem = { code: 'internal_error', message: 'something went wrong in the server; quote the id of the run' };
    return await end(tenant, run, { state: 'lost', error: problem, facts: {} }).catch(() => 'left' as const);
  } finally {
    held.release();
    await broker?.close();
    await calls.close();
    await removeTree(folder).catch((error: unknown) =>
      places.onError(error, `the folder of run ${run.id} was not removed`),
    );
  }

  /** The lease is gone, or the server stops: what was written until then is kept. */
  async function afterStop(): Promise<ScenarioWork> {
    const isLost = signal.reason instanceof LeaseLost || !signal.aborted;
    try {
      log.note(isLost ? '[cancelled]' : '[the server stops]');
      await log.end();
      await broker?.close();
      await calls.close();
      if (isLost) await closeOwnLog(tenant, name);
    } catch (error) {
      if (!(error instanceof LeaseLost)) places.onError(error, `the end of the log of run ${run.id} was not kept`);
    }
    return isLost ? 'over' : await stopped(run, recipe, isBegun);
  }

  async function stopped(held: HeldRun, { retryOnCrash }: ScenarioRecipe, hasBegun: boolean): Promise<ScenarioWork> {
    if (!hasBegun || retryOnCrash) return 'again';
    const error = { code: 'worker_stopped', message: 'the server was told to stop while it ran' };
    return end(tenant, held, { state: 'lost', error, facts: {} });
  }
}

/** Executes it in a sandbox, and hands on what it writes. */
async function execute(
  run: HeldRun,
  recipe: ScenarioRecipe,
  secrets: RunSecrets,
  { sandbox }: ScenarioPlaces,
  prepare: (python: string) => Promise<PythonRuntime>,
  broker: RunBroker,
  { head, halted }: Pick<AttemptCalls, 'head' | 'halted'>,
  folder: string,
  output: RunOutput,
  signal: AbortSignal,
  begun: (banner: string | undefined) => void,
): Promise<SandboxEnd> {
  const driver = await sandbox.open();
  const report = await driver.report();
  const python = await prepare(report.python.executable);
  const wallMs = recipe.timeoutSeconds * MS;
  const failed = new AbortController();
  const process = await driver.start({
    argv: python.argv(`${CODE}/${SCRIPT}`),
    env: { ...secrets.environment, HOME: WORKSPACE, ...python.env, ...variablesOf(run, recipe, head), ...broker.env },
    cwd: WORKSPACE,
    mounts: [
      ...python.mounts,
      ...broker.mounts,
      { source: join(folder, 'scenario'), target: CODE, writable: false },
      { source: join(folder, 'workspace'), target: WORKSPACE, writable: true },
    ],
    limits: {
      wallMs,
      memoryBytes: recipe.memoryBytes,
      processes: PROCESSES,
      openFiles: OPEN_FILES,
      fileBytes: FILE_BYTES,
      diskBytes: DISK_BYTES,
    },
    signal: AbortSignal.any([signal, failed.signal, halted]),
  });
  broker.log.follow(process.stdout, process.stderr);
  begun(report.banner);
  const late = setTimeout(() => failed.abort(), wallMs + GRACE_MS);
  let failure: unknown;
  const read = async (source: 'stdout' | 'stderr', stream: Readable): Promise<void> => {
    try {
      for await (const chunk of stream) await output.take(source, chunk as Uint8Array);
    } catch (error) {
      // A pipe that is closed under it is no news.
      if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return;
      failure ??= error;
      failed.abort(error);
    }
  };
  const reading = Promise.all([read('stdout', process.stdout), read('stderr', process.stderr)]);
  const ended = await process.ended.finally(() => clearTimeout(late));
  const drained = setTimeout(() => {
    process.stdout.destroy();
    process.stderr.destroy();
  }, DRAIN_MS);
  await reading.finally(() => clearTimeout(drained));
  if (failure !== undefined) throw failure;
  // Whoever did not end it in time has not ended it by itself.
  return failed.signal.aborted && !signal.aborted ? { ...ended, outcome: 'timeout' } : ended;
}

/** What a run is told of itself; a replay is told what the run before was. */
const variablesOf = (run: HeldRun, { isDry }: ScenarioRecipe, head: RecordHead): Readonly<Record<string, string>> => ({
  DM_PROJECT_ID: run.projectId,
  DM_TEAM_ID: run.workspaceId,
  DM_SCENARIO_ID: run.subjectId,
  DM_RUN_ID: head.runId,
  DM_ATTEMPT: String(head.attempt),
  DM_PARAMS: JSON.stringify(head.params),
  DM_TIMEOUT_SECONDS: String(head.timeoutSeconds),
  DM_SEED: head.seed,
  // The order of sets of texts is drawn, too.
  PYTHONHASHSEED: String(createHash('sha256').update(head.seed).digest().readUInt32BE()),
  ...(isDry === true ? { DM_DRY_RUN: 'true' } : {}),
});

/** A folder for one attempt, with the code in it and room for what it writes. */
async function makeFolder(parent: string, runId: string, code: string): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(parent, `${runId}-`));
  try {
    for (const name of ['scenario', 'workspace']) await mkdir(join(folder, name));
    await writeFile(join(folder, 'scenario', SCRIPT), code);
    // The job is another user, whatever the mask of the server keeps from others; the way to here stays shut for those of the host.
    await chmod(join(folder, 'scenario'), 0o755);
    await chmod(join(folder, 'scenario', SCRIPT), 0o644);
  } catch (error) {
    // On a disk that is full.
    await removeTree(folder);
    throw error;
  }
  return folder;
}

/** @throws LeaseLost never: somebody else has ended it then */
async function end(tenant: Tenant, run: HeldRun, ending: ScenarioEnding): Promise<'over'> {
  await endScenario(tenant, run, ending);
  return 'over';
}

/** Passwords in URLs that were given as parameters. */
function secretsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    const password = URL.canParse(value) ? new URL(value).password : '';
    return password === '' ? [] : [decodeURIComponent(password), password];
  }
  return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(secretsIn);
}
