import { EnvironmentError } from '../../runner/environments/environment-error.ts';
import { SandboxError } from '../../runner/sandbox/sandbox.ts';
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
import { executeScript } from './execute-script.ts';
import { LogWriter } from './logs/log-writer.ts';
import { formsOf } from './logs/redactor.ts';
import { RunOutput } from './logs/run-output.ts';
import { outcomeOf } from './outcome-of.ts';
import { HeldEnvironments, prepareEnvironment } from './prepare-environment.ts';
import type { PythonRuntime } from './python-runtime.ts';
import { pythonSite } from './python-site.ts';
import { readSecrets } from './read-secrets.ts';
import { type AttemptCalls, openCalls, RecordGone } from './record/attempt-calls.ts';
import type { SandboxDoor } from './sandbox-door.ts';
import { makeScriptFolder } from './script-folder.ts';
import { sensitiveNames } from './sensitive-names.ts';
import { secretParams } from './shown-params.ts';

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
  const folder = await makeScriptFolder(places.folder, run.id, scenario.code);
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
  const hidden = formsOf([...secrets.values, ...secretParams(calls.head.params), runToken]);
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
    const ended = await executeScript({
      run,
      recipe,
      secrets,
      sandbox: places.sandbox,
      prepare,
      broker,
      calls,
      folder,
      output,
      signal,
      begun: (banner) => {
        isBegun = true;
        if (banner !== undefined) log.note(`[${banner}]`);
      },
    });
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
      // Before the log ends: it may still have a line to tell.
      await broker?.close();
      output.end();
      await log.end();
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

/** @throws LeaseLost never: somebody else has ended it then */
async function end(tenant: Tenant, run: HeldRun, ending: ScenarioEnding): Promise<'over'> {
  await endScenario(tenant, run, ending);
  return 'over';
}
