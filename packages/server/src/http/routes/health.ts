import { z } from 'zod';
import { checkHealth, checkReadiness } from '../../services/health.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';

const readiness = z
  .object({ status: z.literal('ready'), checks: z.object({ database: z.literal('ok'), migrations: z.literal('ok') }) })
  .meta({ id: 'Readiness' });
const health = z
  .looseObject({ status: z.enum(['ok', 'degraded']), disk: z.literal('full').optional() })
  .meta({ id: 'Health', description: '`degraded` where the disk is full: what needs no room on it is served.' });

/** Whether the server can do its work; needs no key. */
export const healthRoutes: Routes = async (app, { store, files }) => {
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
    () => checkHealth(store, files.spool.folder),
  );

  app.get(
    '/readyz',
    {
      schema: {
        operationId: 'readiness',
        tags: ['Server'],
        summary: 'Whether requests should be sent to this server',
        security: [],
        response: {
          200: { description: 'They should.', content: { 'application/json': { schema: readiness } } },
          ...errorResponses(),
        },
      },
    },
    () => checkReadiness(store),
  );
};
