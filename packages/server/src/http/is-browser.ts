import type { FastifyRequest } from 'fastify';

/** Whether a page is asked for: browsers say so when somebody goes to an address, and other clients hardly ever do. */
export const isBrowser = ({ headers }: FastifyRequest): boolean =>
  /(^|,)\s*text\/html\s*(;|,|$)/i.test(headers.accept ?? '');
