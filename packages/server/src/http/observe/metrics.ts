import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { ApiError } from '../../errors.ts';
import { type FiguresPlaces, serverFigures } from '../../services/server-figures.ts';
import { tally } from '../../tally.ts';
import { storeMetrics } from './store-metrics.ts';

/** Seconds: from reads of a template to streams of millions of rows. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * `GET /metrics` for Prometheus, with a token of its own: whoever reads metrics need not be let into a workspace. Labels name routes and
 * never what is in their paths. The library is loaded only here, so a server without metrics starts as fast as before.
 */
export async function serveMetrics(app: FastifyInstance, token: string, places: FiguresPlaces): Promise<void> {
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
  const errors = new Counter({
    name: 'datamaker_http_errors_total',
    help: 'Answers that were errors, by the code in them.',
    labelNames: ['code'],
    registers: [registry],
  });
  new Counter({
    name: 'datamaker_generated_rows_total',
    help: 'Rows of streams and of outputs of runs that this process has made.',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(tally.rows);
    },
  });
  new Counter({
    name: 'datamaker_runs_ended_total',
    help: 'Runs that this process has seen to their end.',
    labelNames: ['kind', 'state'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { kind, state, count } of tally.runs) this.inc({ kind, state }, count);
    },
  });
  await storeMetrics(registry, serverFigures(places));
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
      if (request.errorCode !== undefined) errors.inc({ code: request.errorCode });
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
