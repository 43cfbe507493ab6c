import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { verifyPush } from '../../services/pushes/verify-push.ts';
import { SUBMITTED } from '../../services/runs/run-signals.ts';
import type { RunSurroundings } from '../../services/runs/run-surroundings.ts';
import { openReceipt } from '../../services/seeds/receipts.ts';
import { SeedService } from '../../services/seeds/seed-service.ts';
import { UndoService } from '../../services/undo/undo-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { idParams } from '../schemas/ids.ts';
import { pushCheckSchema } from '../schemas/push-check.ts';
import { presentPushReceipt, pushReceiptSchema } from '../schemas/push-receipt.ts';
import { submittedSchema } from '../schemas/run.ts';
import { presentReceipt, seedReceiptSchema, verificationSchema } from '../schemas/seed.ts';
import { presentUndoReport, undoBody, undoReportSchema } from '../schemas/undo.ts';
import { signalOf } from '../signal-of.ts';

const tags = ['Seeds'];

/** What a seed or a push has written: its receipt, reading it back, taking it back. */
export const systemRunRoutes: Routes = async (app, { cursors, vault, connections, runs, files }) => {
  const around = ({ tenant, ownTenant, principal }: FastifyRequest): RunSurroundings => ({
    tenant,
    ownTenant,
    principal,
    cursors,
    vault,
    connections,
    runs,
    spool: files.spool,
  });
  const service = (request: FastifyRequest): UndoService => new UndoService(around(request));

  app.get(
    '/runs/:id/receipt',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readReceipt',
        tags,
        summary: 'What a seed or a push has written, as far as it came',
        params: idParams,
        response: {
          200: {
            description: 'The receipt.',
            content: { 'application/json': { schema: z.union([seedReceiptSchema, pushReceiptSchema]) } },
          },
          ...errorResponses('not_found', 'conflict'),
        },
      },
    },
    async (request) => {
      const { run, kept } = await service(request).receipt(request.params.id);
      return kept.kind === 'seed' ? presentReceipt(run, kept, await openReceipt(kept)) : presentPushReceipt(run, kept);
    },
  );

  app.post(
    '/runs/:id/undo',
    {
      config: { permission: 'push' },
      schema: {
        operationId: 'undoSeed',
        tags,
        summary: 'Remove exactly the rows that a seed or a push has written',
        description:
          'Children first, in one transaction where the system has any, as a run; with `dryRun` the answer is what would be removed. Where rows of others refer to rows of the run, or rows were changed since, nothing is removed.',
        params: idParams,
        body: undoBody,
        response: {
          200: {
            description: 'What would be removed.',
            content: { 'application/json': { schema: undoReportSchema } },
          },
          202: { description: 'It goes on.', content: { 'application/json': { schema: submittedSchema } } },
          ...errorResponses(
            'not_found',
            'conflict',
            'validation_error',
            'too_many_runs',
            'connection_failed',
            'secret_not_for_host',
            'secret_unreadable',
          ),
        },
      },
    },
    async (request, reply) => {
      const { dryRun, edited } = request.body;
      const { id: runId } = request.params;
      if (dryRun) {
        return presentUndoReport(await service(request).tryUndo(runId, edited, signalOf(reply)));
      }
      const id = await service(request).undo(runId, edited);
      runs.signals.tell(SUBMITTED);
      return reply.code(202).header('location', `/runs/${id}`).send({ run_id: id, state: 'queued' });
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
          ...errorResponses('not_found', 'conflict', 'connection_failed', 'secret_not_for_host', 'secret_unreadable'),
        },
      },
    },
    async (request, reply) => {
      const signal = signalOf(reply);
      const ended = await service(request).ended(request.params.id);
      const { connection, kept } = ended;
      await service(request).noteReading(ended, 'verify');
      if (kept.kind === 'push') {
        const { within, missing, ...pushed } = await verifyPush(around(request), connection, kept, signal);
        return { ...pushed, missing: [...missing], ...(within && { within: [...within] }) };
      }
      const seeds = new SeedService(around(request));
      const { tables, unchecked, uncompared, ok } = await seeds.verify(connection, kept, signal);
      const told = { unchecked: [...unchecked], uncompared: [...uncompared] };
      return { ok, tables: tables.map((table) => ({ ...table })), ...told };
    },
  );
};
