import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PeopleService } from '../../services/people-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { idParams } from '../schemas/ids.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import { emailSchema, inviteSchema, presentInvite, roleSchema } from '../schemas/people.ts';

const tags = ['People'];
const MAX_DAYS = 14;
const days = `expiresInDays must be a whole number from 1 to ${MAX_DAYS}`;
const inviteBody = z.strictObject({
  role: roleSchema,
  email: emailSchema.optional().meta({ description: 'The only address that it is for; any unless given.' }),
  expiresInDays: z.int(days).min(1, days).max(MAX_DAYS, days).default(7),
});
const newInvite = inviteSchema
  .extend({ token: z.string().meta({ description: 'For `POST /invites/{token}/accept`; it is never shown again.' }) })
  .meta({ id: 'NewInvite' });

/** Ways in for others. */
export const inviteRoutes: Routes = async (app, { cursors, pepper }) => {
  const service = ({ tenant, principal }: FastifyRequest): PeopleService =>
    new PeopleService(tenant, principal, cursors);

  app.get(
    '/invites',
    {
      config: { permission: 'administer', about: 'workspace' },
      schema: {
        operationId: 'listInvites',
        tags,
        summary: 'List invites that can still be taken, the newest first',
        querystring: pageQuery,
        response: {
          200: { description: 'A page.', content: { 'application/json': { schema: pageOf(inviteSchema) } } },
          ...errorResponses('validation_error', 'invalid_cursor'),
        },
      },
    },
    async (request) => {
      const page = await service(request).listInvites(request.query.limit, request.query.cursor);
      return { items: page.items.map(presentInvite), next_cursor: page.nextCursor, total: page.total };
    },
  );

  app.post(
    '/invites',
    {
      config: { permission: 'administer', about: 'workspace' },
      schema: {
        operationId: 'createInvite',
        tags,
        summary: 'Invite somebody, with a role that is not above your own',
        body: inviteBody,
        response: {
          201: { description: 'The invite.', content: { 'application/json': { schema: newInvite } } },
          ...errorResponses('validation_error'),
        },
      },
    },
    async (request, reply) => {
      const { role, email = null, expiresInDays } = request.body;
      const [invite, token] = await service(request).invite(role, email, expiresInDays, pepper);
      return reply
        .code(201)
        .header('Cache-Control', 'no-store')
        .send({ ...presentInvite(invite), token });
    },
  );

  app.delete(
    '/invites/:id',
    {
      config: { permission: 'administer', about: 'workspace' },
      schema: {
        operationId: 'withdrawInvite',
        tags,
        summary: 'Withdraw an invite',
        params: idParams,
        response: { 204: { description: 'It is gone.' }, ...errorResponses('not_found') },
      },
    },
    async (request, reply) => {
      await service(request).withdrawInvite(request.params.id);
      return reply.code(204).send();
    },
  );
};
