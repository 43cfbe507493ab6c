import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../services/datagen/callers.ts';
import { type AroundRecords, aroundRecords, fileOf, type Generation } from '../../services/datagen/generation.ts';
import { sendChunks } from '../send-chunks.ts';
import { watchCaller } from './callers.ts';
import type { DatagenContext } from './context.ts';

/** Sends rows in their format. What was debited but did not arrive is given back. */
export async function sendGeneration(
  generation: Generation,
  caller: Caller,
  { rows, service, memory, callers, open, exports }: DatagenContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { plan, count } = generation;
  const { options, name } = generation.format;
  const { head, tail } = name === 'json' ? aroundRecords(generation) : PLAIN;
  let made = 0;
  let sent = false;
  try {
    if (count <= rows.mostAtOnce(plan)) {
      const answer = memory.begin();
      const made = async (): Promise<void> => {
        answer.add(head);
        await rows.addTo(answer, plan, options, count);
        for (const part of tail) answer.add(part);
      };
      await Promise.all([made(), exports.note(caller, generation, request.id)]);
      setHeaders(generation, reply);
      sent = true;
      // Told when the last byte has left for the system; when the client goes away before, the collector takes the memory.
      reply.raw.once('finish', () => answer.release());
      return reply.send(answer.bytes);
    }
    watchCaller(request, reply, { callers, open });
    const end = await exports.begin(caller, generation, request.id);
    try {
      sent = await sendChunks(
        request,
        reply,
        () => setHeaders(generation, reply),
        async (take, signal) => {
          if (head !== '') await take(Buffer.from(head));
          await rows.pump(plan, options, count, take, signal, (done) => {
            made = done;
          });
          for (const part of tail) await take(Buffer.from(part));
        },
      );
    } finally {
      await end(sent ? count : made, sent).catch((error: unknown) =>
        request.log.error({ err: error }, 'the end of an export is missing in the audit'),
      );
    }
    return reply;
  } finally {
    if (!sent) {
      await service
        .credit(generation, count - made)
        .catch((error: unknown) => request.log.warn({ err: error }, 'records that were not sent were not given back'));
    }
  }
}

/** Other formats than JSON have nothing around their rows. */
const PLAIN: AroundRecords = { head: '', tail: [] };

function setHeaders(generation: Generation, reply: FastifyReply): void {
  const { id, mode, plan, count, format, replayed } = generation;
  const { mediaType, fileName } = fileOf(generation);
  reply
    .type(format.name === 'json' ? 'application/json; charset=utf-8' : mediaType)
    .header('X-Generation-Id', id)
    .header('X-DataMaker-Seed', encodeURIComponent(plan.seed))
    .header('X-DataMaker-Rows', count);
  if (mode === 'ai') reply.header('X-Generation-Mode', 'ai');
  if (format.name !== 'json') reply.header('Content-Disposition', `attachment; filename="${fileName}"`);
  if (replayed) reply.header('X-Idempotent-Replay', '1').header('Cache-Control', 'private, max-age=60');
}
