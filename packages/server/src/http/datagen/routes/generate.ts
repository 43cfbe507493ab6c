import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readGenerateAi } from '../../../services/datagen/read-generate-ai.ts';
import { payingCaller } from '../callers.ts';
import type { DatagenContext } from '../context.ts';
import { generationOperations as operations } from '../openapi/operations/generation.ts';
import { sendGeneration } from '../send-generation.ts';

/** The key under which the client may send a request again. */
export function requestKeyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  return typeof key === 'string' ? key.trim() : undefined;
}

/** Rows: of declared types, or of column names alone. */
export function generateRoutes(app: FastifyInstance, context: DatagenContext): void {
  const { callers, service } = context;
  app.post('/generate', { config: { operation: operations.generate } }, async (request, reply) => {
    const caller = await payingCaller(request, callers);
    const generation = await service.generate(caller, request.body, requestKeyOf(request));
    return sendGeneration(generation, caller, context, request, reply);
  });

  app.post('/generate-ai', { config: { operation: operations.generateAi } }, async (request, reply) => {
    const caller = await payingCaller(request, callers);
    const asked = readGenerateAi(request.body, caller.tier);
    const generation = await service.generateAi(caller, asked, requestKeyOf(request), request.body);
    return sendGeneration(generation, caller, context, request, reply);
  });
}
