import Fastify, { type FastifyInstance } from 'fastify';
import document from './pet-clinic.json' with { type: 'json' };

export interface ValidatingServer {
  readonly url: string;
  /** `POST /pets`, with the body and the parts of the path of each request that was taken. */
  readonly taken: {
    readonly route: string;
    readonly body: unknown;
    readonly parts: Readonly<Record<string, string>>;
  }[];
  stop(): Promise<void>;
}

interface Operation {
  readonly requestBody?: { readonly $ref?: string; readonly content?: Content };
}
type Content = Readonly<Record<'application/json', { readonly schema: object }>>;

/** A system that serves its OpenAPI document, and takes a body only as that says (Ajv, as Fastify has it): 400 for any other. */
export async function startValidatingServer(): Promise<ValidatingServer> {
  const customOptions = { removeAdditional: false, coerceTypes: false, useDefaults: false, strict: false } as const;
  const app = Fastify({ ajv: { customOptions } }) as FastifyInstance;
  const taken: ValidatingServer['taken'] = [];
  // A property that only answers have is an error in a body here, as it is in strict systems.
  const written = JSON.parse(JSON.stringify(document).replaceAll('"#/', '"document#/')) as typeof document;
  Object.assign(written.components.schemas.Pet, { required: ['name', 'photoUrls'] });
  Object.assign(written.components.schemas.Pet.properties.id, { not: {} });
  app.addSchema({ $id: 'document', components: { schemas: written.components.schemas } });
  app.get('/openapi.json', async () => document);
  const bodies = written.components.requestBodies as Readonly<Record<string, { readonly content: Content }>>;
  for (const [path, item] of Object.entries(written.paths)) {
    for (const [method, operation] of Object.entries(item as Readonly<Record<string, Operation>>)) {
      const { requestBody } = operation;
      if (requestBody === undefined) continue;
      const content = requestBody.content ?? bodies[requestBody.$ref?.split('/').at(-1) ?? '']?.content;
      app.route({
        method: method.toUpperCase(),
        url: path.replace(/\{(\w+)\}/g, ':$1'),
        schema: { body: content?.['application/json'].schema },
        handler: async ({ body, params }, reply) => {
          const parts = params as Record<string, string>;
          taken.push({ route: `${method.toUpperCase()} ${path}`, body, parts });
          return reply.status(201).send(body);
        },
      });
    }
  }
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), taken, stop: () => app.close() };
}
