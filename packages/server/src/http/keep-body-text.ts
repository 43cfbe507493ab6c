import type { FastifyInstance } from 'fastify';
import { decodeBody, parseJson } from './parse-body.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it is written, where values must not change by being read. */
    bodyText?: string;
  }
}

/** Keeps the text of bodies beside what they say, in a scope. */
export function keepBodyText(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      request.bodyText = decodeBody(body as Buffer);
      done(null, parseJson(request.bodyText));
    } catch (error) {
      done(error as Error);
    }
  });
}
