import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { ErrorCode } from '../../errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What went wrong in the server, when the answer cannot tell. */
    fault: unknown;
    /** What else its line in the log tells. */
    remarks: object | undefined;
    /** What the answer says went wrong; undefined: nothing, or the door has errors of its own. */
    errorCode: ErrorCode | undefined;
  }
}

/** Requests are told of in one line each, by `logAnswer`: whoever looks for a request id finds that. */
export const quietFramework = (): LogController => new LogController({ disableRequestLogging: true });

/** Writes a line on each request; to be called before anything else answers. */
export function tellOfRequests(app: FastifyInstance): void {
  app.decorateRequest('fault', undefined);
  app.decorateRequest('remarks', undefined);
  app.decorateRequest('errorCode', undefined);
  app.addHook('onRequest', async (request, reply) => logAnswer(request, reply));
  // Node would answer these by itself, without an id; RFC 9110, 10.1.1, leaves it to servers to pass over what they do not know.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
}

/** Writes one line on a request when its connection is done with it, also when the client did not wait for the answer. */
export function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  reply.raw.once('close', () => {
    const { fault } = request;
    const isFault = fault !== undefined || reply.raw.statusCode >= 500;
    request.log[isFault ? 'error' : 'info'](
      {
        req: request,
        res: { statusCode: reply.raw.statusCode },
        ms: Math.round(reply.elapsedTime),
        ...(reply.raw.writableFinished ? {} : { cutOff: true }),
        ...(fault === undefined ? {} : { err: fault }),
        ...request.remarks,
      },
      'request',
    );
  });
}

/** Writes the line on bytes that were no request. */
export const logRefusal = (log: FastifyBaseLogger, reqId: string, reason: string): void =>
  log.info({ reqId, res: { statusCode: 400 }, reason }, 'request');
