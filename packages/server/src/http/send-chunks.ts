import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Makes output, no faster than it is taken; a chunk is valid until the promise settles. */
export type Pump = (take: (chunk: Uint8Array) => Promise<void>, signal: AbortSignal) => Promise<unknown>;

/**
 * Writes output as the client takes it, and gives up when the client goes away.
 * @param head sets status, type and headers; called with the first chunk at hand, so that what fails before it still gets an
 * answer of its own
 * @returns whether all of it was sent
 */
export async function sendChunks(
  request: FastifyRequest,
  reply: FastifyReply,
  head: (reply: FastifyReply) => void,
  pump: Pump,
): Promise<boolean> {
  const gone = new AbortController();
  const { raw } = reply;
  raw.once('close', () => gone.abort(new Error('the client went away')));
  // A write fails before `close` is told.
  const isGone = (): boolean => gone.signal.aborted || request.raw.socket.destroyed;
  let begun = false;
  const begin = (): void => {
    begun = true;
    head(reply);
    reply.hijack();
    raw.writeHead(reply.statusCode, reply.getHeaders() as OutgoingHttpHeaders);
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
    await pump(take, gone.signal);
    if (!begun) begin();
    raw.end();
    return true;
  } catch (error) {
    if (!begun && !isGone()) throw error;
    // What has been sent cannot be taken back: a cut connection tells the client that it is not all.
    if (!isGone()) request.fault = error;
    raw.destroy();
    return false;
  }
}
