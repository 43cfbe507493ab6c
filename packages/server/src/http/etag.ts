import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Match } from '../services/template-service.ts';
import type { StoredTemplate } from '../store/templates.ts';
import { presentTemplate, type templateSchema } from './schemas/template.ts';

/** A version never changes, so its name tells whether a copy is good. */
const etagOf = ({ id, version }: StoredTemplate): string => `"${id}@v${version}"`;

/** A template as an answer, with its ETag. */
export function presentTagged(reply: FastifyReply, template: StoredTemplate): z.input<typeof templateSchema> {
  reply.header('ETag', etagOf(template));
  return presentTemplate(template);
}

/** The versions that If-Match names, by strong comparison (RFC 9110, 13.1.1); undefined: any will do. */
export function matchOf(request: FastifyRequest, id: string): Match {
  const header = request.headers['if-match'];
  if (header === undefined || header.trim() === '*') return undefined;
  return [...header.matchAll(/(W\/)?"([^"]*)"/g)].flatMap(([, weak, tag = '']) => {
    const version = tag.startsWith(`${id}@v`) ? Number(tag.slice(id.length + 2)) : Number.NaN;
    return weak === undefined && Number.isInteger(version) ? [version] : [];
  });
}

/** Whether the client has this version already, as If-None-Match tells (RFC 9110, 13.1.2). */
export function isKnown(request: FastifyRequest, template: StoredTemplate): boolean {
  const header = request.headers['if-none-match'];
  if (header === undefined) return false;
  return header.trim() === '*' || [...header.matchAll(/"[^"]*"/g)].some(([tag]) => tag === etagOf(template));
}
