import type { FastifyInstance } from 'fastify';

/** A connection that is kept alive becomes idle when its answer has ended: this often those are looked for. */
const LOOK_MS = 50;

/**
 * Closes an app: takes no new connections, lets answers that are under way finish, and cuts off those that have not when the
 * time is over. A client sees a cut answer as an error.
 */
export async function closeGently(app: FastifyInstance, graceMs: number): Promise<void> {
  const { server } = app;
  const idle = setInterval(() => server.closeIdleConnections(), LOOK_MS);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(cut);
  }
}
