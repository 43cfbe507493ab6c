import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../../errors.ts';
import { BuiltFiles, builtFolder } from '../built-files/built-files.ts';
import { sendBuiltFile } from '../built-files/send-built-file.ts';
import { isBrowser } from '../is-browser.ts';

const ADDRESS = '/docs/guide';

/**
 * Serves the pages of docs under /docs/guide, to anybody, as `npm run docs:site` left them. It is part of packages, and not of a build
 * from a checkout: where it is missing, the answer says so.
 * @param folder where it is, asked for with the first request
 */
export function serveGuide(app: FastifyInstance, folder = () => builtFolder('guide')): void {
  let files: BuiltFiles | undefined;
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    files ??= new BuiltFiles(folder());
    const { '*': path = '' } = request.params as { '*'?: string };
    // Links of its pages are relative, so where they start from matters.
    if (path === '' && !request.url.split('?')[0]?.endsWith('/')) {
      if (isBrowser(request)) return reply.header('Vary', 'Accept').redirect(`${ADDRESS}/`, 302);
      throw new ApiError('not_found', `the guide is at ${ADDRESS}/`);
    }
    const name = path === '' ? 'index.html' : path;
    const file = await files.read(name, String(request.headers['accept-encoding'] ?? ''));
    if (file !== undefined) return sendBuiltFile(reply, name, file);
    throw new ApiError(
      'not_found',
      files.isThere
        ? `the guide has no such page; ${ADDRESS}/ lists all`
        : 'the guide was not built; `npm run docs:site` makes it, and it is part of packages',
    );
  };
  const schema = { hide: true };
  for (const url of [ADDRESS, `${ADDRESS}/*`]) app.route({ method: ['GET', 'HEAD'], url, schema, handler });
}
