import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../../errors.ts';
import { type OidcAttempt, OidcService } from '../../services/oidc-service.ts';
import { SignInService } from '../../services/sign-in-service.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { requestOrigin } from '../request-origin.ts';
import type { Routes } from '../route-types.ts';
import { clearCookie, cookieOf, setCookie, setSessionCookie } from '../session-cookie.ts';

const tags = ['Sign-in'];
/** Holds what the return is checked by: whoever comes back is the browser that went. */
const ATTEMPT = 'datamaker-oidc';
const ATTEMPT_MS = 600_000;
const CALLBACK = '/session/oidc/callback';

/** Where the provider sends the browser back to, as this server is called from outside. */
const callbackOf = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}${CALLBACK}`;

/** Sign-in by a provider of OpenID Connect. */
export const oidcRoutes: Routes = async (app, { store, pepper, cursors, oidc }) => {
  const service = new OidcService(store, oidc);
  const signIn = new SignInService(store, pepper);

  app.get(
    '/session/oidc',
    {
      schema: {
        operationId: 'beginOidc',
        tags,
        summary: 'Go to the provider to sign in',
        security: [],
        response: { 302: { description: 'To the provider.' }, ...errorResponses('not_found') },
      },
    },
    async (request, reply) => {
      const [url, attempt] = await service.begin(callbackOf(request));
      const expires = new Date(Date.now() + ATTEMPT_MS);
      const kept = cursors.encode(ATTEMPT, JSON.stringify({ ...attempt, until: expires.getTime() }));
      setCookie(request, reply, ATTEMPT, kept, expires);
      return reply.header('Cache-Control', 'no-store').redirect(url.href, 302);
    },
  );

  app.get(
    CALLBACK,
    {
      schema: {
        operationId: 'finishOidc',
        tags,
        summary: 'Come back from the provider: begins a session',
        security: [],
        querystring: z.looseObject({}),
        response: {
          303: { description: 'Signed in; to the start page.' },
          ...errorResponses('not_found', 'invalid_credentials', 'validation_error'),
        },
      },
    },
    async (request, reply) => {
      const attempt = attemptOf(cookieOf(request, ATTEMPT), (kept) => cursors.decode(ATTEMPT, kept));
      const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
      const person = await service.finish(new URL(callbackOf(request) + query), attempt, request.id);
      const { session, token } = await signIn.begin(person, requestOrigin(request), 'oidc');
      clearCookie(request, reply, ATTEMPT);
      setSessionCookie(request, reply, token, session.expires_at);
      return reply.header('Cache-Control', 'no-store').redirect('/', 303);
    },
  );
};

/** @throws ApiError invalid_credentials */
function attemptOf(kept: string | undefined, open: (kept: string) => string): OidcAttempt {
  try {
    const { until, ...attempt } = JSON.parse(open(kept ?? '')) as OidcAttempt & { until: number };
    if (until > Date.now()) return attempt;
  } catch {
    // Not one of ours: as good as none.
  }
  throw new ApiError('invalid_credentials', 'the sign-in did not begin in this browser, or too long ago: begin again');
}
