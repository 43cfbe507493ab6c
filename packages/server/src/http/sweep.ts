import type { FastifyInstance } from 'fastify';

/** Forgets what has expired, again and again for as long as the app runs. */
export function sweepEvery(app: FastifyInstance, everyMs: number, what: string, sweep: () => Promise<unknown>): void {
  const sweeping = setInterval(() => {
    sweep().catch((error: unknown) => app.log.warn({ err: error }, `${what} was not swept`));
  }, everyMs);
  sweeping.unref();
  app.addHook('onClose', () => clearInterval(sweeping));
}
