import type { Condition } from '@datamaker/connectors';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError, validationError } from '../../errors.ts';
import { ConnectionService } from '../../services/connection-service.ts';
import { ConnectionData } from '../../services/connections/connection-data.ts';
import { ConnectionDoor } from '../../services/connections/connection-door.ts';
import { type PushOptions, type PushReport, pushRows } from '../../services/connections/push-rows.ts';
import {
  givenSource,
  MAX_PUSHED,
  type Pushed,
  templateSource,
  tooMany,
} from '../../services/connections/push-source.ts';
import { savedColumns } from '../../services/connections/template-mapping.ts';
import { sensitiveColumns } from '../../services/sets/sensitive-columns.ts';
import { TemplateService } from '../../services/template-service.ts';
import type { StoredConnection } from '../../store/connections.ts';
import type { StoredTemplate, TemplateStore } from '../../store/templates.ts';
import { keepBodyText } from '../keep-body-text.ts';
import { reserveRows } from '../limits.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import type { Routes } from '../route-types.ts';
import { columnMapping } from '../schemas/column-mapping.ts';
import { idParams } from '../schemas/ids.ts';
import { wholeNumber } from '../schemas/set.ts';
import { schemaName, tableNameText, tableSchema } from '../schemas/table.ts';
import { typed } from '../schemas/typed.ts';
import { sendExport } from '../send-export.ts';
import { signalOf } from '../signal-of.ts';
import { parseTemplateRef } from '../template-ref.ts';

const tags = ['Connections'];
const MAX_BODY = 10 * 1024 * 1024;
const PUSH_MS = 120_000;
const MAX_CONDITIONS = 50;

const metadataQuery = z.strictObject({
  refresh: z
    .enum(['true', 'false'], 'refresh must be true or false')
    .default('false')
    .meta({ description: '`true`: ask the system, also when that was done within the hour.' }),
  table: tableNameText.optional().meta({ description: 'Only this one.' }),
  schema: schemaName.optional(),
});
const templateQuery = z.strictObject({ table: tableNameText, schema: schemaName.optional() });
const templateAnswer = z
  .object({
    template: typed<object>(z.record(z.string(), z.unknown())).meta({ description: 'As `POST /templates` takes it.' }),
    notices: z
      .array(z.object({ subject: z.string(), message: z.string() }))
      .meta({ description: 'What of the description is not in it.' }),
  })
  .meta({ id: 'TableTemplate' });
const metadataAnswer = z
  .object({
    tables: z.array(typed<object>(tableSchema)),
    notices: z.array(z.object({ subject: z.string(), message: z.string() })),
    readAt: z.iso.datetime(),
  })
  .meta({ id: 'Metadata', description: 'What a system says of its tables.' });

const names = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(tableNameText, 'name columns').max(1000, 'at most 1000 columns'),
);
const rowsQuery = z.strictObject({
  table: tableNameText,
  schema: schemaName.optional(),
  column: names.optional().meta({ description: 'Which columns, once for each; default: all.' }),
  where: z.string('give where once').max(8000, 'where has at most 8000 characters').optional().meta({
    description: 'Conditions as JSON, all of which hold: `[{"column":"id","is":">=","value":10}]`.',
  }),
  filter: z
    .string('give filter once')
    .min(1, 'filter must not be empty')
    .max(4000, 'filter has at most 4000 characters')
    .optional()
    .meta({ description: 'In the language of the system: `$filter` of OData, the query of REST.' }),
  orderBy: names.optional().meta({ description: 'Columns by which they are in order, ascending.' }),
  top: wholeNumber('top', 1, 1000).default(100).meta({ description: 'Most rows.' }),
});
const conditions = z
  .array(
    z.strictObject({
      column: tableNameText,
      is: z.enum(['=', '!=', '<', '<=', '>', '>=', 'like', 'null', 'not null']),
      value: z.union([z.string(), z.number(), z.boolean()]).optional(),
    }),
  )
  .max(MAX_CONDITIONS);
const rowsAnswer = z
  .object({
    table: z.object({ schema: z.string(), name: z.string() }),
    columns: z.array(z.string()),
    rows: z.array(z.record(z.string(), z.unknown())),
    more: z.boolean().meta({ description: 'Whether there are more.' }),
  })
  .meta({ id: 'TableRows' });

const pushBody = z.strictObject({
  table: tableNameText,
  schema: schemaName.optional(),
  rows: z
    .array(z.unknown(), 'rows must be a list of objects')
    .optional()
    .meta({ description: `Objects, at most ${MAX_PUSHED}.`, example: [{ id: 1, city: 'Köln' }] }),
  template_id: z.string('template_id must be a text').optional().meta({ description: 'In place of `rows`.' }),
  count: z.unknown().optional().meta({ description: 'How many rows of the template.', example: 100 }),
  from: z.unknown().optional().meta({ description: 'The first row; default 0.' }),
  seed: z.unknown().optional(),
  overrides: z.record(z.string(), z.unknown()).optional(),
  mapping: columnMapping.optional(),
  on_conflict: z
    .enum(['fail', 'skip', 'update'], 'on_conflict is one of fail, skip, update')
    .default('fail')
    .meta({ description: 'What to do with a row whose key is there already.' }),
  key: z
    .array(tableNameText, 'key must be a list of columns')
    .min(1, 'name at least one column')
    .max(100, 'at most 100 columns')
    .optional()
    .meta({ description: 'Columns that tell rows apart; default: the primary key.' }),
  batch_size: z
    .int('batch_size must be a whole number')
    .min(1, 'batch_size must be at least 1')
    .max(MAX_PUSHED, `batch_size must be at most ${MAX_PUSHED}`)
    .optional()
    .meta({ description: 'Most rows that are sent together.' }),
});
const pushAnswer = z
  .object({
    table: z.object({ schema: z.string(), name: z.string() }),
    columns: z
      .record(z.string(), z.string().nullable())
      .meta({ description: 'Which column each field went into; null: none.' }),
    sent: z.int(),
    written: z.int(),
    skipped: z.int(),
    failed: z.int(),
    failures: z
      .array(z.object({ row: z.int(), status: z.int().nullable(), message: z.string() }))
      .meta({ description: 'The first hundred, of systems where each row has an outcome of its own.' }),
    together: z.boolean().meta({ description: 'Whether all rows were kept together, or would have been none.' }),
    seed: z.string().nullable().meta({ description: 'Of generated rows.' }),
  })
  .meta({ id: 'PushReport' });
type Body = z.output<typeof pushBody>;

/** What is in the systems of connections: their tables, rows out of them and into them. */
export const connectionDataRoutes: Routes = async (app, context) => {
  const { cursors, vault, connections: places } = context;
  keepBodyText(app);

  const find = ({ tenant, ownTenant, principal }: FastifyRequest, id: string): Promise<StoredConnection> =>
    new ConnectionService({ tenant, ownTenant, principal, cursors, vault, places }).find(id);
  const data = ({ ownTenant }: FastifyRequest): ConnectionData =>
    new ConnectionData(new ConnectionDoor(places, ownTenant, vault), ownTenant);

  app.get(
    '/connections/:id/metadata',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readMetadata',
        tags,
        summary: 'Tables of a system, with their columns and keys',
        params: idParams,
        querystring: metadataQuery,
        response: {
          200: { description: 'What it says.', content: { 'application/json': { schema: metadataAnswer } } },
          ...errorResponses('not_found', 'validation_error', 'connection_failed'),
        },
      },
    },
    async (request, reply) => {
      const { refresh, table, schema: inSchema } = request.query;
      const connection = await find(request, request.params.id);
      const { schema, at } = await data(request).metadata(connection, refresh === 'true', signalOf(reply));
      const tables = schema.tables.filter(
        (one) => (table === undefined || one.name === table) && (inSchema === undefined || one.schema === inSchema),
      );
      return { tables: [...tables], notices: [...schema.notices], readAt: at.toISOString() };
    },
  );

  app.get(
    '/connections/:id/metadata/template',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readTableTemplate',
        tags,
        summary: 'A template of rows for an operation of an OpenAPI document',
        description:
          'Of REST connections with `options.openapi`: the properties of the body, with what is inside of them, and the parts of the path. It is not kept: `POST /templates` does that.',
        params: idParams,
        querystring: templateQuery,
        response: {
          200: { description: 'The template.', content: { 'application/json': { schema: templateAnswer } } },
          ...errorResponses('not_found', 'validation_error', 'connection_failed'),
        },
      },
    },
    async (request, reply) => {
      const connection = await find(request, request.params.id);
      const { document, notices } = await data(request).template(connection, request.query, signalOf(reply));
      return { template: document, notices: [...notices] };
    },
  );

  app.get(
    '/connections/:id/rows',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readRows',
        tags,
        summary: 'Some rows of a table',
        description: 'At most 1000, and 5 MiB. Integers beyond 2^53 and decimals are texts, bytes are in base64.',
        params: idParams,
        querystring: rowsQuery,
        response: {
          200: { description: 'The rows.', content: { 'application/json': { schema: rowsAnswer } } },
          ...errorResponses('not_found', 'validation_error', 'connection_failed'),
        },
      },
    },
    async (request, reply) => {
      refuseNul(request.query);
      const { table, schema, column: columns, where, filter, orderBy, top } = request.query;
      const connection = await find(request, request.params.id);
      refuseFilter(connection, filter);
      const query = { table, schema, columns, where: conditionsOf(where), filter, orderBy, top };
      const found = await data(request).read(connection, query, signalOf(reply));
      const about = {
        of: 'connection' as const,
        id: connection.id,
        fields: sensitiveColumns(found.columns),
        rows: found.rows.length,
        format: 'json',
        table: found.table.name,
      };
      await sendExport(request, about, async (delivered) => {
        delivered(found.rows.length);
        return true;
      });
      return { ...found, columns: [...found.columns], rows: [...found.rows] };
    },
  );

  app.post(
    '/connections/:id/rows',
    {
      config: { permission: 'generate' },
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
          ),
        },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const signal = signalOf(reply);
      const { store: templates } = new TemplateService(request.tenant, request.principal, cursors);
      const { source, template } = await sourceOf(request, body, templates);
      const connection = await find(request, request.params.id);
      if (connection.read_only) throw readOnly(connection);
      const options = await optionsOf(request, body, connection, template);
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
      return presentReport(report, source);
    },
  );
};

const presentReport = ({ table, columns, failures, ...counts }: PushReport, { seed }: Pushed) => ({
  ...counts,
  table,
  columns: { ...columns },
  failures: [...failures],
  seed: seed ?? null,
});

/** @throws ApiError validation_error, not_found */
async function sourceOf(
  request: FastifyRequest,
  body: Body,
  templates: TemplateStore,
): Promise<{ readonly source: Pushed; readonly template: StoredTemplate | undefined }> {
  const { rows, template_id: ref, count, from, seed, overrides } = body;
  if ((rows === undefined) === (ref === undefined)) {
    throw wrong('', 'what is put in is either `rows` or `template_id` with `count`', 'give one of the two');
  }
  if (rows !== undefined) {
    const [extra] = Object.entries({ count, from, seed, overrides }).filter(([, value]) => value !== undefined);
    if (extra !== undefined) throw wrong(`/${extra[0]}`, 'rows that are given are not generated', 'leave it out');
    if (rows.length > MAX_PUSHED) throw tooMany(rows.length, '/rows');
    return { source: givenSource(request.bodyText ?? '', rows), template: undefined };
  }
  const { id, version } = parseTemplateRef(ref ?? '');
  const template = await (version === undefined ? templates.find(id) : templates.findVersion(id, version));
  if (template === undefined) throw new ApiError('not_found', 'there is no such template, or no such version of it');
  return { source: await templateSource(template, { count, from, seed, overrides }, templates), template };
}

/** What was said of the template and the connection counts, unless the request says otherwise. */
async function optionsOf(
  { tenant }: FastifyRequest,
  { table, schema, mapping, on_conflict: onConflict, key, batch_size: batchSize }: Body,
  { id }: StoredConnection,
  template: StoredTemplate | undefined,
): Promise<PushOptions> {
  const isAsked = mapping === undefined && template !== undefined;
  const saved = isAsked ? await savedColumns(tenant, template.id, id, { table, schema }) : undefined;
  return { onConflict, key, batchSize, mapping: mapping ?? saved };
}

/** @throws ApiError validation_error */
function conditionsOf(text: string | undefined): readonly Condition[] | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('/where', 'where is no JSON', '[{"column":"id","is":">=","value":10}]');
  }
  refuseNul(value);
  const parsed = conditions.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(`/where/${issue?.path.join('/') ?? ''}`, issue?.message ?? 'it is none', 'see the reference');
  }
  for (const [index, { is, value: given }] of parsed.data.entries()) {
    const needs = is !== 'null' && is !== 'not null';
    if (needs === (given !== undefined)) continue;
    throw wrong(
      `/where/${index}/value`,
      needs ? `${is} needs a value` : `${is} takes no value`,
      needs ? 'for rows without one there is `null`' : 'leave it out',
    );
  }
  return parsed.data as readonly Condition[];
}

/** @throws ApiError validation_error */
function refuseFilter({ type }: StoredConnection, filter: string | undefined): void {
  if (filter === undefined || type === 'rest' || type === 'sap_odata') return;
  throw wrong('/filter', 'filter is for REST and OData', 'use `where`');
}

const readOnly = ({ name }: StoredConnection): ApiError => {
  const message = `the connection ${JSON.stringify(name)} is for reading only`;
  const hint = 'use another one, or change its `readOnly`';
  return new ApiError('conflict', message, [{ code: 'connection_read_only', pointer: '', message, hint }]);
};

const wrong = (pointer: string, message: string, hint: string): ApiError =>
  validationError([{ code: 'invalid_value', pointer, message, hint }]);
