import { ApiError } from '../../errors.ts';
import { recordAct } from '../../store/audit.ts';
import type { Principal } from '../../store/keys.ts';
import { holdScenarios, moveScenarios, scenariosThatRun } from '../../store/move-scenarios.ts';
import { holdProject } from '../../store/projects.ts';
import type { Tenant } from '../../store/tenant.ts';
import { missing } from '../missing.ts';

/**
 * Moves scenarios to another project of the workspace, all or none: with their versions, schedules, runs and logs. What they look for by
 * name (templates, connections, secrets, files) they look for there from then on, so none of their runs may be under way.
 * @throws ApiError not_found; conflict that says which of them run
 */
export async function moveToProject(
  tenant: Tenant,
  principal: Principal,
  given: readonly string[],
  targetId: string,
): Promise<void> {
  const { workspaceId, projectId, onlyProject } = principal;
  const ids = [...new Set(given)];
  await tenant(async (tx) => {
    const seen = { workspaceId, projectId: onlyProject ? projectId : undefined };
    if ((await holdProject(tx, seen, targetId)) === undefined) missing('project', targetId);
    const held = await holdScenarios(tx, projectId, ids);
    const absent = ids.find((id) => held.every((one) => one.id !== id));
    if (absent !== undefined) missing('scenario', absent);
    if (targetId === projectId) return;
    const busy = await scenariosThatRun(tx, ids);
    if (busy.size > 0) throw areRunning(given, busy);
    await moveScenarios(tx, ids, targetId);
    for (const { id, name } of held) {
      const details = { name, from: projectId, to: targetId };
      await recordAct(tx, principal, { action: 'scenario.moved', subjectId: id, projectId: targetId, details });
    }
  });
}

/** @param given in the order of the request */
function areRunning(given: readonly string[], busy: ReadonlySet<string>): ApiError {
  const diagnostics = given.flatMap((id, index) =>
    busy.has(id)
      ? [
          {
            code: 'run_has_not_ended',
            pointer: `/scenarios/${index}`,
            message: `a run of ${id} has not ended`,
            hint: 'wait for it, or cancel it',
          },
        ]
      : [],
  );
  return new ApiError('conflict', 'nothing was moved: some of the scenarios run', diagnostics);
}
