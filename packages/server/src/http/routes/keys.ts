import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SCOPES } from '../../security/permissions.ts';
import { KeyService } from '../../services/key-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { idParams, idText } from '../schemas/ids.ts';
import { keySchema, newKeySchema, presentKey } from '../schemas/key.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import { shortName } from '../schemas/people.ts';

const tags = ['Keys'];
const keyResponse = {
  description: 'The key, without its secret.',
  content: { 'application/json': { schema: keySchema } },
};
const createBody = z.strictObject({
  name: shortName.meta({ example: 'CI' }),
  projectId: idText
    .optional()
    .meta({ description: 'The only project that it is for; any of the workspace unless given.' }),
  readOnly: z.boolean('readOnly must be true or false').default(false),
  scopes: z
    .array(z.enum(SCOPES, `scopes are ${SCOPES.join(', ')}`))
    .min(1, 'name at least one scope, or leave scopes out')
    .max(SCOPES.length)
    .refine((all) => new Set(all).size === all.length, 'name each scope once')
    .optional()
    .meta({
      description:
        '`read`: see things; `generate`: make rows, templates, sets, files and chats; `run`: make and execute scenarios, end runs; `push`: make connections and send to them; `admin`: keys, secrets, people and all else. Left out: all that your role may do.',
    }),
  for: z
    .enum(['mcp'], 'for is mcp, or left out')
    .optional()
    .meta({ description: '`mcp`: without `scopes` it gets `read` and `generate`.' }),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'expiresAt must be a time as in RFC 3339, with Z or an offset at its end' })
    .transform((text) => new Date(text))
    .optional(),
});
/** Enough to make test data with, and nothing that leaves. */
const FOR_MCP = ['read', 'generate'] as const;
const renameBody = z.strictObject({ name: shortName });
const MAX_OVERLAP = 72;
const hours = `overlapHours must be a whole number from 0 to ${MAX_OVERLAP}`;
const rotateBody = z.strictObject({
  overlapHours: z
    .int(hours)
    .min(0, hours)
    .max(MAX_OVERLAP, hours)
    .default(24)
    .meta({ description: 'How long the old one works beside the new one.' }),
});
const rotated = newKeySchema.extend({ replaced: keySchema }).meta({ id: 'RotatedKey' });

/** API keys: one's own; for administrators those of all. */
export const keyRoutes: Routes = async (app, { cursors, pepper }) => {
  const service = ({ tenant, principal }: FastifyRequest): KeyService =>
    new KeyService(tenant, principal, cursors, pepper);

  app.get(
    '/keys',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listKeys',
        tags,
        summary: 'List keys, the newest first',
        querystring: pageQuery,
        response: {
          200: { description: 'A page.', content: { 'application/json': { schema: pageOf(keySchema) } } },
          ...errorResponses('validation_error', 'invalid_cursor'),
        },
      },
    },
    async (request) => {
      const page = await service(request).list(request.query.limit, request.query.cursor);
      return { items: page.items.map(presentKey), next_cursor: page.nextCursor, total: page.total };
    },
  );

  app.post(
    '/keys',
    {
      config: { permission: 'self' },
      schema: {
        operationId: 'createKey',
        tags,
        summary: 'Make a key; it carries your role, as it is whenever the key is used',
        body: createBody,
        response: {
          201: { description: 'The key.', content: { 'application/json': { schema: newKeySchema } } },
          ...errorResponses('not_found', 'validation_error'),
        },
      },
    },
    async (request, reply) => {
      const { name, projectId = null, readOnly, expiresAt = null, for: use } = request.body;
      const scopes = request.body.scopes ?? (use === 'mcp' ? FOR_MCP : null);
      const [stored, key] = await service(request).create({ name, projectId, readOnly, scopes, expiresAt });
      return reply
        .code(201)
        .headers({ Location: `/keys/${stored.id}`, 'Cache-Control': 'no-store' })
        .send({ ...presentKey(stored), key });
    },
  );

  app.get(
    '/keys/:id',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readKey',
        tags,
        summary: 'Read what may be shown of a key',
        params: idParams,
        response: { 200: keyResponse, ...errorResponses('not_found') },
      },
    },
    async (request) => presentKey(await service(request).read(request.params.id)),
  );

  app.patch(
    '/keys/:id',
    {
      config: { permission: 'self' },
      schema: {
        operationId: 'renameKey',
        tags,
        summary: 'Rename a key',
        params: idParams,
        body: renameBody,
        response: { 200: keyResponse, ...errorResponses('not_found', 'validation_error') },
      },
    },
    async (request) => presentKey(await service(request).rename(request.params.id, request.body.name)),
  );

  app.delete(
    '/keys/:id',
    {
      config: { permission: 'self' },
      schema: {
        operationId: 'revokeKey',
        tags,
        summary: 'Revoke a key, from the next request on',
        params: idParams,
        response: { 204: { description: 'It works no more.' }, ...errorResponses('not_found') },
      },
    },
    async (request, reply) => {
      await service(request).revoke(request.params.id);
      return reply.code(204).send();
    },
  );

  app.post(
    '/keys/:id/rotate',
    {
      config: { permission: 'self' },
      schema: {
        operationId: 'rotateKey',
        tags,
        summary: 'Make one of your keys anew; the old one works a while longer',
        params: idParams,
        body: rotateBody,
        response: {
          201: { description: 'The new key.', content: { 'application/json': { schema: rotated } } },
          ...errorResponses('not_found', 'validation_error'),
        },
      },
    },
    async (request, reply) => {
      const [stored, key, old] = await service(request).rotate(request.params.id, request.body.overlapHours);
      return reply
        .code(201)
        .headers({ Location: `/keys/${stored.id}`, 'Cache-Control': 'no-store' })
        .send({ ...presentKey(stored), key, replaced: presentKey(old) });
    },
  );
};
