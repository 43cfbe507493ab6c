import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../../errors.ts';

export interface DocumentOptions {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  /** Where the document is, such as `/openapi.json`. */
  readonly path: string;
  /** Where people read it and try it out, such as `/docs`; all it loads comes from this server. */
  readonly uiPath: string;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
}

/** Registers what makes `pages.swagger()` give a document. */
type Describe = (pages: FastifyInstance) => Promise<void>;

/**
 * Serves a document, and pages to read it and try it out. They are made by an application of their own, when somebody asks for the
 * first time: what they are made with is as large as the rest of the framework, and most servers are never asked.
 */
export function serveDocument(app: FastifyInstance, options: DocumentOptions, describe: Describe): void {
  const { path, uiPath } = options;
  let making: Promise<FastifyInstance> | undefined;
  const made = (): Promise<FastifyInstance> => {
    making ??= makePages(app.prefix, options, describe).catch((error: unknown) => {
      making = undefined;
      throw error;
    });
    return making;
  };
  app.addHook('onClose', async () => {
    await (await making)?.close();
  });
  const schema = { hide: true };
  let text: string | undefined;
  app.get(path, { schema }, async (_request, reply) => {
    text ??= JSON.stringify((await made()).swagger());
    return reply.type('application/json; charset=utf-8').send(text);
  });
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { method, url, headers } = request.raw;
    const answer = await (await made()).inject({ method: method as 'GET', url: url ?? '', headers });
    if (answer.statusCode === 404) throw new ApiError('not_found', 'the documents have no such page');
    for (const [name, value] of Object.entries(answer.headers)) {
      if (!OF_CONNECTIONS.includes(name) && value !== undefined) reply.header(name, value);
    }
    return reply.code(answer.statusCode).send(answer.rawPayload);
  };
  for (const url of [uiPath, `${uiPath}/*`]) app.route({ method: ['GET', 'HEAD'], url, schema, handler });
}

/** Headers that say how an answer comes, and not what it is. */
const OF_CONNECTIONS = ['connection', 'keep-alive', 'transfer-encoding', 'date'];

/** @param prefix what all paths begin with @returns the scope in which the document and its pages are */
async function makePages(
  prefix: string,
  { title, uiPath }: DocumentOptions,
  describe: Describe,
): Promise<FastifyInstance> {
  const [{ default: fastify }, { default: swaggerUi }] = await Promise.all([
    import('fastify'),
    import('@fastify/swagger-ui'),
  ]);
  const pages = fastify({ routerOptions: { ignoreTrailingSlash: true } });
  pages.setValidatorCompiler(() => () => true);
  pages.setSerializerCompiler(() => JSON.stringify);
  await describe(pages);
  await pages.register(swaggerUi, {
    routePrefix: prefix + uiPath,
    // Without the bar on top, which asks for addresses of other documents and whose logo has a style of its own.
    uiConfig: { layout: 'BaseLayout', persistAuthorization: false, tryItOutEnabled: true, docExpansion: 'list' },
    logo: null as never,
    theme: { title },
    // Nothing from elsewhere; requests that are tried out go to this server as well.
    staticCSP: {
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'connect-src': "'self'",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
    },
    validatorUrl: false,
  });
  await pages.ready();
  return pages;
}
