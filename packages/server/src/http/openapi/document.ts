import type { FastifyInstance, RouteOptions } from 'fastify';
import type { fastifyZodOpenApiTransformers } from 'fastify-zod-openapi';
import { z } from 'zod';
import { type DocumentOptions, serveDocument } from './serve-document.ts';
import { SharedHeaders } from './shared-headers.ts';
import { shareErrors } from './shared-responses.ts';

type Transform = typeof fastifyZodOpenApiTransformers.transform;
type Described = Parameters<Transform>[0];

/** OpenAPI has no paths of any depth: what is left of a path is shown as a parameter `name`. */
function withoutStar(described: Described): Described {
  const params = described.schema?.params;
  if (!described.url.endsWith('/*') || !(params instanceof z.ZodObject)) return described;
  const schema = { ...described.schema, params: z.object({ name: params.shape['*'] }) } as Described['schema'];
  return { ...described, schema, url: described.url.replace(/\*$/, ':name') } as Described;
}

/** A response that several routes share is described in full for each: whoever makes the document shows an object once. */
function withOwnResponses(described: Described): Described {
  const response = described.schema?.response;
  if (response === undefined) return described;
  return { ...described, schema: { ...described.schema, response: copyOf(response) } } as Described;
}

/** Copies what is plain about a tree of objects; schemas stay the same ones. */
function copyOf(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || value instanceof z.ZodType) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)]));
}

/** Describes the routes that are registered after this in the same scope: a document, and pages to try them out. */
export function describeRoutes(app: FastifyInstance, options: DocumentOptions): void {
  serveDocument(app, options, (pages) => describe(pages, routes, options));
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => void routes.push(route));
}

async function describe(
  pages: FastifyInstance,
  routes: readonly RouteOptions[],
  { title, description, version, tags }: DocumentOptions,
): Promise<void> {
  const [{ default: swagger }, { fastifyZodOpenApiPlugin, fastifyZodOpenApiTransformers }] = await Promise.all([
    import('@fastify/swagger'),
    import('fastify-zod-openapi'),
  ]);
  const headers = new SharedHeaders(pages);
  await pages.register(fastifyZodOpenApiPlugin);
  await pages.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, description, version },
      tags: [...tags],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
          session: { type: 'apiKey', in: 'cookie', name: '__Host-datamaker-session' },
        },
      },
      security: [{ bearer: [] }, { apiKey: [] }, { session: [] }],
    },
    transform: (route) => fastifyZodOpenApiTransformers.transform(withOwnResponses(withoutStar(route))),
    transformObject: (whole) => shareErrors(headers.describeIn(fastifyZodOpenApiTransformers.transformObject(whole))),
  });
  for (const { method, url, schema, config } of routes) {
    pages.route({ method, url, schema, config, handler: () => undefined } as RouteOptions);
  }
}
