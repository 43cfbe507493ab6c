import type { FastifyInstance } from 'fastify';
import { toStructuredError } from '../../../services/datagen/problem.ts';
import { Refusal } from '../../../services/datagen/refusal.ts';
import { readingCaller } from '../callers.ts';
import type { DatagenContext } from '../context.ts';
import { generationOperations as operations } from '../openapi/operations/generation.ts';

/** Schemas before there are rows: inferred and stored, read again, or checked. */
export function contractRoutes(app: FastifyInstance, { callers, service }: DatagenContext): void {
  app.post('/infer-schema', { config: { operation: operations.inferSchema } }, async (request) =>
    service.inferSchema(request.body, await readingCaller(request, callers)),
  );

  app.get<{ Params: { id: string } }>(
    '/contracts/:id',
    { config: { operation: operations.readContract } },
    async (request) => service.readContract(request.params.id, await readingCaller(request, callers)),
  );

  app.post('/validate', { config: { operation: operations.validate } }, async (request, reply) => {
    const caller = await readingCaller(request, callers);
    try {
      return await service.validate(request.body, caller);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      // Whoever validates wants to know: always the structured errors, whatever Accept says.
      return reply.code(422).send(error.problems.map(toStructuredError));
    }
  });
}
