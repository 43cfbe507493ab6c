import type { FastifyInstance } from 'fastify';
import { mintFreeKey } from '../../../services/datagen/free-keys.ts';
import { Refusal } from '../../../services/datagen/refusal.ts';
import { TIERS } from '../../../services/datagen/tiers.ts';
import { callerOf } from '../callers.ts';
import type { DatagenContext } from '../context.ts';
import { adminOperations as operations } from '../openapi/operations/admin.ts';

/** Free keys, and what a key has used. */
export function keyRoutes(app: FastifyInstance, { callers, service, store, pepper }: DatagenContext): void {
  app.get('/auth/free-key', { config: { operation: operations.freeKey } }, async (request, reply) => {
    const minted = await mintFreeKey(store, pepper, request.ip);
    return reply.header('Cache-Control', 'no-store').send(minted);
  });

  app.get('/usage', { config: { operation: operations.usage } }, async (request) => {
    const caller = await callerOf(request, callers);
    if (caller === undefined) {
      throw new Refusal('unauthorized', 'An API key is needed to see what it has used.', {
        hint: 'send it as the header X-API-Key',
      });
    }
    const { calls, records } = await service.ledger.read(caller.keyId);
    const { max_calls_per_day: most } = TIERS[caller.tier];
    return {
      tier: caller.tier,
      key_prefix: caller.display,
      calls_today: calls,
      calls_limit: most < 0 ? 'unlimited' : most,
      records_today: records,
    };
  });
}
