import { Readable } from 'node:stream';
import { z } from 'zod';
import { AuditService } from '../../services/audit-service.ts';
import type { StoredAct } from '../../store/audit.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import type { Routes } from '../route-types.ts';
import { actFilter, actSchema, presentAct, toActFilter } from '../schemas/audit.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import { typed } from '../schemas/typed.ts';

const tags = ['Audit'];

/** Who did what in the workspace. */
export const auditRoutes: Routes = async (app, { cursors }) => {
  app.get(
    '/audit',
    {
      config: { permission: 'administer', about: 'workspace' },
      schema: {
        operationId: 'listActs',
        tags,
        summary: 'List who did what, the newest first',
        description: '`total` counts no further than 10,000.',
        querystring: pageQuery.extend(actFilter),
        response: {
          200: { description: 'A page.', content: { 'application/json': { schema: pageOf(actSchema) } } },
          ...errorResponses('validation_error', 'invalid_cursor'),
        },
      },
    },
    async ({ tenant, principal, query }) => {
      refuseNul(query);
      const service = new AuditService(tenant, principal, cursors);
      const page = await service.list(toActFilter(query), query.limit, query.cursor);
      return { items: page.items.map(presentAct), next_cursor: page.nextCursor, total: page.total };
    },
  );

  app.get(
    '/audit/export',
    {
      config: { permission: 'administer', about: 'workspace' },
      schema: {
        operationId: 'exportActs',
        tags,
        summary: 'All of it as lines of JSON, as a stream',
        querystring: z.strictObject(actFilter),
        response: {
          200: {
            description: 'An act in each line.',
            content: { 'application/x-ndjson': { schema: typed<Readable>(z.string()) } },
          },
          ...errorResponses('validation_error'),
        },
      },
    },
    async ({ tenant, principal, query }, reply) => {
      refuseNul(query);
      const batches = new AuditService(tenant, principal, cursors).export(toActFilter(query));
      return reply.type('application/x-ndjson; charset=utf-8').send(Readable.from(linesOf(batches)));
    },
  );
};

async function* linesOf(batches: AsyncIterable<readonly StoredAct[]>): AsyncGenerator<string> {
  for await (const batch of batches) yield batch.map((act) => `${JSON.stringify(presentAct(act))}\n`).join('');
}
