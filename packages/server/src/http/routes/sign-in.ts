import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Begun, SignInService } from '../../services/sign-in-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { refuseNul } from '../parse-body.ts';
import { requestOrigin } from '../request-origin.ts';
import type { Routes } from '../route-types.ts';
import { refuseKnownOtherSites } from '../same-origin.ts';
import { emailSchema, newPassword, password, presentPerson, shortName } from '../schemas/people.ts';
import { begunSchema, presentSession } from '../schemas/session.ts';
import { setSessionCookie } from '../session-cookie.ts';

const signInBody = z.strictObject({ email: emailSchema, password });
const acceptBody = z.strictObject({ name: shortName, email: emailSchema, password: newPassword });
const begun = {
  description: 'A session has begun; the cookie holds it.',
  content: { 'application/json': { schema: begunSchema } },
};

/** Ways in, for those who have neither key nor session yet. */
export const signInRoutes: Routes = async (app, { store, pepper }) => {
  const service = new SignInService(store, pepper);
  const sweeping = setInterval(() => {
    service.sweep().catch((error: unknown) => app.log.warn({ err: error }, 'what has expired was not swept'));
  }, SWEEP_MS).unref();
  app.addHook('onClose', async () => clearInterval(sweeping));

  app.post(
    '/session',
    {
      schema: {
        operationId: 'signIn',
        tags: ['Sign-in'],
        summary: 'Sign in with e-mail address and password',
        security: [],
        body: signInBody,
        response: { 201: begun, ...errorResponses('validation_error', 'invalid_credentials', 'rate_limited') },
      },
    },
    async (request, reply) => {
      refuseKnownOtherSites(request);
      const { email, password } = request.body;
      return sendBegun(request, reply, await service.signIn(email, password, requestOrigin(request)));
    },
  );

  app.post(
    '/invites/:token/accept',
    {
      schema: {
        operationId: 'acceptInvite',
        tags: ['People'],
        summary: 'Take an invite: makes you a person of the workspace, and signs you in',
        security: [],
        params: z.object({ token: z.string().meta({ description: 'As the invite gave it.' }) }),
        body: acceptBody,
        response: { 201: begun, ...errorResponses('validation_error', 'not_found', 'conflict', 'rate_limited') },
      },
    },
    async (request, reply) => {
      refuseKnownOtherSites(request);
      refuseNul(request.body);
      const { token } = request.params;
      return sendBegun(request, reply, await service.acceptInvite(token, request.body, requestOrigin(request)));
    },
  );
};

/** How often what is over is forgotten. */
const SWEEP_MS = 3_600_000;

function sendBegun(request: FastifyRequest, reply: FastifyReply, { person, session, token }: Begun) {
  setSessionCookie(request, reply, token, session.expires_at);
  return reply
    .code(201)
    .header('Cache-Control', 'no-store')
    .send({ person: presentPerson(person), session: presentSession(session, session.id) });
}
