import { conflict } from '../../errors.ts';
import type { Principal } from '../../store/keys.ts';
import { findRecord } from '../../store/run-records.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { StoredScenario } from '../../store/scenarios.ts';
import type { Tenant } from '../../store/tenant.ts';
import type { ScenarioLimits } from '../limits/scenario-limits.ts';
import { hasEnded, type RunPlaces } from '../run-service.ts';
import { type ScenarioOrder, submitScenario } from './submit-scenario.ts';

/**
 * Makes a run that is answered from the record of another one.
 * @param scenario at the version of that run
 * @returns the id of the new run
 * @throws ApiError conflict, too_many_runs
 */
export async function submitReplay(
  runs: Pick<RunPlaces, 'queue' | 'plans'>,
  tenant: Tenant,
  principal: Principal,
  limits: ScenarioLimits,
  scenario: StoredScenario,
  run: StoredRun,
  order: Pick<ScenarioOrder, 'timeoutSeconds' | 'refusal'>,
): Promise<string> {
  if (!hasEnded(run)) throw conflict('run_has_not_ended', 'the run has not ended', 'wait for it, or cancel it');
  const record = await findRecord(tenant, run.id);
  if (record === undefined) {
    const hint = 'records are kept as long as logs, and neither dry runs, replays nor runs that were lost have one';
    throw conflict('no_record', 'there is no record of the run', hint);
  }
  if (record.incomplete !== null) {
    throw conflict('record_incomplete', `the record of the run is not whole: ${record.incomplete}`, 'run it anew');
  }
  const params = (run.params['params'] ?? {}) as Readonly<Record<string, unknown>>;
  const seed = run.params['seed'];
  return submitScenario(runs, tenant, principal, limits, scenario, {
    params,
    ...order,
    replayOf: run.id,
    ...(typeof seed === 'string' ? { seed } : {}),
  });
}
