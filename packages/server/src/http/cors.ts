import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/** Pages of these origins may call the API with a key; cookies are not sent along. Without any, browsers let none. */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  app.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'If-Match',
      'If-None-Match',
      'If-Range',
      'Last-Event-ID',
      'Mcp-Method',
      'Mcp-Name',
      'MCP-Protocol-Version',
      'Mcp-Session-Id',
      'Prefer',
      'Range',
      'X-API-Key',
      'X-DataMaker-Project',
    ],
    exposedHeaders: [
      'Allow',
      'Content-Disposition',
      'Content-Range',
      'ETag',
      'Idempotent-Replayed',
      'Location',
      'Mcp-Session-Id',
      'Preference-Applied',
      'RateLimit',
      'RateLimit-Policy',
      'Request-Id',
      'Retry-After',
      'X-DataMaker-Rows',
      'X-DataMaker-Seed',
      'X-DataMaker-Spreadsheet-Safe',
      'X-DataMaker-Version',
      'X-RateLimit-Limit',
      'X-RateLimit-Remaining',
      'X-RateLimit-Reset',
    ],
    maxAge: 600,
  });
}
