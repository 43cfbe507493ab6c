import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../../errors.ts';
import { BuiltFiles, builtFolder } from '../built-files/built-files.ts';
import { sendBuiltFile } from '../built-files/send-built-file.ts';
import { isBrowser } from '../is-browser.ts';

const PAGE = 'index.html';
/** Every other path is one of the app's own. */
const FILES = /^assets\/|^[^/]+\.(svg|txt)$/;

/**
 * Serves the web app under /app: files as the build left them, and its one page for every other path, since the app itself knows what
 * each path shows. `/` leads browsers there, and tells all others what `service` says.
 */
export function serveWebApp(app: FastifyInstance, service: object): void {
  let files: BuiltFiles | undefined;
  const send = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    files ??= new BuiltFiles(builtFolder('app'));
    const { '*': path = '' } = request.params as { '*'?: string };
    const name = FILES.test(path) ? path : PAGE;
    const file = await files.read(name, String(request.headers['accept-encoding'] ?? ''));
    if (file === undefined) {
      throw new ApiError('not_found', 'the web app has no such file; `npm run build` makes its files');
    }
    return sendBuiltFile(reply, name, file);
  };
  const schema = { hide: true };
  for (const url of ['/app', '/app/*']) app.route({ method: ['GET', 'HEAD'], url, schema, handler: send });
  app.get('/', { schema }, (request, reply) => {
    reply.header('Vary', 'Accept');
    return isBrowser(request) ? reply.redirect('/app/', 302) : service;
  });
}
