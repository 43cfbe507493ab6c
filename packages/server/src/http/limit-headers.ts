import type { FastifyReply } from 'fastify';
import type { LimitReport } from '../services/limits/limiter.ts';

const seconds = (ms: number): number => Math.ceil(ms / 1000);

/**
 * Tells a client where it stands: the fields that most clients know, of requests, and those of the IETF (draft-ietf-httpapi-ratelimit-headers-10),
 * of each limit.
 */
export function sendLimit(reply: FastifyReply, report: LimitReport): void {
  const { name, size, periodSeconds, remaining, resetMs, atMs } = report;
  if (name === 'requests') {
    reply.headers({
      'X-RateLimit-Limit': size,
      'X-RateLimit-Remaining': remaining,
      'X-RateLimit-Reset': seconds(atMs + resetMs),
    });
  }
  append(reply, 'RateLimit-Policy', `"${name}";q=${size};w=${periodSeconds}`);
  append(reply, 'RateLimit', `"${name}";r=${remaining};t=${seconds(resetMs)}`);
  if (!report.allowed) reply.header('Retry-After', Math.max(1, seconds(report.retryMs)));
}

function append(reply: FastifyReply, header: string, item: string): void {
  const known = reply.getHeader(header);
  reply.header(header, known === undefined ? item : `${String(known)}, ${item}`);
}
