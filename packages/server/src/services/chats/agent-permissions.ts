import type { TurnRunner } from '../../agent/turn-runner.ts';
import type { Risk, ToolPermission } from '../../chat-kinds.ts';
import { agentPermissions, setAgentPermission } from '../../store/agent-permissions.ts';
import type { Principal } from '../../store/keys.ts';
import type { Tenant } from '../../store/tenant.ts';
import { missing } from '../missing.ts';

/** What counts of a tool of which nobody has said anything. */
const defaultFor = (risk: Risk): ToolPermission => (risk === 'outbound_or_destructive' ? 'ask' : 'allow');

/** All tools of the agent, with what counts of each in a workspace. */
export async function listPermissions(tenant: Tenant, { workspaceId }: Principal, runner: TurnRunner) {
  const said = await agentPermissions(tenant, workspaceId);
  return {
    model: runner.isGuess ? null : runner.modelName,
    tools: runner.tools.map(({ name, title, risk }) => ({
      tool: name,
      title,
      risk,
      permission: said.get(name) ?? defaultFor(risk),
      isDefault: !said.has(name),
    })),
  };
}

/** @param permission undefined: takes back what was said @throws ApiError not_found */
export async function changePermission(
  tenant: Tenant,
  principal: Principal,
  runner: TurnRunner,
  tool: string,
  permission: ToolPermission | undefined,
): Promise<void> {
  if (runner.tools.every(({ name }) => name !== tool)) missing('tool', tool);
  await setAgentPermission(tenant, principal, tool, permission);
}
