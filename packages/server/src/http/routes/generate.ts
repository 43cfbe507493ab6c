import { FORMATS, formatInfo, type Profile } from '@datamaker/engine';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { prepareGeneration, preview, profile } from '../../services/generation-service.ts';
import { Places } from '../../services/limits/places.ts';
import type { TemplateSource } from '../../services/pinned-templates.ts';
import type { StoredTemplate } from '../../store/templates.ts';
import { answerAgain } from '../answer-again.ts';
import { fetchingOf } from '../fetching-of.ts';
import { limitPreviews } from '../limits.ts';
import { lookedAt } from '../looked-at.ts';
import { negotiateFormat } from '../negotiate-format.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { generateBody, mode, negative, overrides, seed } from '../schemas/generation.ts';
import { submittedSchema } from '../schemas/run.ts';
import { templateRefParams } from '../schemas/template.ts';
import { typed } from '../schemas/typed.ts';
import { sendGeneration } from '../send-generation.ts';
import { signalOf } from '../signal-of.ts';
import { submitRun } from '../submit-run.ts';
import { wantsRun, withoutAsync } from '../wants-run.ts';

const tags = ['Generation'];
const row = z.record(z.string(), z.unknown());
const previewBody = z.strictObject({ seed, mode, negative, overrides });
const MAX_PROFILED = 100_000;
/** Profiles that are made at once, of all and of one workspace: they are made where requests are answered. */
const PROFILED = 2;
const PROFILED_OF_WORKSPACE = 1;
const TURN_MS = 10_000;
const BUSY = 'too many templates are being profiled: wait until one is done';
const profileBody = z.strictObject({
  count: z
    .int('count must be a whole number')
    .min(1, 'count must be at least 1')
    .max(MAX_PROFILED, `count must be at most ${MAX_PROFILED}`)
    .default(10_000),
  seed,
  overrides,
});
const estimateSchema = z
  .object({
    rows: z.int().min(1),
    bytes: z.int().min(0),
    seconds: z.number().min(0),
    quota: z.object({
      left: z.int().min(0).nullable().meta({ description: 'Rows that the plan still gives; null: no limit.' }),
      enough: z.boolean(),
    }),
  })
  .meta({ id: 'Estimate' });
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
export const generateRoutes: Routes = async (app, context) => {
  const profiling = new Places(PROFILED, PROFILED_OF_WORKSPACE, TURN_MS, BUSY);
  const answer = <Made extends { readonly seed: string }, Result>(
    request: FastifyRequest<{ Params: { ref: string }; Body: { seed?: unknown } }>,
    reply: FastifyReply,
    make: (template: StoredTemplate, templates: TemplateSource, seed: unknown) => Promise<Made>,
    use: (made: Made) => Promise<Result>,
  ): Promise<Result> =>
    answerAgain(
      context,
      request,
      reply,
      { ref: request.params.ref, seed: request.body.seed },
      (template, templates, seed) => make(template as StoredTemplate, templates, seed),
      use,
    );

  app.post(
    '/templates/:ref/generate',
    {
      config: { permission: 'generate', repeats: 'recipe' },
      schema: {
        operationId: 'generate',
        tags,
        summary: 'Generate rows, as a stream or as a run',
        description:
          'Beside these keys the body takes the options of its format. `Prefer: respond-async` is as `async`.',
        params: templateRefParams,
        body: generateBody,
        response: {
          200: { description: 'The rows.', content: outputs },
          202: {
            description: 'A run makes them; `Location` says where it is.',
            content: { 'application/json': { schema: submittedSchema } },
          },
          ...errorResponses(
            'not_found',
            'validation_error',
            'not_acceptable',
            'quota_exceeded',
            'too_many_runs',
            'connection_failed',
            'secret_not_for_host',
          ),
        },
      },
    },
    async (request, reply) => {
      const format = request.body.format ?? negotiateFormat(request.headers.accept);
      if (wantsRun(request, context.runs.asyncRows)) return submitRun(request, reply, context, format);
      const make = async (template: StoredTemplate, templates: TemplateSource, seed: unknown) => ({
        ...(await prepareGeneration(
          template,
          { ...withoutAsync(request.body), seed, format },
          templates,
          undefined,
          fetchingOf(request, reply, context, template),
        )),
        template: { id: template.id, version: template.version },
      });
      await answer(request, reply, make, (generation) => sendGeneration(generation, request, reply, context.limiter));
      return reply;
    },
  );

  app.post(
    '/templates/:ref/estimate',
    {
      config: { permission: 'generate', repeats: 'recipe' },
      schema: {
        operationId: 'estimate',
        tags,
        summary: 'How large a generation would be, and how long it would take',
        params: templateRefParams,
        body: generateBody,
        response: {
          200: { description: 'About that.', content: { 'application/json': { schema: estimateSchema } } },
          ...errorResponses('not_found', 'validation_error', 'not_acceptable'),
        },
      },
    },
    async (request, reply) => {
      const format = request.body.format ?? 'json';
      const { workspaceId, projectId } = request.principal;
      const programs = context.programs.of({ tenant: request.ownTenant, workspaceId, projectId });
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort(new Error('the client went away')));
      const make = (template: StoredTemplate, templates: TemplateSource, seed: unknown) =>
        prepareGeneration(
          template,
          { ...withoutAsync(request.body), seed, format },
          templates,
          undefined,
          undefined,
          programs,
        );
      return answer(request, reply, make, async (generation) => {
        const estimate = await generation.estimate(gone.signal);
        const { workspaceId, plan } = request.principal;
        const left = await context.limiter.rowsLeft(workspaceId, plan);
        return { ...estimate, quota: { left, enough: left === null || left >= estimate.rows } };
      });
    },
  );

  app.post(
    '/templates/:ref/preview',
    {
      config: { permission: 'read', repeats: 'recipe' },
      schema: {
        operationId: 'preview',
        tags,
        summary: 'The first three rows',
        params: templateRefParams,
        body: previewBody,
        response: {
          200: { description: 'The rows.', content: { 'application/json': { schema: z.array(row) } } },
          ...errorResponses(
            'not_found',
            'validation_error',
            'rate_limited',
            'secret_not_for_host',
            'connection_failed',
          ),
        },
      },
    },
    async (request, reply) => {
      const make = async (template: StoredTemplate, templates: TemplateSource, seed: unknown) => ({
        ...(await preview(template, { ...request.body, seed }, templates, fetchingOf(request, reply, context))),
        template,
      });
      await limitPreviews(request, reply, context.limiter);
      return answer(request, reply, make, async ({ seed, rows, leaving, template }) => {
        await lookedAt(request, template, leaving, rows.length);
        reply.header('X-DataMaker-Seed', encodeURIComponent(seed)).header('X-DataMaker-Rows', rows.length);
        return [...rows];
      });
    },
  );

  app.post(
    '/templates/:ref/profile',
    {
      config: { permission: 'read', repeats: 'recipe' },
      schema: {
        operationId: 'profile',
        tags,
        summary: 'What is in the first rows',
        description:
          'Counts as a preview. It looks at as many rows as have half a million values at most: where that is fewer than `count`, `rows` says how many.',
        params: templateRefParams,
        body: profileBody,
        response: {
          200: {
            description: 'The profile.',
            content: { 'application/json': { schema: typed<Profile & { seed: string }>(profileSchema) } },
          },
          ...errorResponses(
            'not_found',
            'validation_error',
            'rate_limited',
            'secret_not_for_host',
            'connection_failed',
          ),
        },
      },
    },
    async (request, reply) => {
      const make = async (template: StoredTemplate, templates: TemplateSource, seed: unknown) => ({
        ...(await profile(template, { ...request.body, seed }, templates, fetchingOf(request, reply, context))),
        template,
      });
      await limitPreviews(request, reply, context.limiter);
      const leave = await profiling.enter(request.principal.workspaceId, signalOf(reply));
      try {
        return await answer(request, reply, make, async ({ seed, profile, leaving, template }) => {
          await lookedAt(request, template, leaving, profile.rows);
          return { seed, ...profile };
        });
      } finally {
        leave();
      }
    },
  );
};
