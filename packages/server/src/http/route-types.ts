import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type { HttpContext } from './context.ts';

/** Routes of a resource: each states its schemas, from which requests are checked and the API is documented. */
export type Routes = FastifyPluginAsyncZodOpenApi<HttpContext>;
