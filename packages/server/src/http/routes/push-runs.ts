import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ConnectionService } from '../../services/connection-service.ts';
import { ConnectionData } from '../../services/connections/connection-data.ts';
import { ConnectionDoor } from '../../services/connections/connection-door.ts';
import { refuseReadOnly } from '../../services/connections/refuse-read-only.ts';
import { savedColumns } from '../../services/connections/template-mapping.ts';
import { type PushRequest, planPush } from '../../services/pushes/plan-push.ts';
import { submitPush, type TellLimit } from '../../services/pushes/submit-push.ts';
import { RunService } from '../../services/run-service.ts';
import { resumeRun } from '../../services/runs/resume-run.ts';
import { SUBMITTED } from '../../services/runs/run-signals.ts';
import { TemplateService } from '../../services/template-service.ts';
import type { StoredConnection } from '../../store/connections.ts';
import { sendLimit } from '../limit-headers.ts';
import { refuseRows } from '../limits.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { placeOf } from '../place-of.ts';
import { actOnce } from '../repeats.ts';
import type { Routes } from '../route-types.ts';
import { idParams } from '../schemas/ids.ts';
import { pushRunBody, resumeBody } from '../schemas/push-run.ts';
import { submittedSchema } from '../schemas/run.ts';
import { signalOf } from '../signal-of.ts';
import { parseTemplateRef } from '../template-ref.ts';

type Body = z.output<typeof pushRunBody>;

const submitted = {
  description: 'A run does it; `Location` says where it is.',
  content: { 'application/json': { schema: submittedSchema } },
};

/** Pushes of templates of any size, as runs; and having those go on that did not come to their end. */
export const pushRunRoutes: Routes = async (app, context) => {
  const { cursors, vault, connections: places, runs, claims } = context;

  const telling =
    ({ principal }: FastifyRequest, reply: FastifyReply): TellLimit =>
    (report, rows) => {
      sendLimit(reply, report);
      if (!report.allowed) refuseRows(report, principal.plan, rows);
    };
  const accepted = (id: string) => ({
    status: 202,
    headers: { location: `/runs/${id}` },
    body: { run_id: id, state: 'queued' },
  });

  app.post(
    '/connections/:id/push',
    {
      config: { permission: 'push', repeats: 'recipe' },
      schema: {
        operationId: 'pushTemplate',
        tags: ['Connections'],
        summary: 'Put rows of a template into a table, as a run',
        description:
          'Chunk by chunk, each counted before the next; rows of a chunk that fails are the same when it is sent again. Fields go into columns as with `pushRows`.',
        params: idParams,
        body: pushRunBody,
        response: {
          202: submitted,
          ...errorResponses(
            'not_found',
            'conflict',
            'validation_error',
            'quota_exceeded',
            'too_many_runs',
            'connection_failed',
            'secret_not_for_host',
          ),
        },
      },
    },
    async (request, reply) => {
      const { body, principal, tenant, ownTenant } = request;
      const gone = signalOf(reply);
      await actOnce(request, reply, claims, async (acting) => {
        const { id, version } = parseTemplateRef(body.template_id);
        const around = { tenant, ownTenant, principal, cursors, vault, places };
        const connection = await new ConnectionService(around).find(request.params.id);
        const templates = new TemplateService(tenant, principal, cursors);
        const template = await templates.read(id, version);
        refuseReadOnly(connection);
        const data = new ConnectionData(new ConnectionDoor(places, ownTenant, vault), ownTenant);
        const saved = (table: string, schema: string | undefined) =>
          savedColumns(tenant, template.id, connection.id, { table, schema });
        const plan = await planPush(
          data,
          principal,
          connection,
          template,
          templates.store,
          requestOf(connection, body),
          saved,
          gone,
        );
        return accepted(await submitPush(context, acting, principal, connection.id, plan, telling(request, reply)));
      });
      runs.signals.tell(SUBMITTED);
      return reply;
    },
  );

  app.post(
    '/runs/:id/resume',
    {
      config: { permission: 'push', repeats: 'recipe' },
      schema: {
        operationId: 'resumeRun',
        tags: ['Runs'],
        summary: 'Have a push or a seed go on that failed or was cancelled, or a job that failed',
        description:
          'Where it is not known whether rows arrived, it is found out, if the system can be asked; if not, `unknown` says what becomes of them.',
        params: idParams,
        body: resumeBody,
        response: {
          202: submitted,
          ...errorResponses('not_found', 'conflict', 'validation_error', 'quota_exceeded', 'too_many_runs'),
        },
      },
    },
    async (request, reply) => {
      const { principal, tenant, body } = request;
      await actOnce(request, reply, claims, async (acting) => {
        const run = await new RunService(tenant, principal, cursors, runs).find(request.params.id);
        await resumeRun(context, acting, principal, run, body.unknown, telling(request, reply));
        return accepted(run.id);
      });
      runs.signals.tell(SUBMITTED);
      return reply;
    },
  );
};

/** @throws ApiError validation_error */
function requestOf(connection: StoredConnection, body: Body): PushRequest {
  const { schema, count, from, to, seed, overrides, mapping, key, retries, verify } = body;
  const { on_conflict: onConflict, batch_size: batchSize, batch_key: batchKey, rate_limit: rateLimit } = body;
  const { timeout_seconds: timeoutSeconds } = body;
  return {
    table: placeOf(connection, body),
    schema,
    count,
    from,
    to,
    seed,
    overrides,
    mapping,
    onConflict,
    key,
    batchSize,
    batchKey,
    rateLimit,
    retries,
    timeoutSeconds,
    verify,
  };
}
