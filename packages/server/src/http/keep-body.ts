import type { FastifyInstance } from 'fastify';
import { decodeBody, parseJson } from './parse-body.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it is written, where values must not change by being read. */
    bodyBytes?: Buffer;
  }
}

/** Keeps bodies as they came beside what they say, in a scope. */
export function keepBody(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      request.bodyBytes = body as Buffer;
      done(null, parseJson(decodeBody(request.bodyBytes)));
    } catch (error) {
      done(error as Error);
    }
  });
}
