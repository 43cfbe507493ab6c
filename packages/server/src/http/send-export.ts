import type { FastifyRequest } from 'fastify';
import { beginExport, type ExportStart } from '../services/exports.ts';

/**
 * Sends what the audit has to know of.
 * @param send tells how much has left meanwhile, and at its end whether that was all
 */
export async function sendExport(
  request: FastifyRequest,
  start: ExportStart,
  send: (delivered: (amount: number) => void) => Promise<boolean>,
): Promise<void> {
  const end = await beginExport(request.ownTenant, request.principal, start);
  let delivered = 0;
  let complete = false;
  try {
    complete = await send((amount) => {
      delivered = amount;
    });
  } finally {
    // Also when the client went away, and what it had asked for with it.
    await end(delivered, complete).catch((error: unknown) =>
      request.log.error({ err: error }, 'the end of an export is missing in the audit'),
    );
  }
}
