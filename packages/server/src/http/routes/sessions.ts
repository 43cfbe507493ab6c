import { PeopleService } from '../../services/people-service.ts';
import { SignInService } from '../../services/sign-in-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import type { Routes } from '../route-types.ts';
import { idParams } from '../schemas/ids.ts';
import { pageOf } from '../schemas/page.ts';
import { identitySchema, presentIdentity, presentSession, sessionSchema } from '../schemas/session.ts';
import { clearSessionCookie } from '../session-cookie.ts';

const tags = ['Sign-in'];

/** Sessions of whoever asks. */
export const sessionRoutes: Routes = async (app, { store, cursors, pepper }) => {
  const service = new SignInService(store, pepper);

  app.get(
    '/session',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readSession',
        tags,
        summary: 'Who you are, and with what',
        response: {
          200: { description: 'You.', content: { 'application/json': { schema: identitySchema } } },
          ...errorResponses(),
        },
      },
    },
    async ({ tenant, principal }, reply) => {
      const person = await new PeopleService(tenant, principal, cursors).read(principal.personId);
      reply.header('Cache-Control', 'no-store');
      return presentIdentity(person, principal);
    },
  );

  app.delete(
    '/session',
    {
      config: { permission: 'self' },
      schema: {
        operationId: 'signOut',
        tags,
        summary: 'Sign out',
        response: { 204: { description: 'The session is over.' }, ...errorResponses('not_found') },
      },
    },
    async (request, reply) => {
      await service.end(request.tenant, request.principal, request.principal.keyId);
      clearSessionCookie(request, reply);
      return reply.code(204).send();
    },
  );

  app.get(
    '/sessions',
    {
      config: { permission: 'self', about: 'workspace' },
      schema: {
        operationId: 'listSessions',
        tags,
        summary: 'List your own sessions, the newest first',
        response: {
          200: { description: 'All of them.', content: { 'application/json': { schema: pageOf(sessionSchema) } } },
          ...errorResponses(),
        },
      },
    },
    async ({ tenant, principal }) => {
      const sessions = await service.list(tenant, principal);
      const items = sessions.map((session) => presentSession(session, principal.keyId));
      return { items, next_cursor: null, total: items.length };
    },
  );

  app.delete(
    '/sessions',
    {
      config: { permission: 'self', about: 'workspace' },
      schema: {
        operationId: 'endOtherSessions',
        tags,
        summary: 'End all your sessions but the one that asks',
        response: { 204: { description: 'They are over.' }, ...errorResponses() },
      },
    },
    async ({ tenant, principal }, reply) => {
      await service.endOthers(tenant, principal);
      return reply.code(204).send();
    },
  );

  app.delete(
    '/sessions/:id',
    {
      config: { permission: 'self', about: 'workspace' },
      schema: {
        operationId: 'endSession',
        tags,
        summary: 'End one of your own sessions',
        params: idParams,
        response: { 204: { description: 'It is over.' }, ...errorResponses('not_found') },
      },
    },
    async ({ tenant, principal, params }, reply) => {
      await service.end(tenant, principal, params.id);
      return reply.code(204).send();
    },
  );
};
