import { z } from 'zod';
import { noteMasking } from '../../services/exports.ts';
import { type MaskAnswer, maskRows } from '../../services/mask-service.ts';
import { answerAgain } from '../answer-again.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { typed } from '../schemas/typed.ts';

const MAX_ROWS = 10_000;

const maskBody = z
  .strictObject({
    rows: z
      .array(z.unknown(), 'rows must be a list of objects')
      .max(MAX_ROWS, `at most ${MAX_ROWS} rows`)
      .meta({ example: [{ name: 'Ada Lovelace', email: 'ada@example.org' }] }),
    fields: z.unknown().optional().meta({ description: 'Field → its strategy with options.' }),
    strategies: z
      .unknown()
      .optional()
      .meta({ description: 'Field → strategy.', example: { name: 'replace', email: 'hash' } }),
    templateId: z
      .string('templateId must be a text')
      .optional()
      .meta({ description: 'What the rows look like, for its sensitive fields and its types.' }),
    seed: z.unknown().optional(),
    key: z.string('key must be a text').max(1024, 'key has at most 1024 characters').optional(),
    keyName: z.string('keyName must be a text').max(200, 'keyName has at most 200 characters').optional(),
  })
  .refine(({ key, keyName }) => key === undefined || keyName === undefined, 'key and keyName exclude each other');
const masked = z
  .looseObject({ rows: z.array(z.record(z.string(), z.unknown())), count: z.int() })
  .meta({ id: 'Masked', description: 'The masked rows, and what was done to which field.' });

/** Masking of rows that the client has. Neither rows nor what they become are kept or logged. */
export const maskRoutes: Routes = async (app, context) => {
  app.post(
    '/mask',
    {
      config: { permission: 'generate', repeats: 'recipe' },
      schema: {
        operationId: 'maskRows',
        tags: ['Masking'],
        summary: 'Mask rows, all or none; nothing is kept',
        body: maskBody,
        response: {
          200: { description: 'The rows.', content: { 'application/json': { schema: typed<MaskAnswer>(masked) } } },
          ...errorResponses('not_found', 'validation_error', 'payload_too_large'),
        },
      },
    },
    async (request, reply) => {
      const { templateId: ref, seed, ...body } = request.body;
      // Rows are not kept: those of a request that comes again are masked again, the same way.
      const answer = await answerAgain(
        context,
        request,
        reply,
        { ref, seed },
        (template, templates, seed) =>
          maskRows({ ...body, seed }, request.principal.workspaceId, context.maskKeys, template, templates),
        async (masked) => masked,
      );
      request.remarks = { rows: answer.count, masked: answer.log };
      await noteMasking(request.ownTenant, request.principal, ref, answer);
      return answer;
    },
  );
};
