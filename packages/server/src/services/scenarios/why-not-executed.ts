import { type ApiError, conflict } from '../../errors.ts';
import { SandboxError } from '../../runner/sandbox/sandbox.ts';
import type { WorkerRegistry } from '../workers/worker-registry.ts';
import type { SandboxDoor } from './sandbox-door.ts';

/**
 * Why nobody would execute a scenario that is submitted now. One that others take is not refused, nor where they were there some minutes ago: they may be
 * on their way back, and if not, the run says so.
 * @param door the sandbox of this process; undefined: it executes none
 */
export async function whyNotExecuted(
  door: Pick<SandboxDoor, 'open'> | undefined,
  registry: Pick<WorkerRegistry, 'hasOther' | 'beat'>,
): Promise<ApiError | undefined> {
  let problem: SandboxError | undefined;
  try {
    await door?.open();
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    problem = error;
    await registry.beat();
  }
  if (door !== undefined && problem === undefined) return undefined;
  if (await registry.hasOther('scenarios', 'soon')) return undefined;
  if (problem !== undefined) {
    const elsewhere = 'Or start `datamaker worker` on a host that has what is missing.';
    return conflict('no_sandbox', problem.message, `${problem.hint} ${elsewhere}`);
  }
  return conflict(
    'no_worker',
    'no process executes scenarios: this server was told not to, and no worker is there',
    'start `datamaker worker`, or set DATAMAKER_SCENARIO_WORKERS to more than 0',
  );
}
