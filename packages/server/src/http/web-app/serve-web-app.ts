import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../../errors.ts';
import { WebAppFiles } from './web-app-files.ts';

/**
 * Nothing from elsewhere, nothing inline. `wasm-unsafe-eval` lets the engine compile its kernels; it lets no text become a script. Workers
 * have the policy that their own file is sent with, so every file gets it.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE = 'index.html';
/** Names of these change with what is in them. */
const HASHED = /^assets\//;
const YEAR_SECONDS = 31_536_000;

/**
 * Serves the web app under /app: files as the build left them, and its one page for every other path, since the app itself knows what
 * each path shows. `/` leads browsers there, and tells all others what `service` says.
 */
export function serveWebApp(app: FastifyInstance, service: object): void {
  let files: WebAppFiles | undefined;
  const send = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    files ??= new WebAppFiles();
    const { '*': path = '' } = request.params as { '*'?: string };
    const accepted = String(request.headers['accept-encoding'] ?? '');
    const file = await files.read(HASHED.test(path) || /^[^/]+\.(svg|txt)$/.test(path) ? path : PAGE, accepted);
    if (file === undefined) {
      throw new ApiError('not_found', 'the web app has no such file; `npm run build` makes its files');
    }
    return reply
      .headers({
        'Content-Type': file.contentType,
        'Cache-Control': HASHED.test(path) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache',
        'Content-Security-Policy': POLICY,
        'Cross-Origin-Resource-Policy': 'same-origin',
        Vary: 'Accept-Encoding',
        ...(file.encoding === undefined ? {} : { 'Content-Encoding': file.encoding }),
      })
      .send(file.bytes);
  };
  const schema = { hide: true };
  for (const url of ['/app', '/app/*']) app.route({ method: ['GET', 'HEAD'], url, schema, handler: send });
  app.get('/', { schema }, (request, reply) => {
    reply.header('Vary', 'Accept');
    return isBrowser(request) ? reply.redirect('/app/', 302) : service;
  });
}

/** Whether a page is asked for: browsers say so when somebody goes to an address, and other clients hardly ever do. */
const isBrowser = ({ headers }: FastifyRequest): boolean => /(^|,)\s*text\/html\s*(;|,|$)/i.test(headers.accept ?? '');
