import { z } from 'zod';
import { readUsage } from '../../services/usage-service.ts';
import { WorkspaceEndService } from '../../services/workspace-end-service.ts';
import { WorkspaceService } from '../../services/workspace-service.ts';
import { given } from '../given.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { shortName } from '../schemas/people.ts';
import { usageSchema } from '../schemas/usage.ts';
import {
  deletedWorkspaceSchema,
  planSchema,
  presentDeletedWorkspace,
  presentWorkspace,
  workspaceSchema,
} from '../schemas/workspace.ts';

const tags = ['Workspace'];
const workspace = { description: 'The workspace.', content: { 'application/json': { schema: workspaceSchema } } };
const usage = { description: 'The meters.', content: { 'application/json': { schema: usageSchema } } };
const deletedWorkspace = {
  description: 'The workspace, and until when it can be restored.',
  content: { 'application/json': { schema: deletedWorkspaceSchema } },
};
const deletionBody = z.strictObject({
  name: z.string().max(200).meta({ description: 'Of the workspace, as it is: so that it is no other.' }),
});
const changeBody = z.strictObject({ name: shortName.optional(), plan: planSchema.optional() });

/** The workspace of whoever asks. */
export const workspaceRoutes: Routes = async (app, { cursors, limiter, planChanges }) => {
  app.get(
    '/workspace',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readWorkspace',
        tags,
        summary: 'Read the workspace',
        response: { 200: workspace, ...errorResponses() },
      },
    },
    async (request) => presentWorkspace(await new WorkspaceService(request.tenant, request.principal, cursors).read()),
  );

  app.get(
    '/workspace/usage',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readUsage',
        tags,
        summary: 'Read what the workspace uses of what its plan allows',
        response: { 200: usage, ...errorResponses() },
      },
    },
    async ({ tenant, principal }) => {
      const { plan, meters } = await readUsage(tenant, principal, limiter);
      return { plan, meters: [...meters] };
    },
  );

  app.patch(
    '/workspace',
    {
      config: { permission: 'administer', about: 'workspace' },
      schema: {
        operationId: 'changeWorkspace',
        tags,
        summary: 'Rename the workspace, or put it on another plan',
        description: 'Plans are for owners, or for whoever runs the server alone.',
        body: changeBody,
        response: { 200: workspace, ...errorResponses('validation_error') },
      },
    },
    async (request) => {
      const service = new WorkspaceService(request.tenant, request.principal, cursors);
      return presentWorkspace(await service.change(given(request.body), planChanges));
    },
  );

  app.delete(
    '/workspace',
    {
      config: { permission: 'own', about: 'workspace' },
      schema: {
        operationId: 'deleteWorkspace',
        tags,
        summary: 'Delete the workspace: keys, sessions, schedules and runs end at once',
        description: 'It is purged in 30 days; until then an owner can restore it.',
        body: deletionBody,
        response: { 200: deletedWorkspace, ...errorResponses('validation_error') },
      },
    },
    async ({ tenant, principal, body }) =>
      presentDeletedWorkspace(await new WorkspaceEndService(tenant, principal).delete(body.name)),
  );

  app.post(
    '/workspace/restore',
    {
      config: { permission: 'own', about: 'workspace', evenDeleted: true },
      schema: {
        operationId: 'restoreWorkspace',
        tags,
        summary: 'Take the deletion of the workspace back',
        body: z.strictObject({}).optional(),
        response: { 200: workspace, ...errorResponses('validation_error') },
      },
    },
    async ({ tenant, principal }) => presentWorkspace(await new WorkspaceEndService(tenant, principal).restore()),
  );
};
