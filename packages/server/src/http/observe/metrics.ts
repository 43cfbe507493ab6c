import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { ApiError } from '../../errors.ts';
import type { RunQueue } from '../../store/queue/run-queue.ts';

/** Seconds: from reads of a template to streams of millions of rows. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * `GET /metrics` for Prometheus, with a token of its own: whoever reads metrics need not be let into a workspace. Labels name routes and
 * never what is in their paths. The library is loaded only here, so a server without metrics starts as fast as before.
 */
export async function serveMetrics(
  app: FastifyInstance,
  token: string,
  queue: Pick<RunQueue, 'depths'>,
): Promise<void> {
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labelNames = ['method', 'route', 'status'] as const;
  const durations = new Histogram({
    name: 'datamaker_http_request_duration_seconds',
    help: 'How long requests took until their answer had been sent.',
    labelNames,
    buckets: BUCKETS,
    registers: [registry],
  });
  const running = new Gauge({
    name: 'datamaker_http_requests_running',
    help: 'Requests that are being answered.',
    registers: [registry],
  });
  const bytes = new Counter({
    name: 'datamaker_http_response_bytes_total',
    help: 'Bytes of answers, headers included, by connection.',
    registers: [registry],
  });
  new Gauge({
    name: 'datamaker_queue_notices',
    help: 'Runs, and parts of jobs, that wait for a worker or are held by one, by lane.',
    labelNames: ['lane', 'state'],
    registers: [registry],
    // Whoever asks while the database is away is told of the rest.
    async collect() {
      for (const { lane, waiting, held } of await queue.depths().catch(() => [])) {
        this.set({ lane, state: 'waiting' }, waiting);
        this.set({ lane, state: 'held' }, held);
      }
    },
  });
  app.addHook('onRequest', async (request, reply) => {
    running.inc();
    const written = (): number => request.raw.socket.bytesWritten ?? 0;
    const before = written();
    // Also when the client goes away.
    reply.raw.once('close', () => {
      running.dec();
      bytes.inc(Math.max(0, written() - before));
      const route = request.routeOptions.url ?? 'none';
      durations.observe(
        { method: request.method, route, status: String(reply.raw.statusCode) },
        reply.elapsedTime / 1000,
      );
    });
  });
  const wanted = digest(`Bearer ${token}`);
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), wanted)) {
      reply.header('WWW-Authenticate', 'Bearer');
      throw new ApiError(
        'unauthorized',
        'metrics need the token of DATAMAKER_METRICS_TOKEN as `Authorization: Bearer <token>`',
      );
    }
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
