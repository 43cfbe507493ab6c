import { ConnectionError } from '@datamaker/connectors';
import { ApiError } from '../../errors.ts';
import { sayProblem, toApiError } from '../connections/connection-failed.ts';
import { RunFailure } from '../runs/run-failure.ts';

/** What clients are told of what ended a push. @param error anything that is no news to them comes back as it is */
export function toPushFailure(error: unknown): unknown {
  if (error instanceof ConnectionError) {
    const told = toApiError(error);
    const code = told instanceof ApiError ? (told.diagnostics[0]?.code ?? told.code) : error.problem;
    return new RunFailure(code, error.hint === undefined ? sayProblem(error) : `${sayProblem(error)}; ${error.hint}`);
  }
  if (error instanceof ApiError && error.diagnostics[0] !== undefined) {
    return new RunFailure(error.diagnostics[0].code, error.message);
  }
  return error;
}
