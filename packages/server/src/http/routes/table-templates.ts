import type { FastifyRequest } from 'fastify';
import { ConnectionService } from '../../services/connection-service.ts';
import { ConnectionData } from '../../services/connections/connection-data.ts';
import { ConnectionDoor } from '../../services/connections/connection-door.ts';
import type { TableTemplates } from '../../services/connections/table-templates.ts';
import { TemplateService } from '../../services/template-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import type { Routes } from '../route-types.ts';
import { idParams } from '../schemas/ids.ts';
import {
  tablesTemplatesAnswer,
  tablesTemplatesBody,
  tableTemplateAnswer,
  tableTemplateQuery,
} from '../schemas/metadata.ts';
import { presentTemplate } from '../schemas/template.ts';
import { signalOf } from '../signal-of.ts';

const tags = ['Connections'];

/** Templates of what is in systems. */
export const tableTemplateRoutes: Routes = async (app, { cursors, vault, connections: places }) => {
  const open = async ({ tenant, ownTenant, principal }: FastifyRequest, id: string): Promise<TableTemplates> => {
    const service = new ConnectionService({ tenant, ownTenant, principal, cursors, vault, places });
    const connection = await service.find(id);
    const { TableTemplates } = await import('../../services/connections/table-templates.ts');
    return new TableTemplates(new ConnectionData(new ConnectionDoor(places, ownTenant, vault), ownTenant), connection);
  };

  app.get(
    '/connections/:id/metadata/template',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readTableTemplate',
        tags,
        summary: 'A template of rows for a table, or for an operation of an OpenAPI document',
        description:
          'Of databases and OData: the columns with their types, lengths, values and rules, without those that the system fills itself. Of REST connections with `options.openapi`: the properties of the body, with what is inside of them, and the parts of the path. It is not kept: `POST /templates` does that, or `POST /connections/{id}/templates`.',
        params: idParams,
        querystring: tableTemplateQuery,
        response: {
          200: { description: 'The template.', content: { 'application/json': { schema: tableTemplateAnswer } } },
          ...errorResponses('not_found', 'validation_error', 'secret_not_for_host', 'connection_failed'),
        },
      },
    },
    async (request, reply) => {
      refuseNul(request.query);
      const { table, schema, expand, locale, references } = request.query;
      const templates = await open(request, request.params.id);
      const { document, notices } = await templates.one(
        { table, schema },
        { expand, locale, references },
        signalOf(reply),
      );
      return { template: document, notices: [...notices] };
    },
  );

  app.post(
    '/connections/:id/templates',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'createTableTemplates',
        tags,
        summary: 'Create templates of tables: all of them or none',
        description:
          'The tables of a database or the entity sets of OData, as they are now. Foreign keys between them are references: rows with the same seed have keys that are there.',
        params: idParams,
        body: tablesTemplatesBody,
        response: {
          201: { description: 'The templates.', content: { 'application/json': { schema: tablesTemplatesAnswer } } },
          ...errorResponses('not_found', 'validation_error', 'secret_not_for_host', 'connection_failed'),
        },
      },
    },
    async (request, reply) => {
      refuseNul(request.body);
      const { tenant, principal, body } = request;
      const { tables, ...rest } = body;
      const templates = await open(request, request.params.id);
      const wanted = tables?.map((one) => (typeof one === 'string' ? { table: one } : one));
      const service = new TemplateService(tenant, principal, cursors);
      const { created, leftOut } = await templates.create({ ...rest, tables: wanted }, service, signalOf(reply));
      return reply.code(201).send({
        templates: created.map(({ table, template, notices }) => ({
          table,
          template: presentTemplate(template),
          notices: [...notices],
        })),
        leftOut: [...leftOut],
      });
    },
  );
};
