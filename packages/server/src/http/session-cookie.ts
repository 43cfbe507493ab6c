import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Whether cookies of a request go over TLS. Only plain HTTP to this very machine does without; elsewhere a browser must not
 * send them without TLS, also when a proxy that ends TLS does not say so.
 */
const isSecure = ({ protocol, hostname }: FastifyRequest): boolean => protocol === 'https' || !LOCAL.test(hostname);

/** `__Host-`: no other host of the same domain can have set it, and no page without TLS (RFC 6265bis, 4.1.3.2). */
const nameFor = (request: FastifyRequest, name: string): string => (isSecure(request) ? `__Host-${name}` : name);

const SESSION = 'datamaker-session';

/** The token of the session that a request brings. */
export const sessionTokenOf = (request: FastifyRequest): string | undefined => cookieOf(request, SESSION);

/** Gives the browser a session, out of the reach of scripts. */
export const setSessionCookie = (request: FastifyRequest, reply: FastifyReply, token: string, expires: Date): void =>
  setCookie(request, reply, SESSION, token, expires);

export const clearSessionCookie = (request: FastifyRequest, reply: FastifyReply): void =>
  clearCookie(request, reply, SESSION);

export function cookieOf(request: FastifyRequest, name: string): string | undefined {
  const { cookie } = request.headers;
  return cookie === undefined ? undefined : parseCookie(cookie)[nameFor(request, name)];
}

export function setCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  value: string,
  expires: Date,
): void {
  const secure = isSecure(request);
  reply.header(
    'Set-Cookie',
    stringifySetCookie({
      name: nameFor(request, name),
      value,
      path: '/',
      httpOnly: true,
      // Lax: links to the server find people signed in; forms and scripts of other sites do not send it.
      sameSite: 'lax',
      secure,
      expires,
    }),
  );
}

export const clearCookie = (request: FastifyRequest, reply: FastifyReply, name: string): void =>
  setCookie(request, reply, name, '', new Date(0));
