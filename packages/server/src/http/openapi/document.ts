import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { fastifyZodOpenApiPlugin, fastifyZodOpenApiTransformers } from 'fastify-zod-openapi';
import { z } from 'zod';

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

type Transform = typeof fastifyZodOpenApiTransformers.transform;
type Described = Parameters<Transform>[0];

/** OpenAPI has no paths of any depth: what is left of a path is shown as a parameter `name`. */
function withoutStar(described: Described): Described {
  const params = described.schema?.params;
  if (!described.url.endsWith('/*') || !(params instanceof z.ZodObject)) return described;
  const schema = { ...described.schema, params: z.object({ name: params.shape['*'] }) } as Described['schema'];
  return { ...described, schema, url: described.url.replace(/\*$/, ':name') } as Described;
}

/** Describes the routes that are registered after this in the same scope: a document, and pages to try them out. */
export async function describeRoutes(app: FastifyInstance, options: DocumentOptions): Promise<void> {
  await app.register(fastifyZodOpenApiPlugin);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: options.title, description: options.description, version: options.version },
      tags: [...options.tags],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        },
      },
      security: [{ bearer: [] }, { apiKey: [] }],
    },
    ...fastifyZodOpenApiTransformers,
    transform: (route) => fastifyZodOpenApiTransformers.transform(withoutStar(route)),
  });
  let text: string | undefined;
  app.get(options.path, { schema: { hide: true } }, async (_request, reply) => {
    text ??= JSON.stringify(app.swagger());
    return reply.type('application/json; charset=utf-8').send(text);
  });
  await app.register(swaggerUi, {
    routePrefix: options.uiPath,
    uiConfig: { persistAuthorization: false, tryItOutEnabled: true, docExpansion: 'list' },
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
