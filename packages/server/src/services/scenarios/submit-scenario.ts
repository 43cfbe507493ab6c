import { drawSeed } from '@datamaker/engine';
import type { ApiError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { Principal } from '../../store/keys.ts';
import type { StoredScenario } from '../../store/scenarios.ts';
import type { Tenant } from '../../store/tenant.ts';
import type { ScenarioLimits } from '../limits/scenario-limits.ts';
import type { RunPlaces } from '../run-service.ts';
import { submitRun } from '../runs/submit-run.ts';
import { shownParams } from './shown-params.ts';

/** What a run is asked for beside its scenario. */
export interface ScenarioOrder {
  readonly params: Readonly<Record<string, unknown>>;
  /** Less than the plan and the scenario give. */
  readonly timeoutSeconds?: number | undefined;
  /** Where the parameters come from, or who has the run made. */
  readonly origin?: Readonly<Record<string, unknown>>;
  /** Why nobody would execute it, as it was found out before. */
  readonly refusal?: ApiError | undefined;
  /** Nothing is written anywhere; what would have been is told. */
  readonly isDry?: boolean;
  /** The run that is made again, from its record. */
  readonly replayOf?: string;
  /** What it draws from; default: drawn itself. */
  readonly seed?: string;
}

/**
 * Makes a run of a scenario as it is at that version. The run and the notice to workers are one transaction.
 * @returns the id of the run
 * @throws ApiError conflict, too_many_runs
 */
export async function submitScenario(
  runs: Pick<RunPlaces, 'queue' | 'plans'>,
  tenant: Tenant,
  principal: Principal,
  limits: ScenarioLimits,
  scenario: StoredScenario,
  { params, timeoutSeconds, origin, isDry = false, replayOf, seed = drawSeed(), refusal }: ScenarioOrder,
): Promise<string> {
  if (refusal !== undefined) throw refusal;
  const { settings, version } = scenario;
  const id = newId('run');
  const seconds = [limits.seconds, settings.timeoutSeconds, timeoutSeconds].filter((one) => typeof one === 'number');
  await submitRun(tenant, principal, runs, {
    id,
    kind: 'scenario',
    subjectId: scenario.id,
    params: {
      scenario_version: version,
      params: shownParams(params),
      seed,
      ...(isDry ? { dry_run: true } : {}),
      ...(replayOf === undefined ? {} : { replay_of: replayOf }),
      ...origin,
    },
    recipe: {
      version,
      given: params,
      retryOnCrash: settings.retryOnCrash,
      timeoutSeconds: Math.min(...seconds),
      seed,
      ...(isDry ? { isDry } : {}),
      ...(replayOf === undefined ? {} : { replayOf }),
      memoryBytes: limits.memoryBytes,
      log: limits.log,
    },
    total: 0,
    maxBytes: null,
    reservationId: null,
  });
  return id;
}
