import type { FastifyRequest } from 'fastify';
import { conflict } from '../../errors.ts';
import { ConnectionService } from '../../services/connection-service.ts';
import { refuseReadOnly } from '../../services/connections/refuse-read-only.ts';
import { SUBMITTED } from '../../services/runs/run-signals.ts';
import { SeedService } from '../../services/seeds/seed-service.ts';
import { submitSeed } from '../../services/seeds/submit-seed.ts';
import type { StoredConnection } from '../../store/connections.ts';
import { sendLimit } from '../limit-headers.ts';
import { refuseRows } from '../limits.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import { actOnce } from '../repeats.ts';
import type { Routes } from '../route-types.ts';
import { idParams } from '../schemas/ids.ts';
import { submittedSchema } from '../schemas/run.ts';
import { presentPlan, seedBody, seedOptions, seedPlanSchema } from '../schemas/seed.ts';
import { signalOf } from '../signal-of.ts';

const tags = ['Seeds'];

/** Whole databases: what would be written, and writing it. */
export const seedRoutes: Routes = async (app, context) => {
  const { cursors, vault, connections, runs, claims, files } = context;
  const service = ({ tenant, ownTenant, principal }: FastifyRequest): SeedService =>
    new SeedService({ tenant, ownTenant, principal, cursors, vault, connections, runs, spool: files.spool });
  const find = ({ tenant, ownTenant, principal }: FastifyRequest, id: string): Promise<StoredConnection> =>
    new ConnectionService({ tenant, ownTenant, principal, cursors, vault, places: connections }).find(id);

  app.post(
    '/connections/:id/seed/plan',
    {
      config: { permission: 'generate' },
      schema: {
        operationId: 'planSeed',
        tags,
        summary: 'Plan how a whole database is filled',
        description:
          'Reads the schema and what is there, and changes nothing: tables in order, rows, keys, what is not understood.',
        params: idParams,
        body: seedOptions,
        response: {
          200: { description: 'The plan.', content: { 'application/json': { schema: seedPlanSchema } } },
          ...errorResponses(
            'not_found',
            'conflict',
            'validation_error',
            'connection_failed',
            'secret_not_for_host',
            'secret_unreadable',
          ),
        },
      },
    },
    async (request, reply) => {
      refuseNul(request.body);
      const connection = await find(request, request.params.id);
      return presentPlan(connection, await service(request).plan(connection, request.body, signalOf(reply)));
    },
  );

  app.post(
    '/connections/:id/seed',
    {
      config: { permission: 'push', repeats: 'recipe' },
      schema: {
        operationId: 'seedConnection',
        tags,
        summary: 'Fill a whole database, as a run',
        description:
          'Plans as `POST /connections/{id}/seed/plan` does, then writes. The receipt of the run is kept from before the first row on; `POST /runs/{id}/undo` takes all of it back.',
        params: idParams,
        body: seedBody,
        response: {
          202: { description: 'It goes on.', content: { 'application/json': { schema: submittedSchema } } },
          ...errorResponses(
            'not_found',
            'conflict',
            'validation_error',
            'payload_too_large',
            'quota_exceeded',
            'too_many_runs',
            'connection_failed',
            'secret_not_for_host',
            'secret_unreadable',
          ),
        },
      },
    },
    async (request, reply) => {
      refuseNul(request.body);
      const { principal, body } = request;
      const { planHash, ...options } = body;
      const gone = signalOf(reply);
      await actOnce(request, reply, claims, async (tenant) => {
        const connection = await find(request, request.params.id);
        refuseReadOnly(connection);
        const planned = await service(request).plan(connection, options, gone);
        if (planHash !== undefined && planHash !== planned.planHash) {
          const message = `the plan is another one by now: ${planned.planHash}`;
          const hint = 'look at it again; the same plan needs the same `seed` and the same options';
          throw conflict('plan_changed', message, hint);
        }
        const id = await submitSeed(context, tenant, principal, connection, planned, (report, rows) => {
          sendLimit(reply, report);
          if (!report.allowed) refuseRows(report, principal.plan, rows);
        });
        return { status: 202, headers: { location: `/runs/${id}` }, body: { run_id: id, state: 'queued' } };
      });
      runs.signals.tell(SUBMITTED);
      return reply;
    },
  );
};
