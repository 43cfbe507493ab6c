import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { TemplateBundle } from '../../services/template-bundle.ts';
import { TemplateService } from '../../services/template-service.ts';
import { presentTagged } from '../etag.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import { recall } from '../repeats.ts';
import type { Routes } from '../route-types.ts';
import { pageOf } from '../schemas/page.ts';
import {
  presentTemplate,
  templateFields,
  templateLocale,
  templateName,
  templateRefParams,
  templateSchema,
  templateWeighting,
} from '../schemas/template.ts';
import { typed } from '../schemas/typed.ts';
import { currentId, parseTemplateRef } from '../template-ref.ts';

const tags = ['Templates'];
const MAX_BUNDLED = 200;
const oneTemplate = { description: 'The template.', content: { 'application/json': { schema: templateSchema } } };
const document = {
  fields: templateFields,
  locale: templateLocale.optional(),
  weighting: templateWeighting.optional(),
};
const bundleBody = z
  .strictObject({
    kind: z.literal('datamaker/templates'),
    version: z.literal(1),
    templates: z
      .array(z.strictObject({ id: z.string().min(1).max(80), name: templateName, ...document }))
      .min(1)
      .max(MAX_BUNDLED, `at most ${MAX_BUNDLED} templates`),
  })
  .meta({ id: 'TemplateBundle', description: 'A template with all that it nests; ids are of the bundle only.' });
const validation = z
  .object({
    valid: z.boolean(),
    diagnostics: z.array(
      z.object({ code: z.string(), pointer: z.string(), message: z.string(), hint: z.string().optional() }),
    ),
  })
  .meta({ id: 'TemplateValidation' });
const deleted = z
  .object({
    id: z.string(),
    name: z.string(),
    version: z.int().min(1),
    deletedAt: z.iso.datetime(),
    purgeAt: z.iso.datetime().meta({ description: 'From then on it cannot be restored.' }),
  })
  .meta({ id: 'DeletedTemplate' });

/** Members that are given. */
const documentOf = ({ fields, locale, weighting }: z.output<z.ZodObject<typeof document>>) => ({
  fields,
  ...(locale === undefined ? {} : { locale }),
  ...(weighting === undefined ? {} : { weighting }),
});

/** Templates from templates: copies, those taken from elsewhere, those that were deleted; and those that are still being written. */
export const templateCopyRoutes: Routes = async (app, { cursors, claims }) => {
  const service = (request: FastifyRequest): TemplateService =>
    new TemplateService(request.tenant, request.principal, cursors);

  app.post(
    '/templates/validate',
    {
      config: { permission: 'read', repeats: 'recipe' },
      schema: {
        operationId: 'validateTemplate',
        tags,
        summary: 'What is wrong with a template; nothing is stored',
        body: z.strictObject({ name: templateName.optional(), ...document }),
        response: {
          200: { description: 'All that is wrong.', content: { 'application/json': { schema: validation } } },
          ...errorResponses('validation_error'),
        },
      },
    },
    async (request, reply) => {
      const { name = 'template', ...body } = request.body;
      const check = async () => {
        const diagnostics = [...(await service(request).validate(name, documentOf(body)))];
        return { valid: diagnostics.length === 0, diagnostics };
      };
      return recall(request, reply, claims, async () => ({}), check);
    },
  );

  app.post(
    '/templates/bundle',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'importTemplateBundle',
        tags,
        summary: 'Create the templates of a bundle, all or none',
        body: bundleBody,
        response: {
          201: {
            description: 'The templates, in the order of their creation.',
            content: { 'application/json': { schema: z.object({ templates: z.array(templateSchema) }) } },
          },
          ...errorResponses('validation_error'),
        },
      },
    },
    async (request, reply) => {
      refuseNul(request.body);
      const created = await service(request).import(request.body.templates);
      return reply.code(201).send({ templates: created.map(presentTemplate) });
    },
  );

  app.get(
    '/templates/deleted',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listDeletedTemplates',
        tags,
        summary: 'The hundred templates that were deleted last',
        response: {
          200: { description: 'The last deleted first.', content: { 'application/json': { schema: pageOf(deleted) } } },
          ...errorResponses(),
        },
      },
    },
    async (request) => {
      const found = await service(request).listDeleted();
      const items = found.map(({ deletedAt, purgeAt, ...rest }) => ({
        ...rest,
        deletedAt: deletedAt.toISOString(),
        purgeAt: purgeAt.toISOString(),
      }));
      return { items, next_cursor: null, total: items.length };
    },
  );

  app.get(
    '/templates/:ref/export',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'exportTemplate',
        tags,
        summary: 'A template, or a version of it, with all that it nests',
        params: templateRefParams,
        response: {
          200: {
            description: 'The bundle.',
            content: { 'application/json': { schema: typed<TemplateBundle>(bundleBody) } },
          },
          ...errorResponses('not_found'),
        },
      },
    },
    async (request, reply) => {
      const { id, version } = parseTemplateRef(request.params.ref);
      const bundle = await service(request).export(id, version);
      reply.header('Content-Disposition', `attachment; filename="${id}.template.json"`);
      return bundle;
    },
  );

  app.post(
    '/templates/:ref/duplicate',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'duplicateTemplate',
        tags,
        summary: 'Create a template that is as another, or a version of it',
        params: templateRefParams,
        body: z.strictObject({ name: templateName.optional() }),
        response: { 201: oneTemplate, ...errorResponses('not_found', 'validation_error') },
      },
    },
    async (request, reply) => {
      refuseNul(request.body);
      const { id, version } = parseTemplateRef(request.params.ref);
      const copy = await service(request).duplicate(id, version, request.body.name);
      reply.code(201).header('Location', `/templates/${copy.id}`);
      return presentTagged(reply, copy);
    },
  );

  app.post(
    '/templates/:ref/restore',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'restoreTemplate',
        tags,
        summary: 'Take the deletion of a template back',
        params: templateRefParams,
        body: z.strictObject({}),
        response: { 200: oneTemplate, ...errorResponses('not_found', 'validation_error') },
      },
    },
    async (request, reply) => presentTagged(reply, await service(request).restore(currentId(request.params.ref))),
  );
};
