import type { FastifyInstance } from 'fastify';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject, ZodOpenApiSecuritySchemeObject } from 'zod-openapi';
import { type DocumentOptions, serveDocument } from './serve-document.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route is in a document of operations; nothing is checked by it. */
    operation?: ZodOpenApiOperationObject;
  }
}

interface OperationsOptions extends DocumentOptions {
  readonly securitySchemes: Readonly<Record<string, ZodOpenApiSecuritySchemeObject>>;
}

/**
 * Describes the routes that are registered after this in the same scope by their `config.operation`. For routes that read
 * their requests themselves: what they state is in the document as it is, with all its examples and headers.
 * A route that states none, and is not hidden, cannot be registered.
 */
export function describeOperations(app: FastifyInstance, options: OperationsOptions): void {
  const { title, description, version, tags, securitySchemes } = options;
  const paths: ZodOpenApiPathsObject = {};
  app.addHook('onRoute', ({ method, url, config, schema }) => {
    if (schema?.hide === true) return;
    const operation = config?.operation;
    if (operation === undefined) throw new Error(`${method} ${url} states no operation for the document`);
    const path = url.replaceAll(/:([A-Za-z_]+)/g, '{$1}');
    for (const one of [method].flat()) paths[path] = { ...paths[path], [one.toLowerCase()]: operation };
  });
  serveDocument(app, options, async (pages) => {
    const [{ default: swagger }, { createDocument }] = await Promise.all([
      import('@fastify/swagger'),
      import('zod-openapi'),
    ]);
    const document = () =>
      createDocument({
        openapi: '3.1.0',
        info: { title, description, version },
        servers: [{ url: '/' }],
        tags: [...tags],
        paths,
        components: { securitySchemes: { ...securitySchemes } },
      });
    // The pages take their document from this plugin, which would make one of `schema`, without examples of bodies and with
    // headers that are none.
    await pages.register(swagger, { hideUntagged: true, transformObject: document as never });
  });
}
