import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { maskRows } from '../../services/mask-service.ts';
import { TemplateService } from '../../services/template-service.ts';
import type { HttpContext } from '../context.ts';
import { parseBody } from '../parse-body.ts';
import { parseTemplateRef } from '../template-ref.ts';

const MAX_ROWS = 10_000;

const maskBody = z
  .strictObject({
    rows: z.array(z.unknown(), 'rows must be a list of objects').max(MAX_ROWS, `at most ${MAX_ROWS} rows`),
    fields: z.unknown().optional(),
    strategies: z.unknown().optional(),
    templateId: z.string('templateId must be a text').optional(),
    seed: z.unknown().optional(),
    key: z.string('key must be a text').max(1024, 'key has at most 1024 characters').optional(),
    keyName: z.string('keyName must be a text').max(200, 'keyName has at most 200 characters').optional(),
  })
  .refine(({ key, keyName }) => key === undefined || keyName === undefined, 'key and keyName exclude each other');

/** Masking of rows that the client has. Neither rows nor what they become are kept or logged. */
export function maskRoutes(app: FastifyInstance, { store, cursors, maskKeys }: HttpContext): void {
  app.post('/mask', async (request) => {
    const { templateId, ...body } = parseBody(maskBody, request.body);
    const service = new TemplateService(store, request.principal, cursors);
    const ref = templateId === undefined ? undefined : parseTemplateRef(templateId);
    const template = ref === undefined ? undefined : await service.read(ref.id, ref.version);
    const answer = await maskRows(body, request.principal.workspaceId, maskKeys, template, service.store);
    request.log.info({ rows: answer.count, masked: answer.log }, 'rows masked');
    return answer;
  });
}
