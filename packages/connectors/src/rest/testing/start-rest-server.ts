import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

export interface RestServer {
  readonly app: FastifyInstance;
  readonly url: string;
  /** `POST /orders 201`, in the order of the answers. */
  readonly log: string[];
  /** What `/orders` holds. */
  readonly orders: Record<string, unknown>[];
  /** Told of each request before anything is done; a reply that it sends is the answer. */
  intercept: (request: FastifyRequest, reply: FastifyReply) => unknown;
  stop(): Promise<void>;
}

/** A system with `/orders` that takes, gives and removes rows, on a free port of 127.0.0.1. */
export async function startRestServer(https?: { key: string; cert: string }): Promise<RestServer> {
  const app = (https === undefined ? Fastify() : Fastify({ https })) as FastifyInstance;
  const [log, orders]: [string[], Record<string, unknown>[]] = [[], []];
  const server: { -readonly [K in keyof RestServer]: RestServer[K] } = {
    app,
    url: '',
    log,
    orders,
    intercept: () => undefined,
    stop: () => app.close(),
  };
  app.addHook('onRequest', async (request, reply) => {
    await server.intercept(request, reply);
  });
  app.addHook('onResponse', async ({ method, url }, { statusCode }) => {
    log.push(`${method} ${url} ${statusCode}`);
  });
  app.get('/', async () => ({ ok: true }));
  app.post<{ Body: Record<string, unknown> | Record<string, unknown>[] }>('/orders', async ({ body }, reply) => {
    const rows = (Array.isArray(body) ? body : Array.isArray(body['items']) ? body['items'] : [body]) as typeof orders;
    if (rows.some(({ quantity }) => typeof quantity === 'number' && quantity < 0)) {
      return reply.status(422).send({ error: `no such quantity in ${JSON.stringify(rows)}` });
    }
    const made = rows.map((row) => ({ id: orders.push(row), ...row }));
    return reply.status(201).send(Array.isArray(body) ? made : 'items' in body ? { items: made } : made[0]);
  });
  app.get('/orders', async () => orders.map((row, i) => ({ id: i + 1, ...row })));
  app.delete<{ Params: { id: string } }>('/orders/:id', async ({ params }, reply) => {
    const at = Number(params.id) - 1;
    return reply.status(orders[at] === undefined || !delete orders[at] ? 404 : 204).send();
  });
  server.url = await app.listen({ port: 0, host: '127.0.0.1' });
  return server;
}
