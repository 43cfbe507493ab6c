import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Generation, prepareGeneration, preview } from '../../services/generation-service.ts';
import { TemplateService } from '../../services/template-service.ts';
import type { HttpContext } from '../context.ts';
import { negotiateFormat } from '../negotiate-format.ts';
import { parseBody } from '../parse-body.ts';
import { parseTemplateRef } from '../template-ref.ts';

const overrides = z.record(z.string(), z.unknown(), 'overrides must be an object: field name → value').optional();
const generateBody = z.strictObject({
  count: z.unknown(),
  format: z.unknown(),
  seed: z.unknown(),
  dialect: z.unknown(),
  table: z.unknown(),
  batch: z.unknown(),
  overrides,
});
const previewBody = z.strictObject({ seed: z.unknown(), overrides });

/** Generation: a stream of rows in a format, or a preview of three. */
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
    reply
      .type(generation.mediaType)
      .header('X-DataMaker-Seed', encodeURIComponent(generation.seed))
      .header('X-DataMaker-Rows', generation.rows)
      .header('Content-Disposition', `attachment; filename="${generation.fileName}"`);
    return reply.send(bodyOf(generation, request));
  });

  app.post<{ Params: { ref: string } }>('/templates/:ref/preview', async (request, reply) => {
    const body = parseBody(previewBody, request.body);
    const { template, templates } = await find(request);
    const { seed, rows } = await preview(template, body, templates);
    reply.header('X-DataMaker-Seed', encodeURIComponent(seed));
    return rows;
  });
}

/** A stream that is made as it is read, and given up when the client goes away. */
function bodyOf(generation: Generation, request: FastifyRequest): Readable {
  const gone = new AbortController();
  request.raw.socket.once('close', () => gone.abort());
  const body = Readable.from(generation.bytes(gone.signal), { objectMode: false, highWaterMark: 1 });
  body.on('error', (error) => {
    if (!gone.signal.aborted) request.log.error({ err: error }, 'a generation failed after it had begun');
  });
  return body;
}
