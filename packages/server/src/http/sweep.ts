import type { FastifyInstance } from 'fastify';

const HOUR_MS = 3_600_000;

/** Forgets what has expired, each hour for as long as the app runs. */
export function sweepEveryHour(app: FastifyInstance, what: string, sweep: () => Promise<unknown>): void {
  const sweeping = setInterval(() => {
    sweep().catch((error: unknown) => app.log.warn({ err: error }, `${what} was not swept`));
  }, HOUR_MS);
  sweeping.unref();
  app.addHook('onClose', () => clearInterval(sweeping));
}
