import { z } from 'zod';
import { checkHealth } from '../../services/health.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';

const health = z.looseObject({ status: z.string() }).meta({ id: 'Health' });

/** Whether the server can do its work; needs no key. */
export const healthRoutes: Routes = async (app, { store }) => {
  app.get(
    '/healthz',
    {
      schema: {
        operationId: 'health',
        tags: ['Server'],
        summary: 'Whether the server and its database are well',
        security: [],
        response: {
          200: { description: 'They are.', content: { 'application/json': { schema: health } } },
          ...errorResponses(),
        },
      },
    },
    () => checkHealth(store),
  );
};
