import { z } from 'zod';
import { changePermission, listPermissions } from '../../services/chats/agent-permissions.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { permissionText, toolParams } from '../schemas/chat.ts';

const tags = ['Chats'];
const toolSchema = z
  .object({
    tool: z.string(),
    title: z.string(),
    risk: z.enum(['read', 'generate', 'write', 'outbound_or_destructive']),
    permission: permissionText.meta({ description: 'What counts now.' }),
    isDefault: z.boolean().meta({ description: 'Whether nobody has said anything of it.' }),
  })
  .meta({ id: 'AgentTool' });
const all = z
  .object({
    model: z.string().nullable().meta({ description: 'What answers in chats; null: built-in patterns.' }),
    tools: z.array(toolSchema),
  })
  .meta({ id: 'AgentPermissions' });
const answer = { description: 'All tools.', content: { 'application/json': { schema: all } } };

/** Which tools agents of chats may use in a workspace, and for which they have to ask. */
export const agentPermissionRoutes: Routes = async (app, { agent }) => {
  app.get(
    '/agent/permissions',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listAgentPermissions',
        tags,
        summary: 'The tools of the agent, and whether it may use them, has to ask, or has them not',
        response: { 200: answer, ...errorResponses() },
      },
    },
    ({ tenant, principal }) => listPermissions(tenant, principal, agent),
  );

  app.put(
    '/agent/permissions/:tool',
    {
      config: { permission: 'administer', about: 'workspace' },
      schema: {
        operationId: 'setAgentPermission',
        tags,
        summary: 'Say whether agents may use a tool; null takes back what was said',
        description:
          'Tools that send something out or destroy something are asked for again after the agent has read what others wrote, also where they are allowed.',
        params: toolParams,
        body: z.strictObject({ permission: permissionText.nullable() }),
        response: { 200: answer, ...errorResponses('not_found', 'validation_error') },
      },
    },
    async ({ tenant, principal, params, body }) => {
      await changePermission(tenant, principal, agent, params.tool, body.permission ?? undefined);
      return listPermissions(tenant, principal, agent);
    },
  );
};
