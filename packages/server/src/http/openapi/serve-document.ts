import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

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

/** Serves what `app.swagger()` gives as a document, and pages to read it and try it out. */
export async function serveDocument(app: FastifyInstance, { title, path, uiPath }: DocumentOptions): Promise<void> {
  let text: string | undefined;
  app.get(path, { schema: { hide: true } }, async (_request, reply) => {
    text ??= JSON.stringify(app.swagger());
    return reply.type('application/json; charset=utf-8').send(text);
  });
  await app.register(swaggerUi, {
    routePrefix: uiPath,
    indexPrefix: app.prefix,
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
}
