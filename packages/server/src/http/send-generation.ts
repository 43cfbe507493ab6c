import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Generation } from '../services/generation-service.ts';
import { sendChunks } from './send-chunks.ts';

/** Writes the output of a generation as the client takes it. */
export async function sendGeneration(
  generation: Generation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const head = (): void => {
    reply
      .type(generation.mediaType)
      .header('X-DataMaker-Seed', encodeURIComponent(generation.seed))
      .header('X-DataMaker-Rows', generation.rows)
      .header('Content-Disposition', `attachment; filename="${generation.fileName}"`);
  };
  await sendChunks(request, reply, head, generation.pump);
}
