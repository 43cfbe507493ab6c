import type { Condition } from '@datamaker/connectors';
import { z } from 'zod';
import { ConnectionService } from '../../services/connection-service.ts';
import { ConnectionData } from '../../services/connections/connection-data.ts';
import { ConnectionDoor } from '../../services/connections/connection-door.ts';
import { fetchToSet } from '../../services/connections/fetch-to-set.ts';
import { SetService } from '../../services/set-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import { checkConditions } from '../parse-conditions.ts';
import { placeOf, places as placeWords } from '../place-of.ts';
import { refuseFilter } from '../refuse-filter.ts';
import type { Routes } from '../route-types.ts';
import { idParams } from '../schemas/ids.ts';
import { presentSet, setSchema } from '../schemas/set.ts';
import { schemaName, tableNameText } from '../schemas/table.ts';
import { signalOf } from '../signal-of.ts';

const MAX_FETCHED = 1_000_000;
const TOP = 10_000;

const columns = (name: string) =>
  z.array(tableNameText, `${name} must be a list of columns`).min(1).max(1000, 'at most 1000 columns').optional();

const fetchBody = z.strictObject({
  ...placeWords,
  schema: schemaName.optional(),
  select: columns('select').meta({ description: 'Which columns; default: all.' }),
  where: z
    .array(z.unknown(), 'where must be a list of conditions')
    .optional()
    .meta({ description: 'Conditions, all of which hold.', example: [{ column: 'id', is: '>=', value: 10 }] }),
  filter: z
    .string('filter must be a text')
    .min(1, 'filter must not be empty')
    .max(4000, 'filter has at most 4000 characters')
    .optional()
    .meta({ description: 'In the language of the system: `$filter` of OData, the query of REST.' }),
  order_by: columns('order_by').meta({ description: 'Columns by which they are in order, ascending.' }),
  top: z
    .int('top must be a whole number')
    .min(1, 'top must be at least 1')
    .max(MAX_FETCHED, `top must be at most ${MAX_FETCHED}`)
    .default(TOP)
    .meta({ description: 'Most rows.' }),
  set: z.string('set must be a text').meta({ description: 'What the set is called.', example: 'reg_bp_de_2026q2' }),
});

/** Rows out of a system, into a set. */
export const fetchRoutes: Routes = async (app, { cursors, vault, limiter, connections: places }) => {
  app.post(
    '/connections/:id/fetch',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'fetchRows',
        tags: ['Connections'],
        summary: 'Save rows of a table as a set',
        description:
          'A name that is there gets a new version. Integers beyond 2^53 and decimals are texts, bytes are in base64.',
        params: idParams,
        body: fetchBody,
        response: {
          201: { description: 'The version.', content: { 'application/json': { schema: setSchema } } },
          ...errorResponses(
            'not_found',
            'validation_error',
            'storage_quota_exceeded',
            'secret_not_for_host',
            'connection_failed',
          ),
        },
      },
    },
    async (request, reply) => {
      const { tenant, ownTenant, principal, body } = request;
      refuseNul(body);
      const around = { tenant, ownTenant, principal, cursors, vault, places };
      const connection = await new ConnectionService(around).find(request.params.id);
      refuseFilter(connection, body.filter);
      const table = placeOf(connection, body);
      const { schema, select, filter, order_by: orderBy, top, set: name } = body;
      const where: readonly Condition[] | undefined = body.where && checkConditions(body.where);
      const data = new ConnectionData(new ConnectionDoor(places, ownTenant, vault), ownTenant);
      const query = { table, schema, columns: select, where, filter, orderBy, top };
      const set = await fetchToSet(
        data,
        new SetService(tenant, principal, cursors, limiter.filesOf(principal.plan)),
        connection,
        name,
        query,
        signalOf(reply),
      );
      return reply
        .code(201)
        .header('Location', `/sets/${encodeURIComponent(name)}`)
        .send(presentSet(set));
    },
  );
};
