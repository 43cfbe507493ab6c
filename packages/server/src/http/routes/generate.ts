import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { prepareGeneration, preview, profile } from '../../services/generation-service.ts';
import { TemplateService } from '../../services/template-service.ts';
import type { HttpContext } from '../context.ts';
import { negotiateFormat } from '../negotiate-format.ts';
import { parseBody } from '../parse-body.ts';
import { sendChunks } from '../send-chunks.ts';
import { parseTemplateRef } from '../template-ref.ts';

/** Not a z.record: that drops the key `__proto__`, which may be a field's name. */
const overrides = z
  .custom<Readonly<Record<string, unknown>>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'overrides must be an object: field name → value',
  )
  .optional();
/** Beside these, the options of the format: the engine knows them, and what is unknown. */
const generateBody = z.looseObject({
  count: z.unknown().optional(),
  format: z.unknown().optional(),
  seed: z.unknown().optional(),
  mode: z.unknown().optional(),
  negative: z.unknown().optional(),
  overrides,
});
const previewBody = z.strictObject({
  seed: z.unknown().optional(),
  mode: z.unknown().optional(),
  negative: z.unknown().optional(),
  overrides,
});
const MAX_PROFILED = 100_000;
const profileBody = z.strictObject({
  count: z
    .int('count must be a whole number')
    .min(1, 'count must be at least 1')
    .max(MAX_PROFILED, `count must be at most ${MAX_PROFILED}`)
    .default(10_000),
  seed: z.unknown().optional(),
  overrides,
});

/** Generation: a stream of rows in a format, a preview of three, or a profile of many. */
export function generateRoutes(app: FastifyInstance, { store, cursors }: HttpContext): void {
  const find = async (request: FastifyRequest<{ Params: { ref: string } }>) => {
    const { id, version } = parseTemplateRef(request.params.ref);
    const service = new TemplateService(store, request.principal, cursors);
    return { template: await service.read(id, version), templates: service.store };
  };

  app.post<{ Params: { ref: string } }>('/templates/:ref/generate', async (request, reply) => {
    const body = parseBody(generateBody, request.body);
    const { template, templates } = await find(request);
    const format = body.format ?? negotiateFormat(request.headers.accept);
    const generation = await prepareGeneration(template, { ...body, format }, templates);
    const head = (): void => {
      reply
        .type(generation.mediaType)
        .header('X-DataMaker-Seed', encodeURIComponent(generation.seed))
        .header('X-DataMaker-Rows', generation.rows)
        .header('Content-Disposition', `attachment; filename="${generation.fileName}"`);
    };
    await sendChunks(request, reply, head, generation.pump);
    return reply;
  });

  app.post<{ Params: { ref: string } }>('/templates/:ref/preview', async (request, reply) => {
    const body = parseBody(previewBody, request.body);
    const { template, templates } = await find(request);
    const { seed, rows } = await preview(template, body, templates);
    reply.header('X-DataMaker-Seed', encodeURIComponent(seed)).header('X-DataMaker-Rows', rows.length);
    return rows;
  });

  app.post<{ Params: { ref: string } }>('/templates/:ref/profile', async (request, reply) => {
    const body = parseBody(profileBody, request.body);
    const { template, templates } = await find(request);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort(new Error('the client went away')));
    return profile(template, body, templates, gone.signal);
  });
}
