import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SecretService } from '../../services/secret-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { idParams } from '../schemas/ids.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import {
  changedHosts,
  presentSecret,
  secretHosts,
  secretName,
  secretReach,
  secretSchema,
  secretValue,
} from '../schemas/secret.ts';

const tags = ['Secrets'];
const oneSecret = { description: 'The secret.', content: { 'application/json': { schema: secretSchema } } };
const createBody = z.strictObject({
  name: secretName,
  value: secretValue,
  reach: secretReach.default('project'),
  hosts: secretHosts.default([]),
});
const changeBody = z.strictObject({ value: secretValue.optional(), hosts: changedHosts.optional() });
/** JSON may write each byte of a value as six: `\u0001`. */
const bodyLimit = 512 * 1024;

/** Secrets of people: written and replaced, never read. */
export const secretRoutes: Routes = async (app, { cursors, vault }) => {
  const service = ({ tenant, principal }: FastifyRequest): SecretService =>
    new SecretService(tenant, principal, cursors, vault);

  app.get(
    '/secrets',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listSecrets',
        tags,
        summary: 'List secrets of the project and of the workspace, the newest first, without their values',
        querystring: pageQuery,
        response: {
          200: { description: 'A page.', content: { 'application/json': { schema: pageOf(secretSchema) } } },
          ...errorResponses('validation_error', 'invalid_cursor'),
        },
      },
    },
    async (request) => {
      const page = await service(request).list(request.query.limit, request.query.cursor);
      return { items: page.items.map(presentSecret), next_cursor: page.nextCursor, total: page.total };
    },
  );

  app.post(
    '/secrets',
    {
      config: { permission: 'secure' },
      bodyLimit,
      schema: {
        operationId: 'createSecret',
        tags,
        summary: 'Create a secret; one for the whole workspace needs an administrator',
        body: createBody,
        response: {
          201: oneSecret,
          ...errorResponses('conflict', 'payload_too_large', 'secret_unreadable', 'validation_error'),
        },
      },
    },
    async (request, reply) => {
      const created = await service(request).create(request.body);
      return reply.code(201).header('Location', `/secrets/${created.id}`).send(presentSecret(created));
    },
  );

  app.get(
    '/secrets/:id',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readSecret',
        tags,
        summary: 'Read what may be shown of a secret',
        params: idParams,
        response: { 200: oneSecret, ...errorResponses('not_found') },
      },
    },
    async (request) => presentSecret(await service(request).read(request.params.id)),
  );

  app.patch(
    '/secrets/:id',
    {
      config: { permission: 'secure' },
      bodyLimit,
      schema: {
        operationId: 'changeSecret',
        tags,
        summary: 'Give a secret another value, or say anew which hosts it may be sent to',
        params: idParams,
        body: changeBody,
        response: {
          200: oneSecret,
          ...errorResponses('not_found', 'payload_too_large', 'secret_unreadable', 'validation_error'),
        },
      },
    },
    async (request) => presentSecret(await service(request).change(request.params.id, request.body)),
  );

  app.delete(
    '/secrets/:id',
    {
      config: { permission: 'secure' },
      schema: {
        operationId: 'deleteSecret',
        tags,
        summary: 'Delete a secret for good',
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
