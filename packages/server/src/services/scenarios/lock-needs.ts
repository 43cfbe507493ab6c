import type { ErrorDetail } from '../../errors.ts';
import { EnvironmentError } from '../../runner/environments/environment-error.ts';
import type { ScenarioEnvironment, ScenarioNeeds } from '../../store/scenario-tables.ts';
import type { EnvironmentsDoor } from './environments-door.ts';

/** What became of finding packages. */
export interface NeedsLocked {
  readonly environment: ScenarioEnvironment | null;
  /** What is wrong with the code's needs; nothing, when it may do later as it is. */
  readonly diagnostics: readonly ErrorDetail[];
}

/**
 * Finds the versions of the packages that code names. What cannot be found now for no fault of the code is left to the first run.
 * @returns environment null: it names none
 */
export async function lockNeeds(door: EnvironmentsDoor, needs: ScenarioNeeds): Promise<NeedsLocked> {
  if (needs.requirements.length === 0 && needs.requiresPython === null) return { environment: null, diagnostics: [] };
  try {
    const lock = await (await door.open()).lock(needs, await door.python());
    return { environment: needs.requirements.length === 0 ? null : { lock, problem: null }, diagnostics: [] };
  } catch (error) {
    const { code, message, hint } = error instanceof EnvironmentError ? error : noPython(error);
    const problem = { lock: null, problem: { code, message } };
    if (!(error instanceof EnvironmentError) || error.isPassing) return { environment: problem, diagnostics: [] };
    return { environment: problem, diagnostics: [{ code, pointer: '/code', message, hint }] };
  }
}

/** Asking Python is the only thing that fails otherwise. @throws what it is not */
function noPython(error: unknown): EnvironmentError {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT' && code !== 'EACCES') throw error;
  return new EnvironmentError('environment_tools_missing', 'there is no Python on this server', 'Install it.');
}
