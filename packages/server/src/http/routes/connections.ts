import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ConnectionService } from '../../services/connection-service.ts';
import { isAskedByHand } from '../is-asked-by-hand.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import type { Routes } from '../route-types.ts';
import {
  connectionAuth,
  connectionIds,
  connectionName,
  connectionOptions,
  connectionReadOnly,
  connectionSchema,
  connectionType,
  connectionUrl,
  listedConnectionSchema,
  presentConnection,
  presentDeletedConnection,
} from '../schemas/connection.ts';
import { idParams, idText } from '../schemas/ids.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import { signalOf } from '../signal-of.ts';

const tags = ['Connections'];
const oneConnection = {
  description: 'The connection.',
  content: { 'application/json': { schema: connectionSchema } },
};
const listQuery = pageQuery.extend({
  name: z
    .string('give name once')
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'Only the one that is called that.' }),
  deleted: z
    .enum(['true', 'false'], 'deleted must be true or false')
    .default('false')
    .meta({ description: '`true`: those that were deleted and are not purged yet.' }),
});
const createBody = z.strictObject({
  name: connectionName,
  type: connectionType,
  url: connectionUrl,
  auth: connectionAuth.optional(),
  options: connectionOptions.optional(),
  readOnly: connectionReadOnly.default(false),
});
const changeBody = z.strictObject({
  name: connectionName.optional(),
  url: connectionUrl.optional(),
  auth: connectionAuth.optional(),
  options: connectionOptions.optional(),
  readOnly: connectionReadOnly.optional(),
});
const restoreBody = z.strictObject({
  as: connectionName
    .optional()
    .meta({ description: 'What it is called from now on, when another connection has its name.' }),
});

/** Connections: list, create, read, change, delete, restore, move, verify. */
export const connectionRoutes: Routes = async (app, { cursors, vault, connections: places }) => {
  const service = (request: FastifyRequest): ConnectionService => {
    const { tenant, ownTenant, principal } = request;
    const isByHand = isAskedByHand(request);
    return new ConnectionService({ tenant, ownTenant, principal, cursors, vault, places, isByHand });
  };

  app.get(
    '/connections',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listConnections',
        tags,
        summary: 'List connections, the newest first; or deleted ones that can be restored',
        querystring: listQuery,
        response: {
          200: { description: 'A page.', content: { 'application/json': { schema: pageOf(listedConnectionSchema) } } },
          ...errorResponses('validation_error', 'invalid_cursor'),
        },
      },
    },
    async (request) => {
      const { limit, cursor, name, deleted } = request.query;
      refuseNul({ name });
      if (deleted === 'true') {
        const page = await service(request).listDeleted(limit, cursor);
        return { items: page.items.map(presentDeletedConnection), next_cursor: page.nextCursor, total: page.total };
      }
      const page = await service(request).list(limit, cursor, name);
      return { items: page.items.map(presentConnection), next_cursor: page.nextCursor, total: page.total };
    },
  );

  app.post(
    '/connections',
    {
      config: { permission: 'push' },
      schema: {
        operationId: 'createConnection',
        tags,
        summary: 'Create a connection, and try it',
        description:
          'It is created also when it cannot be reached: `verification` says why. Who may set the secret that `auth.secret_ref` names, and asks by themselves, adds the host to those of the secret; for others it has to be there (`secret_not_for_host`).',
        body: createBody,
        response: {
          201: oneConnection,
          ...errorResponses(
            'conflict',
            'payload_too_large',
            'secret_not_for_host',
            'secret_unreadable',
            'validation_error',
          ),
        },
      },
    },
    async (request, reply) => {
      refuseNul(request.body);
      const created = await service(request).create(request.body, signalOf(reply));
      return reply.code(201).header('Location', `/connections/${created.id}`).send(presentConnection(created));
    },
  );

  app.get(
    '/connections/:id',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readConnection',
        tags,
        summary: 'Read a connection, without its secrets',
        params: idParams,
        response: { 200: oneConnection, ...errorResponses('not_found') },
      },
    },
    async (request) => presentConnection(await service(request).find(request.params.id)),
  );

  app.patch(
    '/connections/:id',
    {
      config: { permission: 'push' },
      schema: {
        operationId: 'changeConnection',
        tags,
        summary: 'Change a connection, and try it where it may lead elsewhere',
        description:
          '`auth` and `options` replace what was said before. Secrets stay while host and port do; for another address they have to be given again. One that `secret_ref` names stays where it is meant for the other host.',
        params: idParams,
        body: changeBody,
        response: {
          200: oneConnection,
          ...errorResponses(
            'not_found',
            'conflict',
            'payload_too_large',
            'secret_not_for_host',
            'secret_unreadable',
            'validation_error',
          ),
        },
      },
    },
    async (request, reply) => {
      refuseNul(request.body);
      return presentConnection(await service(request).change(request.params.id, request.body, signalOf(reply)));
    },
  );

  app.delete(
    '/connections/:id',
    {
      config: { permission: 'push' },
      schema: {
        operationId: 'deleteConnection',
        tags,
        summary: 'Delete a connection; for 30 days it can be restored',
        params: idParams,
        response: { 204: { description: 'It is deleted.' }, ...errorResponses('not_found') },
      },
    },
    async (request, reply) => {
      await service(request).delete(request.params.id);
      return reply.code(204).send();
    },
  );

  app.post(
    '/connections/:id/restore',
    {
      config: { permission: 'push' },
      schema: {
        operationId: 'restoreConnection',
        tags,
        summary: 'Take the deletion of a connection back',
        params: idParams,
        body: restoreBody,
        response: { 200: oneConnection, ...errorResponses('not_found', 'conflict', 'validation_error') },
      },
    },
    async (request) => presentConnection(await service(request).restore(request.params.id, request.body.as)),
  );

  app.post(
    '/connections/:id/verify',
    {
      config: { permission: 'push' },
      schema: {
        operationId: 'verifyConnection',
        tags,
        summary: 'Try a connection',
        description: 'What comes of it is in `verification`, also when it fails.',
        params: idParams,
        body: z.strictObject({}).optional(),
        response: {
          200: oneConnection,
          ...errorResponses('not_found', 'secret_not_for_host', 'secret_unreadable', 'validation_error'),
        },
      },
    },
    async (request, reply) => presentConnection(await service(request).verify(request.params.id, signalOf(reply))),
  );

  app.post(
    '/connections/move',
    {
      config: { permission: 'push' },
      schema: {
        operationId: 'moveConnections',
        tags,
        summary: 'Move connections to another project of the workspace, all or none',
        body: z.strictObject({ connections: connectionIds, projectId: idText.meta({ description: 'Where they go.' }) }),
        response: {
          204: { description: 'They are there.' },
          ...errorResponses('not_found', 'conflict', 'validation_error'),
        },
      },
    },
    async (request, reply) => {
      await service(request).move(request.body.connections, request.body.projectId);
      return reply.code(204).send();
    },
  );
};
