import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { SandboxEnd } from '../../runner/sandbox/sandbox.ts';
import type { HeldRun } from '../../store/run-leases.ts';
import type { ScenarioRecipe } from '../../store/run-table.ts';
import type { RunBroker } from './broker/open-run-broker.ts';
import type { RunOutput } from './logs/run-output.ts';
import type { PythonRuntime } from './python-runtime.ts';
import type { RunSecrets } from './read-secrets.ts';
import type { AttemptCalls } from './record/attempt-calls.ts';
import type { RecordHead } from './record/record-format.ts';
import type { SandboxDoor } from './sandbox-door.ts';
import { SCRIPT } from './script-folder.ts';

/** All that one attempt of a script needs. */
export interface ScriptExecution {
  readonly run: HeldRun;
  readonly recipe: ScenarioRecipe;
  readonly secrets: RunSecrets;
  readonly sandbox: SandboxDoor;
  /** Its packages, for an interpreter. */
  readonly prepare: (python: string) => Promise<PythonRuntime>;
  readonly broker: RunBroker;
  readonly calls: Pick<AttemptCalls, 'head' | 'halted'>;
  /** As `makeScriptFolder` makes it. */
  readonly folder: string;
  /** Takes what it writes. */
  readonly output: RunOutput;
  /** A lease that was lost, or a server that stops. */
  readonly signal: AbortSignal;
  /** Told once, when its process is there. @param banner what is to be said of the sandbox */
  readonly begun: (banner: string | undefined) => void;
}

const WORKSPACE = '/workspace';
const CODE = '/scenario';
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

/** Executes a script in a sandbox, and hands on what it writes. */
export async function executeScript(execution: ScriptExecution): Promise<SandboxEnd> {
  const { run, recipe, secrets, broker, folder, output, signal } = execution;
  const { head, halted } = execution.calls;
  const driver = await execution.sandbox.open();
  const report = await driver.report();
  const python = await execution.prepare(report.python.executable);
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
  execution.begun(report.banner);
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
