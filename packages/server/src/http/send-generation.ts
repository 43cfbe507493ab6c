import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Generation } from '../services/generation-service.ts';

/** Writes the output as the client takes it, and gives up when the client goes away. */
export async function sendGeneration(
  generation: Generation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const gone = new AbortController();
  const { raw } = reply;
  raw.once('close', () => gone.abort(new Error('the client went away')));
  // A write fails before `close` is told.
  const isGone = (): boolean => gone.signal.aborted || request.raw.socket.destroyed;
  let begun = false;
  // Only with the first chunk at hand, so that what fails before it still gets an answer of its own.
  const begin = (): void => {
    begun = true;
    reply
      .type(generation.mediaType)
      .header('X-DataMaker-Seed', encodeURIComponent(generation.seed))
      .header('X-DataMaker-Rows', generation.rows)
      .header('Content-Disposition', `attachment; filename="${generation.fileName}"`)
      .hijack();
    raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
  };
  const take = (chunk: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      if (!begun) begin();
      const giveUp = (): void => reject(gone.signal.reason);
      gone.signal.addEventListener('abort', giveUp, { once: true });
      // Called when the bytes have left for the system: only then may their memory be used again.
      raw.write(chunk, (error) => {
        gone.signal.removeEventListener('abort', giveUp);
        if (error) reject(error);
        else resolve();
      });
    });
  try {
    await generation.pump(take, gone.signal);
    raw.end();
  } catch (error) {
    if (!begun && !isGone()) throw error;
    // What has been sent cannot be taken back: a cut connection tells the client that it is not all.
    if (!isGone()) request.log.error({ err: error }, 'a generation failed after it had begun');
    raw.destroy();
  }
}
