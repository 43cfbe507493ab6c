import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { WorkspaceService } from '../../services/workspace-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { idParams, idText } from '../schemas/ids.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import { shortName } from '../schemas/people.ts';
import { presentProject, projectSchema } from '../schemas/workspace.ts';

const tags = ['Workspace'];
const project = { description: 'The project.', content: { 'application/json': { schema: projectSchema } } };
const nameBody = z.strictObject({ name: shortName });
const MAX_MOVED = 100;
const moveBody = z.strictObject({
  templates: z
    .array(idText, 'templates must be a list of ids')
    .min(1, 'name at least one template')
    .max(MAX_MOVED, `at most ${MAX_MOVED} templates`)
    .meta({ example: ['tmpl_8d3kq0vx2m5ra7cz4n1w'] }),
  projectId: idText.meta({ description: 'Where they go.' }),
});

/** Projects of the workspace, and moving templates between them. */
export const projectRoutes: Routes = async (app, { cursors }) => {
  const service = ({ tenant, principal }: FastifyRequest): WorkspaceService =>
    new WorkspaceService(tenant, principal, cursors);

  app.get(
    '/projects',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listProjects',
        tags,
        summary: 'List projects, the newest first',
        querystring: pageQuery,
        response: {
          200: { description: 'A page.', content: { 'application/json': { schema: pageOf(projectSchema) } } },
          ...errorResponses('validation_error', 'invalid_cursor'),
        },
      },
    },
    async (request) => {
      const page = await service(request).listProjects(request.query.limit, request.query.cursor);
      return { items: page.items.map(presentProject), next_cursor: page.nextCursor, total: page.total };
    },
  );

  app.post(
    '/projects',
    {
      config: { permission: 'administer', about: 'workspace' },
      schema: {
        operationId: 'createProject',
        tags,
        summary: 'Create a project',
        body: nameBody,
        response: { 201: project, ...errorResponses('validation_error') },
      },
    },
    async (request, reply) => {
      const created = await service(request).createProject(request.body.name);
      return reply.code(201).header('Location', `/projects/${created.id}`).send(presentProject(created));
    },
  );

  app.get(
    '/projects/:id',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readProject',
        tags,
        summary: 'Read a project',
        params: idParams,
        response: { 200: project, ...errorResponses('not_found') },
      },
    },
    async (request) => presentProject(await service(request).readProject(request.params.id)),
  );

  app.patch(
    '/projects/:id',
    {
      config: { permission: 'administer', about: 'workspace' },
      schema: {
        operationId: 'renameProject',
        tags,
        summary: 'Rename a project',
        params: idParams,
        body: nameBody,
        response: { 200: project, ...errorResponses('not_found', 'validation_error') },
      },
    },
    async (request) => presentProject(await service(request).renameProject(request.params.id, request.body.name)),
  );

  app.delete(
    '/projects/:id',
    {
      config: { permission: 'administer', about: 'workspace' },
      schema: {
        operationId: 'deleteProject',
        tags,
        summary: 'Delete a project with nothing in it; keys for it only work no more',
        params: idParams,
        response: { 204: { description: 'It is gone.' }, ...errorResponses('not_found', 'conflict') },
      },
    },
    async (request, reply) => {
      await service(request).deleteProject(request.params.id);
      return reply.code(204).send();
    },
  );

  app.post(
    '/templates/move',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'moveTemplates',
        tags: ['Templates'],
        summary: 'Move templates to another project of the workspace, all or none',
        description: 'Templates that have rows of each other in them move together.',
        body: moveBody,
        response: {
          204: { description: 'They are there.' },
          ...errorResponses('not_found', 'conflict', 'validation_error'),
        },
      },
    },
    async (request, reply) => {
      await service(request).moveTemplates([...new Set(request.body.templates)], request.body.projectId);
      return reply.code(204).send();
    },
  );
};
