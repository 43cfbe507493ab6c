import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { TemplateService } from '../../services/template-service.ts';
import { isKnown, matchOf, presentTagged } from '../etag.ts';
import { given } from '../given.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import type { Routes } from '../route-types.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import {
  presentTemplate,
  templateFields,
  templateLocale,
  templateName,
  templateRefParams,
  templateSchema,
  templateWeighting,
} from '../schemas/template.ts';
import { currentId, parseTemplateRef } from '../template-ref.ts';

const tags = ['Templates'];
const createBody = z.strictObject({
  name: templateName,
  fields: templateFields,
  locale: templateLocale.optional(),
  weighting: templateWeighting.optional(),
});
const changeBody = z.strictObject({
  name: templateName.optional(),
  fields: templateFields.optional(),
  locale: templateLocale.nullable().optional(),
  weighting: templateWeighting.nullable().optional(),
});
const versionSchema = z
  .object({ version: z.int().min(1), name: z.string(), createdAt: z.iso.datetime(), createdBy: z.string() })
  .meta({ id: 'TemplateVersion' });
const oneTemplate = { description: 'The template.', content: { 'application/json': { schema: templateSchema } } };

const listQuery = pageQuery.extend({
  name: z
    .string('give name once')
    .min(1, 'name must not be empty')
    .max(200, 'name has at most 200 characters')
    .optional()
    .meta({ description: 'Only those that are called that.' }),
});

/** Templates: list, create, read (also at a version), change, delete, versions. */
export const templateRoutes: Routes = async (app, { cursors }) => {
  const service = (request: FastifyRequest): TemplateService =>
    new TemplateService(request.tenant, request.principal, cursors);

  app.get(
    '/templates',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listTemplates',
        tags,
        summary: 'List templates, the newest first',
        querystring: listQuery,
        response: {
          200: { description: 'A page.', content: { 'application/json': { schema: pageOf(templateSchema) } } },
          ...errorResponses('validation_error', 'invalid_cursor'),
        },
      },
    },
    async (request) => {
      const { limit, cursor, name } = request.query;
      refuseNul({ name });
      const page = await service(request).list(limit, cursor, name);
      return { items: page.items.map(presentTemplate), next_cursor: page.nextCursor, total: page.total };
    },
  );

  app.post(
    '/templates',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'createTemplate',
        tags,
        summary: 'Create a template',
        body: createBody,
        response: { 201: oneTemplate, ...errorResponses('validation_error') },
      },
    },
    async (request, reply) => {
      refuseNul(request.body);
      const { name, ...document } = request.body;
      const template = await service(request).create(name, given(document));
      reply.code(201).header('Location', `/templates/${template.id}`);
      return presentTagged(reply, template);
    },
  );

  app.get(
    '/templates/:ref',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readTemplate',
        tags,
        summary: 'Read a template, or a version of it',
        params: templateRefParams,
        response: {
          200: oneTemplate,
          304: { description: 'It is the one that `If-None-Match` names.' },
          ...errorResponses('not_found'),
        },
      },
    },
    async (request, reply) => {
      const { id, version } = parseTemplateRef(request.params.ref);
      const template = await service(request).read(id, version);
      const body = presentTagged(reply, template);
      return isKnown(request, template) ? reply.code(304).send() : body;
    },
  );

  app.patch(
    '/templates/:ref',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'changeTemplate',
        tags,
        summary: 'Change a template: adds a version',
        params: templateRefParams,
        body: changeBody,
        response: { 200: oneTemplate, ...errorResponses('not_found', 'validation_error', 'version_conflict') },
      },
    },
    async (request, reply) => {
      refuseNul(request.body);
      const change = given(request.body);
      const id = currentId(request.params.ref);
      return presentTagged(reply, await service(request).update(id, change, matchOf(request, id)));
    },
  );

  app.delete(
    '/templates/:ref',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'deleteTemplate',
        tags,
        summary: 'Delete a template; it can be restored for 30 days',
        params: templateRefParams,
        response: { 204: { description: 'It is gone.' }, ...errorResponses('not_found', 'version_conflict') },
      },
    },
    async (request, reply) => {
      const id = currentId(request.params.ref);
      await service(request).delete(id, matchOf(request, id));
      return reply.code(204).send();
    },
  );

  app.get(
    '/templates/:ref/versions',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listTemplateVersions',
        tags,
        summary: 'List the versions of a template, the newest first',
        params: templateRefParams,
        response: {
          200: { description: 'All of them.', content: { 'application/json': { schema: pageOf(versionSchema) } } },
          ...errorResponses('not_found'),
        },
      },
    },
    async (request) => {
      const versions = await service(request).versions(currentId(request.params.ref));
      const items = versions.map(({ version, name, createdAt, createdBy }) => ({
        version,
        name,
        createdAt: createdAt.toISOString(),
        createdBy,
      }));
      return { items, next_cursor: null, total: items.length };
    },
  );
};
