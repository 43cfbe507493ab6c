import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PeopleService } from '../../services/people-service.ts';
import { SignInService } from '../../services/sign-in-service.ts';
import { given } from '../given.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { requestOrigin } from '../request-origin.ts';
import type { Routes } from '../route-types.ts';
import { idParams } from '../schemas/ids.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import {
  emailSchema,
  newPassword,
  password,
  personSchema,
  presentPerson,
  roleSchema,
  shortName,
} from '../schemas/people.ts';

const tags = ['People'];
const person = { description: 'The person.', content: { 'application/json': { schema: personSchema } } };
const roleBody = z.strictObject({ role: roleSchema });
const selfBody = z.strictObject({ name: shortName });
const passwordBody = z.strictObject({
  email: emailSchema.optional().meta({ description: 'To sign in with; needed when there is none yet.' }),
  password: newPassword,
  currentPassword: password.optional().meta({ description: 'In a session: the one that there is.' }),
});

/** The people of the workspace. */
export const peopleRoutes: Routes = async (app, { cursors, store, pepper }) => {
  const service = ({ tenant, principal }: FastifyRequest): PeopleService =>
    new PeopleService(tenant, principal, cursors);
  const signIn = new SignInService(store, pepper);

  app.get(
    '/people',
    {
      config: { permission: 'read', about: 'workspace' },
      schema: {
        operationId: 'listPeople',
        tags,
        summary: 'List people, the newest first',
        querystring: pageQuery,
        response: {
          200: { description: 'A page.', content: { 'application/json': { schema: pageOf(personSchema) } } },
          ...errorResponses('validation_error', 'invalid_cursor'),
        },
      },
    },
    async (request) => {
      const page = await service(request).list(request.query.limit, request.query.cursor);
      return { items: page.items.map(presentPerson), next_cursor: page.nextCursor, total: page.total };
    },
  );

  app.get(
    '/people/me',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readSelf',
        tags,
        summary: 'Whose key or session it is',
        response: { 200: person, ...errorResponses() },
      },
    },
    async (request) => presentPerson(await service(request).read(request.principal.personId)),
  );

  app.patch(
    '/people/me',
    {
      config: { permission: 'self', about: 'workspace' },
      schema: {
        operationId: 'changeSelf',
        tags,
        summary: 'Change one’s own name',
        body: selfBody,
        response: { 200: person, ...errorResponses('validation_error') },
      },
    },
    async (request) => presentPerson(await service(request).changeSelf(request.body)),
  );

  app.post(
    '/people/me/password',
    {
      config: { permission: 'self', about: 'workspace' },
      schema: {
        operationId: 'setPassword',
        tags,
        summary: 'Set one’s own password and e-mail address; other sessions end',
        body: passwordBody,
        response: {
          204: { description: 'It is set.' },
          ...errorResponses('validation_error', 'invalid_credentials', 'conflict', 'rate_limited'),
        },
      },
    },
    async (request, reply) => {
      await signIn.setPassword(request.tenant, request.principal, given(request.body), requestOrigin(request));
      return reply.code(204).send();
    },
  );

  app.get(
    '/people/:id',
    {
      config: { permission: 'read', about: 'workspace' },
      schema: {
        operationId: 'readPerson',
        tags,
        summary: 'Read a person',
        params: idParams,
        response: { 200: person, ...errorResponses('not_found') },
      },
    },
    async (request) => presentPerson(await service(request).read(request.params.id)),
  );

  app.patch(
    '/people/:id',
    {
      config: { permission: 'administer', about: 'workspace' },
      schema: {
        operationId: 'changeRole',
        tags,
        summary: 'Give a person another role, never one above your own',
        params: idParams,
        body: roleBody,
        response: { 200: person, ...errorResponses('not_found', 'conflict', 'validation_error') },
      },
    },
    async (request) => presentPerson(await service(request).setRole(request.params.id, request.body.role)),
  );

  app.delete(
    '/people/:id',
    {
      config: { permission: 'administer', about: 'workspace' },
      schema: {
        operationId: 'removePerson',
        tags,
        summary: 'Let a person go: keys and sessions end at once',
        params: idParams,
        response: { 204: { description: 'The person is gone.' }, ...errorResponses('not_found', 'conflict') },
      },
    },
    async (request, reply) => {
      await service(request).remove(request.params.id);
      return reply.code(204).send();
    },
  );
};
