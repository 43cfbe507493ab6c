import type { FastifyRequest } from 'fastify';
import type { Origin } from '../services/sign-in-service.ts';

/** Where a request comes from; the address as trusted proxies tell it. */
export const requestOrigin = ({ id, ip, headers }: FastifyRequest): Origin => ({
  requestId: id,
  address: ip,
  agent: headers['user-agent'] ?? '',
});
