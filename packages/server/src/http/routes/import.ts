import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { importTemplates } from '../../services/import-service.ts';
import { parseBody } from '../parse-body.ts';

const body = z.strictObject({
  source: z.string('source must be a text: the schema or sample itself'),
  kind: z.string().max(60).optional(),
  entity: z.string().max(200).optional(),
});

/** Templates from schemas and samples; nothing is stored. */
export function importRoutes(app: FastifyInstance): void {
  app.post('/templates/import', async (request) => {
    const { source, kind, entity } = parseBody(body, request.body);
    return importTemplates(source, {
      ...(kind === undefined ? {} : { kind }),
      ...(entity === undefined ? {} : { entity }),
    });
  });
}
