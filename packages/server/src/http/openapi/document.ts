import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { fastifyZodOpenApiPlugin, fastifyZodOpenApiTransformers } from 'fastify-zod-openapi';
import { type DocumentOptions, serveDocument } from './serve-document.ts';

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
          session: { type: 'apiKey', in: 'cookie', name: '__Host-datamaker-session' },
        },
      },
      security: [{ bearer: [] }, { apiKey: [] }, { session: [] }],
    },
    ...fastifyZodOpenApiTransformers,
  });
  await serveDocument(app, options);
}
