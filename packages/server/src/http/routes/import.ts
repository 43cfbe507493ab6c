import type { Imported } from '@datamaker/engine/import';
import { z } from 'zod';
import { importTemplates } from '../../services/import-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { recall } from '../repeats.ts';
import type { Routes } from '../route-types.ts';
import { typed } from '../schemas/typed.ts';

const body = z.strictObject({
  source: z.string('source must be a text: the schema or sample itself').meta({
    description: 'The schema or sample itself; a spreadsheet in base64, with its kind `xlsx`.',
    example: 'CREATE TABLE customer (id int PRIMARY KEY, email varchar(80) NOT NULL);',
  }),
  kind: z.string().max(60).optional().meta({ description: 'What the source is; found out unless given.' }),
  entity: z.string().max(200).optional().meta({ description: 'Only this table, model, schema or sheet of it.' }),
});
const imported = z
  .looseObject({
    templates: z.array(z.looseObject({ name: z.string() })),
    notices: z.array(z.looseObject({ code: z.string(), message: z.string() })),
  })
  .meta({ id: 'Imported', description: 'Templates that can be created as they are, and what was not understood.' });

/** Templates from schemas and samples; nothing is stored. */
export const importRoutes: Routes = async (app, { claims }) => {
  app.post(
    '/templates/import',
    {
      config: { permission: 'read', repeats: 'recipe' },
      schema: {
        operationId: 'importTemplates',
        tags: ['Templates'],
        summary: 'Make templates of a schema or a sample; nothing is stored',
        body,
        response: {
          200: {
            description: 'The templates.',
            content: { 'application/json': { schema: typed<Imported>(imported) } },
          },
          ...errorResponses('validation_error', 'payload_too_large'),
        },
      },
    },
    async (request, reply) => {
      const { source, kind, entity } = request.body;
      const make = () =>
        importTemplates(source, {
          ...(kind === undefined ? {} : { kind }),
          ...(entity === undefined ? {} : { entity }),
        });
      return recall(request, reply, claims, async () => ({}), make);
    },
  );
};
