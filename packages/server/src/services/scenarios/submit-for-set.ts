import type { ApiError } from '../../errors.ts';
import type { Cursors } from '../../security/cursor.ts';
import type { Principal } from '../../store/keys.ts';
import { type Tenant, within } from '../../store/tenant.ts';
import type { ScenarioLimits } from '../limits/scenario-limits.ts';
import type { RunPlaces } from '../run-service.ts';
import { ScenarioService } from './scenario-service.ts';
import { paramsOfSet, type SetOfParams } from './set-params.ts';
import { submitScenario } from './submit-scenario.ts';

/** Which scenario, for which rows. */
export interface SetOrder {
  readonly scenarioId: string;
  readonly version: number | undefined;
  readonly set: SetOfParams;
  /** Of all runs; values of rows come before them. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly timeoutSeconds: number | undefined;
  /** Why nobody would execute them, as it was found out before. */
  readonly refusal: ApiError | undefined;
}

/**
 * Makes a run of a scenario for each row of a set, all or none.
 * @returns ids of the runs, in the order of the rows
 * @throws ApiError not_found, validation_error, conflict
 */
export function submitForSet(
  { cursors, runs }: { readonly cursors: Cursors; readonly runs: RunPlaces },
  tenant: Tenant,
  principal: Principal,
  limits: ScenarioLimits,
  order: SetOrder,
): Promise<string[]> {
  return tenant(async (tx) => {
    const acting = within(tx, tenant.blobs);
    const scenario = await new ScenarioService(acting, principal, cursors, runs.environments).read(
      order.scenarioId,
      order.version,
    );
    const { set, rows, first } = await paramsOfSet(acting, principal.projectId, order.set);
    const made: string[] = [];
    for (const [index, row] of rows.entries()) {
      const origin = { set: { name: set.name, version: set.version, row: first + index } };
      const params = { ...order.params, ...row };
      const { timeoutSeconds, refusal } = order;
      const one = { params, timeoutSeconds, origin, refusal };
      made.push(await submitScenario(runs, acting, principal, limits, scenario, one));
    }
    return made;
  });
}
