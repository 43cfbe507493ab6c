import type { FastifyRequest } from 'fastify';
import { ConnectionService } from '../../services/connection-service.ts';
import { ConnectionData } from '../../services/connections/connection-data.ts';
import { ConnectionDoor } from '../../services/connections/connection-door.ts';
import { tellOfRead } from '../../services/scenarios/broker/tell-of-rows.ts';
import { sensitiveColumns } from '../../services/sets/sensitive-columns.ts';
import type { StoredConnection } from '../../store/connections.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import { parseConditions } from '../parse-conditions.ts';
import { refuseFilter } from '../refuse-filter.ts';
import type { Routes } from '../route-types.ts';
import { idParams } from '../schemas/ids.ts';
import { metadataAnswer, metadataQuery } from '../schemas/metadata.ts';
import { rowsAnswer, rowsQuery } from '../schemas/table-rows.ts';
import { sendExport } from '../send-export.ts';
import { signalOf } from '../signal-of.ts';
import { pushRoutes } from './push.ts';

const tags = ['Connections'];

/** What is in the systems of connections: their tables, rows out of them and into them. */
export const connectionDataRoutes: Routes = async (app, context) => {
  const { cursors, vault, connections: places } = context;

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
          ...errorResponses('not_found', 'validation_error', 'secret_not_for_host', 'connection_failed'),
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
          ...errorResponses('not_found', 'validation_error', 'secret_not_for_host', 'connection_failed'),
        },
      },
    },
    async (request, reply) => {
      refuseNul(request.query);
      const { table, schema, column: columns, where, filter, orderBy, top } = request.query;
      const connection = await find(request, request.params.id);
      refuseFilter(connection, filter);
      const query = { table, schema, columns, where: parseConditions(where), filter, orderBy, top };
      const found = await data(request).read(connection, query, signalOf(reply));
      tellOfRead(connection.type, found.table.name, found.rows.length);
      const about = {
        of: 'connection' as const,
        id: connection.id,
        fields: await sensitiveColumns(found.columns),
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

  await pushRoutes(app, context);
};
