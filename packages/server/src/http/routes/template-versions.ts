import { z } from 'zod';
import type { TemplateDiff } from '../../services/template-diff.ts';
import { TemplateService } from '../../services/template-service.ts';
import { matchOf, presentTagged } from '../etag.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { templateRefParams, templateSchema } from '../schemas/template.ts';
import { typed } from '../schemas/typed.ts';
import { versionNumber } from '../schemas/version.ts';
import { currentId } from '../template-ref.ts';

const tags = ['Templates'];
const versionText = z
  .string('give it once')
  .regex(/^[1-9]\d{0,8}$/, 'a version is a whole number from 1 on')
  .transform(Number);
const diffSchema = z
  .looseObject({
    from: z.int(),
    to: z.int(),
    same: z.boolean(),
    changed: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })),
    fields: z.object({
      added: z.array(z.unknown()),
      removed: z.array(z.unknown()),
      changed: z.array(
        z.object({ name: z.string(), from: z.unknown(), to: z.unknown(), pointers: z.array(z.string()) }),
      ),
      reordered: z.boolean(),
    }),
  })
  .meta({ id: 'TemplateDiff', description: 'What became of a template; what is not named is the same.' });

/** What became of a template between its versions, and back to one of them. */
export const templateVersionRoutes: Routes = async (app, { cursors }) => {
  app.get(
    '/templates/:ref/diff',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'diffTemplate',
        tags,
        summary: 'What became of a template between two versions',
        params: templateRefParams,
        querystring: z.strictObject({ from: versionText, to: versionText }),
        response: {
          200: {
            description: 'The differences.',
            content: { 'application/json': { schema: typed<TemplateDiff>(diffSchema) } },
          },
          ...errorResponses('not_found', 'validation_error'),
        },
      },
    },
    async (request) => {
      const { from, to } = request.query;
      const service = new TemplateService(request.tenant, request.principal, cursors);
      return service.diff(currentId(request.params.ref), from, to);
    },
  );

  app.post(
    '/templates/:ref/rollback',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'rollBackTemplate',
        tags,
        summary: 'Make a template what it was: adds a version',
        params: templateRefParams,
        body: z.strictObject({ version: versionNumber }),
        response: {
          200: { description: 'The template.', content: { 'application/json': { schema: templateSchema } } },
          ...errorResponses('not_found', 'validation_error', 'version_conflict'),
        },
      },
    },
    async (request, reply) => {
      const service = new TemplateService(request.tenant, request.principal, cursors);
      const id = currentId(request.params.ref);
      return presentTagged(reply, await service.rollBack(id, request.body.version, matchOf(request, id)));
    },
  );
};
