import { FORMATS, formatInfo, type Profile } from '@datamaker/engine';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { prepareGeneration, preview, profile } from '../../services/generation-service.ts';
import { TemplateService } from '../../services/template-service.ts';
import { negotiateFormat } from '../negotiate-format.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { templateRefParams } from '../schemas/template.ts';
import { typed } from '../schemas/typed.ts';
import { sendGeneration } from '../send-generation.ts';
import { parseTemplateRef } from '../template-ref.ts';

const tags = ['Generation'];
const row = z.record(z.string(), z.unknown());
/** Not a z.record: that drops the key `__proto__`, which may be a field's name. */
const overrides = z
  .custom<Readonly<Record<string, unknown>>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'overrides must be an object: field name → value',
  )
  .meta({
    description: 'Field name → the value it has in every row.',
    example: { country: 'DE' },
    override: { type: 'object', additionalProperties: true },
  })
  .optional();
const seed = z
  .unknown()
  .optional()
  .meta({ description: 'A text or a number; drawn unless given, and told in `X-DataMaker-Seed`.', example: 'demo' });
const mode = z.unknown().optional().meta({ description: '`right`, `negative` or `boundary`.' });
const negative = z.unknown().optional().meta({ description: 'How rows are wrong on purpose.' });
/** Beside these, the options of the format: the engine knows them, and what is unknown. */
const generateBody = z.looseObject({
  count: z.unknown().optional().meta({ description: 'How many rows.', example: 100 }),
  format: z
    .unknown()
    .optional()
    .meta({ description: `One of ${FORMATS.join(', ')}; default json.`, example: 'csv' }),
  seed,
  mode,
  negative,
  overrides,
});
const previewBody = z.strictObject({ seed, mode, negative, overrides });
const MAX_PROFILED = 100_000;
const profileBody = z.strictObject({
  count: z
    .int('count must be a whole number')
    .min(1, 'count must be at least 1')
    .max(MAX_PROFILED, `count must be at most ${MAX_PROFILED}`)
    .default(10_000),
  seed,
  overrides,
});
const profileSchema = z
  .looseObject({ seed: z.string() })
  .meta({ id: 'Profile', description: 'What is in the rows, field by field, and whether it is as the template says.' });

/** Every format's media type, with the rows as a list where it is JSON. */
const outputs = Object.fromEntries(
  FORMATS.map((format) => formatInfo(format).mediaType.split(';')[0] ?? '').map((type) => [
    type,
    { schema: type === 'application/json' ? z.array(row) : z.string() },
  ]),
);

/** Generation: a stream of rows in a format, a preview of three, or a profile of many. */
export const generateRoutes: Routes = async (app, { cursors }) => {
  const find = async (request: FastifyRequest<{ Params: { ref: string } }>) => {
    const { id, version } = parseTemplateRef(request.params.ref);
    const service = new TemplateService(request.tenant, request.principal, cursors);
    return { template: await service.read(id, version), templates: service.store };
  };

  app.post(
    '/templates/:ref/generate',
    {
      config: { permission: 'generate' },
      schema: {
        operationId: 'generate',
        tags,
        summary: 'Generate rows, as a stream',
        description: 'Beside these keys the body takes the options of its format.',
        params: templateRefParams,
        body: generateBody,
        response: {
          200: { description: 'The rows.', content: outputs },
          ...errorResponses('not_found', 'validation_error', 'not_acceptable'),
        },
      },
    },
    async (request, reply) => {
      const { template, templates } = await find(request);
      const format = request.body.format ?? negotiateFormat(request.headers.accept);
      const generation = await prepareGeneration(template, { ...request.body, format }, templates);
      await sendGeneration(generation, request, reply);
      return reply;
    },
  );

  app.post(
    '/templates/:ref/preview',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'preview',
        tags,
        summary: 'The first three rows',
        params: templateRefParams,
        body: previewBody,
        response: {
          200: { description: 'The rows.', content: { 'application/json': { schema: z.array(row) } } },
          ...errorResponses('not_found', 'validation_error'),
        },
      },
    },
    async (request, reply) => {
      const { template, templates } = await find(request);
      const { seed, rows } = await preview(template, request.body, templates);
      reply.header('X-DataMaker-Seed', encodeURIComponent(seed)).header('X-DataMaker-Rows', rows.length);
      return [...rows];
    },
  );

  app.post(
    '/templates/:ref/profile',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'profile',
        tags,
        summary: 'What is in the first rows',
        params: templateRefParams,
        body: profileBody,
        response: {
          200: {
            description: 'The profile.',
            content: { 'application/json': { schema: typed<Profile & { seed: string }>(profileSchema) } },
          },
          ...errorResponses('not_found', 'validation_error'),
        },
      },
    },
    async (request, reply) => {
      const { template, templates } = await find(request);
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort(new Error('the client went away')));
      return profile(template, request.body, templates, gone.signal);
    },
  );
};
