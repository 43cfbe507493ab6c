import { z } from 'zod';
import { WorkspaceService } from '../../services/workspace-service.ts';
import { given } from '../given.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { shortName } from '../schemas/people.ts';
import { planSchema, presentWorkspace, workspaceSchema } from '../schemas/workspace.ts';

const tags = ['Workspace'];
const workspace = { description: 'The workspace.', content: { 'application/json': { schema: workspaceSchema } } };
const changeBody = z.strictObject({ name: shortName.optional(), plan: planSchema.optional() });

/** The workspace of whoever asks. */
export const workspaceRoutes: Routes = async (app, { cursors }) => {
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

  app.patch(
    '/workspace',
    {
      config: { permission: 'administer', about: 'workspace' },
      schema: {
        operationId: 'changeWorkspace',
        tags,
        summary: 'Rename the workspace, or put it on another plan',
        description: 'Plans are for owners.',
        body: changeBody,
        response: { 200: workspace, ...errorResponses('validation_error') },
      },
    },
    async (request) => {
      const service = new WorkspaceService(request.tenant, request.principal, cursors);
      return presentWorkspace(await service.change(given(request.body)));
    },
  );
};
