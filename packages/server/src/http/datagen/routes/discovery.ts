import type { FastifyInstance } from 'fastify';
import { capabilitiesAnswer, fieldTypesAnswer, pricingAnswer } from '../../../services/datagen/capabilities.ts';
import { TIER_NAMES } from '../../../services/datagen/tiers.ts';
import { checkDatabase } from '../../../services/health.ts';
import { callerOf } from '../callers.ts';
import type { DatagenContext } from '../context.ts';
import { discoveryOperations as operations } from '../openapi/operations/discovery.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** What there is, for whom, and whether it works. */
export function discoveryRoutes(app: FastifyInstance, { callers, store }: DatagenContext): void {
  // They never change while the server runs, and are a quarter of a megabyte each.
  const fieldTypes = once(() => JSON.stringify(fieldTypesAnswer()));
  const capabilities = new Map<string, () => string>(
    TIER_NAMES.map((tier) => [tier, once(() => JSON.stringify(capabilitiesAnswer(tier)))]),
  );

  app.get('/capabilities', { config: { operation: operations.capabilities } }, async (request, reply) => {
    const tier = (await callerOf(request, callers))?.tier ?? 'free';
    return reply.type(JSON_TYPE).send(capabilities.get(tier)?.());
  });
  app.get('/field-types', { config: { operation: operations.fieldTypes } }, async (_request, reply) =>
    reply.type(JSON_TYPE).send(fieldTypes()),
  );
  app.get('/pricing', { config: { operation: operations.pricing } }, async () => pricingAnswer());
  app.get('/health', { config: { operation: operations.health } }, async (_request, reply) => {
    const database = await checkDatabase(store).then(
      () => 'ok',
      () => 'unreachable',
    );
    return reply.code(database === 'ok' ? 200 : 503).send({
      api: 'ok',
      database,
      inference: 'offline',
      ollama: 'unreachable',
      redis: 'unreachable',
      note: 'neither Ollama nor Redis is used: types are inferred in the server, counts are in its database',
    });
  });
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
