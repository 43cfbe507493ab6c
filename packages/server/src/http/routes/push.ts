import type { FastifyRequest } from 'fastify';
import { validationError } from '../../errors.ts';
import { ConnectionService } from '../../services/connection-service.ts';
import { ConnectionData } from '../../services/connections/connection-data.ts';
import { ConnectionDoor } from '../../services/connections/connection-door.ts';
import { type Once, type PushOptions, type PushReport, pushRows } from '../../services/connections/push-rows.ts';
import type { Pushed } from '../../services/connections/push-source.ts';
import { refuseReadOnly } from '../../services/connections/refuse-read-only.ts';
import { savedColumns } from '../../services/connections/template-mapping.ts';
import { tellOfRows } from '../../services/scenarios/broker/tell-of-rows.ts';
import { TemplateService } from '../../services/template-service.ts';
import type { StoredConnection } from '../../store/connections.ts';
import type { StoredTemplate } from '../../store/templates.ts';
import { type Beginning, beginningOf } from '../beginning-of.ts';
import { fetchingOf } from '../fetching-of.ts';
import { keepBody } from '../keep-body.ts';
import { reserveRows } from '../limits.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { pushedOf } from '../pushed-of.ts';
import type { Routes } from '../route-types.ts';
import { idParams } from '../schemas/ids.ts';
import { type PushBody, pushAnswer, pushBody } from '../schemas/push.ts';
import { sendExport } from '../send-export.ts';
import { signalOf } from '../signal-of.ts';

const tags = ['Connections'];
const MAX_BODY = 10 * 1024 * 1024;
const PUSH_MS = 120_000;

/** Rows into the systems of connections. */
export const pushRoutes: Routes = async (app, context) => {
  const { cursors, vault, connections: places } = context;
  keepBody(app);

  const find = ({ tenant, ownTenant, principal }: FastifyRequest, id: string): Promise<StoredConnection> =>
    new ConnectionService({ tenant, ownTenant, principal, cursors, vault, places }).find(id);
  const data = ({ ownTenant }: FastifyRequest): ConnectionData =>
    new ConnectionData(new ConnectionDoor(places, ownTenant, vault), ownTenant);

  app.post(
    '/connections/:id/rows',
    {
      config: { permission: 'push', ordered: true },
      bodyLimit: MAX_BODY,
      schema: {
        operationId: 'pushRows',
        tags,
        summary: 'Put rows into a table: rows that are given, or those of a template',
        description:
          'All of them or none, where the system keeps several writes together. Each key of a row goes into the column of its name, or of the only name that differs in case and signs alone, unless `mapping` says otherwise.',
        params: idParams,
        body: pushBody,
        response: {
          200: { description: 'What became of them.', content: { 'application/json': { schema: pushAnswer } } },
          ...errorResponses(
            'not_found',
            'conflict',
            'validation_error',
            'payload_too_large',
            'quota_exceeded',
            'connection_failed',
            'secret_not_for_host',
          ),
        },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const signal = signalOf(reply);
      const { store: templates } = new TemplateService(request.tenant, request.principal, cursors);
      const beginning = await beginningOf(request, context.claims);
      // What a seed decides is made as an earlier request has made it.
      const again = beginning?.earlier?.seed ?? undefined;
      const wanted = again === undefined ? body : { ...body, seed: again };
      const { source, template } = await pushedOf(request, wanted, templates, (template) =>
        fetchingOf(request, reply, context, template),
      );
      const connection = sentAs(await find(request, request.params.id), body);
      refuseReadOnly(connection);
      const once = beginning && onceOf(beginning, connection, source, template);
      const options = { ...(await optionsOf(request, body, connection, template)), once };
      const about = {
        ...(template === undefined
          ? { of: 'rows' as const, id: connection.id }
          : { of: 'template' as const, id: template.id, version: template.version }),
        fields: source.sensitive,
        rows: source.count,
        format: 'rows',
        connection: connection.id,
        table: body.table,
      };
      const reservation =
        template === undefined ? undefined : await reserveRows(request, reply, context.limiter, source.count);
      let report: PushReport | undefined;
      try {
        await sendExport(request, about, async (delivered) => {
          const use = { timeoutMs: PUSH_MS, signal, writes: true };
          const all = data(request);
          report = await all.use(connection, use, async (session, connector, stop) => {
            const table = await all.tableIn(session, connection, body);
            return pushRows(session, connector, table, source, options, stop);
          });
          delivered(report.written);
          return report.failed === 0;
        });
      } finally {
        await reservation?.settle(report?.sent ?? 0);
      }
      if (report === undefined) throw new Error('a push that ended has a report');
      tellOfRows(connection.type, report, options.onConflict);
      return presentReport(report, source);
    },
  );
};

/** The connection, with what the request says of how rows are sent to REST. @throws ApiError validation_error */
function sentAs(connection: StoredConnection, { mode, batch_key: wrapperKey }: PushBody): StoredConnection {
  const { type, config } = connection;
  if (mode === undefined && wrapperKey === undefined) return connection;
  const pointer = mode === undefined ? '/batch_key' : '/mode';
  const refuse = (code: string, message: string): never => {
    throw validationError([{ code, pointer, message, hint: 'leave it out' }]);
  };
  if (type !== 'rest') return refuse('not_supported', 'only rows of REST are sent one by one or together');
  if (mode === 'row' && wrapperKey !== undefined)
    return refuse('conflicting_options', 'a row by itself has no batch_key');
  const options = { ...config.options, mode: mode ?? 'batch', ...(wrapperKey === undefined ? {} : { wrapperKey }) };
  return { ...connection, config: { ...config, options } };
}

function onceOf(
  beginning: Beginning,
  { type, config }: StoredConnection,
  { seed }: Pushed,
  template: StoredTemplate | undefined,
): Once {
  const { earlier } = beginning;
  const mark = { seed: seed ?? null, version: template?.version ?? null };
  return {
    isAgain: earlier !== undefined,
    isSame: earlier?.seed === mark.seed && earlier.version === mark.version,
    knowsRequests: type === 'rest' && config.options['idempotencyHeader'] !== undefined,
    begin: () => beginning.begin(mark),
    forget: () => beginning.forget(),
  };
}

const presentReport = ({ table, columns, failures, ...counts }: PushReport, { seed }: Pushed) => ({
  ...counts,
  table,
  columns: { ...columns },
  failures: [...failures],
  seed: seed ?? null,
});

/** What was said of the template and the connection counts, unless the request says otherwise. */
async function optionsOf(
  { tenant }: FastifyRequest,
  { table, schema, mapping, on_conflict: onConflict, key, batch_size: batchSize }: PushBody,
  { id }: StoredConnection,
  template: StoredTemplate | undefined,
): Promise<PushOptions> {
  const isAsked = mapping === undefined && template !== undefined;
  const saved = isAsked ? await savedColumns(tenant, template.id, id, { table, schema }) : undefined;
  return { onConflict, key, batchSize, mapping: mapping ?? saved };
}
