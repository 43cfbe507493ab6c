import { CommandError, type FailureCode } from '../errors/command-error.ts';
import type { RemoteRun } from './remote-run.ts';

interface Outcome {
  readonly exitCode: FailureCode;
  readonly text: string;
}

/** How a command ends that has waited for a run, by the state of that. */
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  failed: { exitCode: 1, text: 'failed' },
  timeout: { exitCode: 3, text: 'ran out of time' },
  lost: { exitCode: 4, text: 'is lost' },
  cancelled: { exitCode: 5, text: 'was cancelled' },
};

/** How the outcomes are told in the help. */
export const OUTCOMES_NOTE =
  'A command that waits for a run ends as that does: with 0 when it is done, 1 when it has failed, 3 when it ran out of time, 4 when it is lost, 5 when it was cancelled.';

/** The failure that a run has ended with; undefined: it is done. */
export function failureOf({ id, state, error }: Pick<RemoteRun, 'id' | 'state' | 'error'>): CommandError | undefined {
  if (state === 'done') return undefined;
  const { exitCode, text } = OUTCOMES[state] ?? { exitCode: 1, text: `is ${state}` };
  const message = `${id} ${text}${error === null ? '' : `: ${error.message}`}`;
  return new CommandError(exitCode, error?.code ?? `run_${state}`, message);
}
