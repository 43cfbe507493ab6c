import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../../errors.ts';
import { ConnectionService } from '../../services/connection-service.ts';
import { ConnectionData } from '../../services/connections/connection-data.ts';
import { ConnectionDoor } from '../../services/connections/connection-door.ts';
import { type TemplateMapping, TemplateMappings } from '../../services/connections/template-mapping.ts';
import { TemplateService } from '../../services/template-service.ts';
import type { StoredTemplate } from '../../store/templates.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import type { Routes } from '../route-types.ts';
import { columnMapping, mappingSchema } from '../schemas/column-mapping.ts';
import { schemaName, tableNameText } from '../schemas/table.ts';
import { signalOf } from '../signal-of.ts';
import { currentId, parseTemplateRef } from '../template-ref.ts';

const tags = ['Connections'];
const params = z.object({
  ref: z.string().meta({ description: 'The id of a template; to read, with `@v3` for a version of it.' }),
  connectionId: z.string().meta({ description: 'As it was given when it was created.' }),
});
const oneMapping = { description: 'The mapping.', content: { 'application/json': { schema: mappingSchema } } };
const tableQuery = z.strictObject({
  table: tableNameText.optional().meta({ description: 'Needed until a mapping is saved.' }),
  schema: schemaName.optional(),
});
const saveBody = z.strictObject({ table: tableNameText, schema: schemaName.optional(), columns: columnMapping });

/** Which fields of a template go into which columns of a connection. */
export const columnMappingRoutes: Routes = async (app, { cursors, vault, connections: places }) => {
  const around = (request: FastifyRequest) => {
    const { tenant, ownTenant, principal } = request;
    const data = new ConnectionData(new ConnectionDoor(places, ownTenant, vault), ownTenant);
    return {
      connections: new ConnectionService({ tenant, ownTenant, principal, cursors, vault, places }),
      templates: new TemplateService(tenant, principal, cursors).store,
      mappings: new TemplateMappings(tenant, principal, data),
    };
  };
  const find = async (request: FastifyRequest<{ Params: z.output<typeof params> }>, isRead = false) => {
    const { connections, templates, mappings } = around(request);
    const { ref } = request.params;
    const { id, version } = isRead ? parseTemplateRef(ref) : { id: currentId(ref), version: undefined };
    const template = await (version === undefined ? templates.find(id) : templates.findVersion(id, version));
    const connection = await connections.look(request.params.connectionId);
    if (template !== undefined && connection !== undefined) return { template, templates, mappings, connection };
    throw new ApiError('not_found', 'there is no such template, or no such connection');
  };

  app.get(
    '/templates/:ref/mappings/:connectionId',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readMapping',
        tags,
        summary: 'Which fields go into which columns: as it was saved, or as names suggest',
        params,
        querystring: tableQuery,
        response: {
          200: oneMapping,
          ...errorResponses('not_found', 'validation_error', 'secret_not_for_host', 'connection_failed'),
        },
      },
    },
    async (request, reply) => {
      refuseNul(request.query);
      const { template, templates, connection, mappings } = await find(request, true);
      const { table, schema } = request.query;
      const ref = table === undefined ? undefined : { table, schema };
      return present(template, connection, await mappings.read(template, templates, connection, ref, signalOf(reply)));
    },
  );

  app.put(
    '/templates/:ref/mappings/:connectionId',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'saveMapping',
        tags,
        summary: 'Say which fields go into which columns',
        params,
        body: saveBody,
        response: {
          200: oneMapping,
          ...errorResponses('not_found', 'validation_error', 'secret_not_for_host', 'connection_failed'),
        },
      },
    },
    async (request, reply) => {
      refuseNul(request.body);
      const { template, templates, connection, mappings } = await find(request);
      const { columns, ...ref } = request.body;
      const saved = await mappings.save(template, templates, connection, ref, columns, signalOf(reply));
      return present(template, connection, saved);
    },
  );

  app.delete(
    '/templates/:ref/mappings/:connectionId',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'deleteMapping',
        tags,
        summary: 'Forget what was said of fields and columns',
        params,
        response: { 204: { description: 'It is forgotten.' }, ...errorResponses('not_found') },
      },
    },
    async (request, reply) => {
      const { template, connection, mappings } = await find(request);
      if (await mappings.remove(template.id, connection.id)) return reply.code(204).send();
      throw new ApiError('not_found', 'no mapping was saved');
    },
  );
};

const present = (
  { id: templateId }: Pick<StoredTemplate, 'id'>,
  { id: connectionId }: { readonly id: string },
  { table, saved, columns, skipped, problems }: TemplateMapping,
): z.input<typeof mappingSchema> => ({
  templateId,
  connectionId,
  table,
  saved,
  columns: { ...columns },
  skipped: [...skipped],
  problems: [...problems],
});
