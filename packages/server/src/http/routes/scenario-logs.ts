import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../../errors.ts';
import { RunService } from '../../services/run-service.ts';
import { LogReader } from '../../services/scenarios/logs/log-reader.ts';
import { takeLines } from '../../services/scenarios/logs/take-lines.ts';
import type { StoredLog } from '../../store/run-logs.ts';
import type { StoredRun } from '../../store/runs.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { sendChunks } from '../send-chunks.ts';
import { sendLogEvents } from '../send-log-events.ts';
import { scenarioRunOf, scenarioRunParams } from './scenario-runs.ts';

const flag = (name: string) => z.enum(['true', 'false'], `${name} must be true or false`).default('false');
const number = (name: string, least: number) =>
  z
    .string(`give ${name} once`)
    .regex(/^\d{1,15}$/, `${name} must be a whole number`)
    .transform(Number)
    .refine((value) => value >= least, `${name} must be at least ${least}`)
    .optional();

const logQuery = z
  .strictObject({
    follow: flag('follow').meta({ description: '`true`: as server-sent events, until the run has ended.' }),
    from: number('from', 1).meta({ description: 'The first line, counted from 1.' }),
    lines: number('lines', 1).meta({ description: 'At most so many lines.' }),
    tail: number('tail', 1).meta({ description: 'The last lines, so many.' }),
    offset: number('offset', 0).meta({ description: 'The first byte, in place of `from`.' }),
    search: z.string('give search once').min(1, 'search must not be empty').max(500).optional().meta({
      description:
        'Only lines with this text in them, capital letters or not; each begins with its number and a colon.',
    }),
    download: flag('download').meta({ description: '`true`: as a file.' }),
  })
  .refine(
    ({ from, tail, offset }) => [from, tail, offset].filter((one) => one !== undefined).length < 2,
    'give one of from, tail and offset',
  )
  .refine(
    ({ follow, lines, search }) => follow === 'false' || (lines === undefined && search === undefined),
    'lines and search are for logs that are not followed: leave out follow=true',
  );

/** Logs of runs of scenarios: as a text, and as events while they are written. */
export const scenarioLogRoutes: Routes = async (app, context) => {
  const { cursors, runs } = context;

  app.get(
    '/scenarios/:ref/runs/:runId/logs',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readScenarioLog',
        tags: ['Scenarios'],
        summary: 'The log of a run, as a text or as server-sent events',
        description:
          'Events: one for each line, `id` is where the log goes on behind it; `part` is what there is of a line that has not ended; `end` is the run. `Last-Event-ID` leaves out what was seen.',
        params: scenarioRunParams,
        querystring: logQuery,
        headers: z.object({ 'last-event-id': z.string().optional() }),
        response: {
          200: {
            description: 'The log.',
            content: { 'text/plain': { schema: z.string() }, 'text/event-stream': { schema: z.string() } },
          },
          ...errorResponses('not_found', 'validation_error', 'log_expired'),
        },
      },
    },
    async (request, reply) => {
      const run = await scenarioRunOf(request, context);
      const reader = new LogReader(request.ownTenant, request.principal.workspaceId, run.id);
      const log = await reader.look();
      if (log?.isExpired) throw new ApiError('log_expired', 'the log is no longer kept: the plan says for how long');
      const from = await beginning(request.query, reader, log);
      if (request.query.follow === 'true') {
        const service = new RunService(request.tenant, request.principal, cursors, runs);
        const seen = Number(request.headers['last-event-id'] ?? Number.NaN);
        const start =
          Number.isSafeInteger(seen) && seen >= 0 ? Math.min(seen, log?.bytes ?? 0) : (from?.byte ?? log?.bytes ?? 0);
        return sendLogEvents(request, reply, { run, reader, from: start, service, signals: runs.signals });
      }
      describe(reply, run, log, request.query.download === 'true');
      await sendText(request, reply, reader, from);
      return reply;
    },
  );
};

type Query = z.output<typeof logQuery>;

/** Where somebody wants to begin; undefined: behind the end. */
async function beginning({ from, tail, offset }: Query, reader: LogReader, log: StoredLog | undefined) {
  if (offset !== undefined) return { byte: Math.min(offset, log?.bytes ?? 0), line: undefined };
  const line = tail === undefined ? (from ?? 1) - 1 : await firstOfLast(tail, reader, log);
  const byte = await reader.byteOfLine(line);
  return byte === undefined ? undefined : { byte, line };
}

/** A line that has not ended is one, too. */
async function firstOfLast(tail: number, reader: LogReader, log: StoredLog | undefined): Promise<number> {
  const ends = log?.lines ?? 0;
  const last = await reader.byteOfLine(ends);
  const lines = last === undefined || last >= (log?.bytes ?? 0) ? ends : ends + 1;
  return Math.max(0, lines - tail);
}

function describe(reply: FastifyReply, run: StoredRun, log: StoredLog | undefined, isFile: boolean): void {
  reply.headers({
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    // Whatever is in it, no browser shows it as a page or runs it.
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-DataMaker-Log-Lines': log?.lines ?? 0,
    'X-DataMaker-Log-Bytes': log?.bytes ?? 0,
    ...(log?.droppedBytes ? { 'X-DataMaker-Log-Dropped-Bytes': log.droppedBytes } : {}),
    ...(isFile ? { 'Content-Disposition': `attachment; filename="${run.id}.log"` } : {}),
  });
}

async function sendText(
  request: FastifyRequest<{ Querystring: Query }>,
  reply: FastifyReply,
  reader: LogReader,
  from: { readonly byte: number; readonly line: number | undefined } | undefined,
): Promise<void> {
  const { lines, search } = request.query;
  await sendChunks(
    request,
    reply,
    () => undefined,
    async (take, signal) => {
      if (from === undefined) return;
      const parts = reader.read(from.byte);
      if (lines === undefined && search === undefined) {
        for await (const { bytes } of parts) await take(bytes);
        return;
      }
      for await (const bytes of takeLines(parts, from.line ?? 0, lines, search)) {
        if (signal.aborted) return;
        await take(bytes);
      }
    },
  );
}
