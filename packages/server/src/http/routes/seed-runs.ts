import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { verifyPush } from '../../services/pushes/verify-push.ts';
import { SUBMITTED } from '../../services/runs/run-signals.ts';
import { openReceipt } from '../../services/seeds/receipts.ts';
import { SeedService } from '../../services/seeds/seed-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { idParams } from '../schemas/ids.ts';
import { pushCheckSchema } from '../schemas/push-check.ts';
import { submittedSchema } from '../schemas/run.ts';
import {
  presentReceipt,
  presentUndoReport,
  seedReceiptSchema,
  undoBody,
  undoReportSchema,
  verificationSchema,
} from '../schemas/seed.ts';
import { signalOf } from '../signal-of.ts';

const tags = ['Seeds'];

/** What a seed has written: its receipt, reading it back, taking it back. */
export const seedRunRoutes: Routes = async (app, { cursors, vault, connections, runs }) => {
  const service = ({ tenant, ownTenant, principal }: FastifyRequest): SeedService =>
    new SeedService({ tenant, ownTenant, principal, cursors, vault, connections, runs });

  app.get(
    '/runs/:id/receipt',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readReceipt',
        tags,
        summary: 'What a seed has written, as far as it came',
        params: idParams,
        response: {
          200: { description: 'The receipt.', content: { 'application/json': { schema: seedReceiptSchema } } },
          ...errorResponses('not_found', 'conflict'),
        },
      },
    },
    async (request) => {
      const { run, kept } = await service(request).receipt(request.params.id);
      return presentReceipt(run, kept, await openReceipt(kept));
    },
  );

  app.post(
    '/runs/:id/undo',
    {
      config: { permission: 'generate' },
      schema: {
        operationId: 'undoSeed',
        tags,
        summary: 'Remove exactly the rows that a seed has written',
        description:
          'Children first, in one transaction, as a run; with `dryRun` the answer is what would be removed. Where rows of others refer to rows of the seed, or rows were changed since, nothing is removed.',
        params: idParams,
        body: undoBody,
        response: {
          200: {
            description: 'What would be removed.',
            content: { 'application/json': { schema: undoReportSchema } },
          },
          202: { description: 'It goes on.', content: { 'application/json': { schema: submittedSchema } } },
          ...errorResponses('not_found', 'conflict', 'validation_error', 'connection_failed', 'secret_unreadable'),
        },
      },
    },
    async (request, reply) => {
      const { dryRun, edited } = request.body;
      const { id: seedRunId } = request.params;
      if (dryRun) {
        return presentUndoReport(await service(request).tryUndo(seedRunId, edited, signalOf(reply)));
      }
      const id = await service(request).undo(seedRunId, edited);
      runs.signals.tell(SUBMITTED);
      return reply
        .code(202)
        .header('Location', `/runs/${id}`)
        .send({ run_id: id, state: 'queued' as const });
    },
  );

  app.post(
    '/runs/:id/verify',
    {
      config: { permission: 'generate' },
      schema: {
        operationId: 'verifySeed',
        tags,
        summary: 'Read back what a seed or a push has written: counts, changes and a checksum of keys',
        params: idParams,
        body: z.strictObject({}).optional(),
        response: {
          200: {
            description: 'What there is.',
            content: { 'application/json': { schema: z.union([verificationSchema, pushCheckSchema]) } },
          },
          ...errorResponses('not_found', 'conflict', 'connection_failed', 'secret_unreadable'),
        },
      },
    },
    async (request, reply) => {
      const signal = signalOf(reply);
      const { tenant, ownTenant, principal } = request;
      const around = { tenant, ownTenant, principal, cursors, vault, connections, runs };
      const pushed = await verifyPush(around, request.params.id, signal);
      if (pushed !== undefined) return { ...pushed, missing: [...pushed.missing] };
      const { ok, tables, unchecked } = await service(request).verify(request.params.id, signal);
      return { ok, tables: tables.map((table) => ({ ...table })), unchecked: [...unchecked] };
    },
  );
};
