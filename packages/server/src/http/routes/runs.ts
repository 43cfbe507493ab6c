import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../../errors.ts';
import { RUN_KINDS, RUN_STATES } from '../../run-states.ts';
import { markOf, RunService } from '../../services/run-service.ts';
import { EventStream } from '../event-stream.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { idParams, idText } from '../schemas/ids.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import { presentRun, runSchema, waitQuery } from '../schemas/run.ts';
import { runEvents } from '../schemas/run-events.ts';
import { sendFile } from '../send-file.ts';

const tags = ['Runs'];
const MINUTE_MS = 60_000;
/** As long as the API says that a wait takes at most. */
const WAIT_MS = 5 * MINUTE_MS;

const listQuery = pageQuery.extend({
  state: z.enum(RUN_STATES, `state must be one of ${RUN_STATES.join(', ')}`).optional(),
  kind: z.enum(RUN_KINDS, `kind must be one of ${RUN_KINDS.join(', ')}`).optional(),
  template: idText.optional().meta({ description: 'Runs of one template.', example: 'tmpl_8d3kq0vx2m5ra7cz4n1w' }),
});
const oneRun = { description: 'The run.', content: { 'application/json': { schema: runSchema } } };

/** Runs: list, read, wait for, watch, cancel, take what came of them, delete. */
export const runRoutes: Routes = async (app, { cursors, runs }) => {
  const service = ({ tenant, principal }: FastifyRequest): RunService =>
    new RunService(tenant, principal, cursors, runs);

  app.get(
    '/runs',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listRuns',
        tags,
        summary: 'List runs, the newest first',
        querystring: listQuery,
        response: {
          200: { description: 'A page.', content: { 'application/json': { schema: pageOf(runSchema) } } },
          ...errorResponses('validation_error', 'invalid_cursor'),
        },
      },
    },
    async (request) => {
      const { limit, cursor, state, kind, template } = request.query;
      const page = await service(request).list(limit, cursor, { state, kind, subjectId: template });
      return { items: page.items.map(presentRun), next_cursor: page.nextCursor, total: page.total };
    },
  );

  app.get(
    '/runs/:id',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readRun',
        tags,
        summary: 'Read a run, or wait for its end',
        params: idParams,
        querystring: waitQuery,
        response: { 200: oneRun, ...errorResponses('not_found', 'validation_error') },
      },
    },
    async (request, reply) => {
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const ms = request.query.wait === 'true' ? WAIT_MS : 0;
      return presentRun(await service(request).wait(request.params.id, ms, gone.signal));
    },
  );

  app.get(
    '/runs/:id/events',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'watchRun',
        tags,
        summary: 'Watch a run, as server-sent events',
        description: 'An event `run` for each change, then `end`. `Last-Event-ID` leaves out what was seen.',
        params: idParams,
        headers: z.object({ 'last-event-id': z.string().optional() }),
        response: {
          200: { description: 'Events.', content: { 'text/event-stream': { schema: runEvents } } },
          ...errorResponses('not_found'),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const watched = service(request);
      await watched.find(id);
      const events = new EventStream(request, reply);
      try {
        for await (const run of watched.changes(id, request.headers['last-event-id'], events.gone)) {
          await events.send('run', JSON.stringify(presentRun(run)), markOf(run));
        }
        // A server that stops ends the stream without it: clients come again.
        if (!runs.signals.closed) await events.send('end', '{}');
      } catch (error) {
        // One that was deleted has come to its end.
        const isOver = events.isGone || error instanceof ApiError;
        if (!isOver) request.log.warn({ err: error }, 'a run could not be watched to its end');
      }
      events.end();
      return reply;
    },
  );

  app.post(
    '/runs/:id/cancel',
    {
      config: { permission: 'run' },
      schema: {
        operationId: 'cancelRun',
        tags,
        summary: 'Cancel a run that has not ended',
        params: idParams,
        body: z.strictObject({}),
        response: { 200: oneRun, ...errorResponses('not_found', 'conflict') },
      },
    },
    async (request) => {
      const run = await service(request).cancel(request.params.id);
      service(request).told(run.id);
      if (run.kind === 'generation_job') await runs.sweeps.sweep(request.ownTenant, run.workspaceId);
      return presentRun(run);
    },
  );

  app.get(
    '/runs/:id/output',
    {
      config: { permission: 'generate' },
      schema: {
        operationId: 'downloadRun',
        tags,
        summary: 'Download what came of a run, all of it or a range of its bytes',
        params: idParams,
        headers: z.object({
          range: z.string().optional().meta({ description: 'One range, such as `bytes=0-499`.' }),
          'if-none-match': z.string().optional(),
          'if-range': z.string().optional(),
        }),
        response: {
          200: { description: 'All bytes.', content: { '*/*': { schema: z.unknown() } } },
          206: { description: 'The range.', content: { '*/*': { schema: z.unknown() } } },
          304: { description: 'You have it.' },
          ...errorResponses('not_found', 'conflict', 'output_expired', 'range_not_satisfiable'),
        },
      },
    },
    async (request, reply) => {
      const downloads = service(request);
      const run = await downloads.findOutput(request.params.id);
      const { name, contentType, sha256 } = run.output;
      return sendFile(request, reply, {
        name,
        contentType,
        bytes: run.bytes,
        sha256: Buffer.from(sha256, 'hex'),
        leaving: {
          of: 'run',
          id: run.id,
          name,
          rows: run.rows,
          fields: run.output.sensitive,
          format: name.split('.').at(-1) ?? '',
        },
        open: (range) => downloads.open(run, range),
      });
    },
  );

  app.delete(
    '/runs/:id',
    {
      config: { permission: 'run' },
      schema: {
        operationId: 'deleteRun',
        tags,
        summary: 'Delete a run and what came of it; one that has not ended is cancelled',
        params: idParams,
        response: { 204: { description: 'It is gone.' }, ...errorResponses('not_found') },
      },
    },
    async (request, reply) => {
      await service(request).delete(request.params.id);
      return reply.code(204).send();
    },
  );
};
