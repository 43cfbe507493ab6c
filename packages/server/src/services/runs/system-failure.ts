import { ConnectionError } from '@datamaker/connectors';
import { SeedError } from '@datamaker/seeding/records';
import { ApiError } from '../../errors.ts';
import type { RunError } from '../../store/run-table.ts';
import { toSeedApiError } from '../seeds/seed-failed.ts';

/** What clients are told of what a system, or a plan for it, has refused; undefined: it was something else. */
export function systemFailureOf(error: unknown): RunError | undefined {
  if (!(error instanceof ConnectionError || error instanceof SeedError)) return undefined;
  const told = toSeedApiError(error);
  if (!(told instanceof ApiError)) return undefined;
  return { code: told.diagnostics[0]?.code ?? told.code, message: told.message };
}
