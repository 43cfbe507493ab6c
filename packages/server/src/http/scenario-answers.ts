import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoredScenario } from '../store/scenarios.ts';
import { presentScenario, scenarioSchema } from './schemas/scenario.ts';

/** The answer that is one scenario. */
export const oneScenario = {
  description: 'The scenario.',
  content: { 'application/json': { schema: scenarioSchema } },
};

/** A version never changes, so its name tells whether a copy is good. */
export const etagOf = ({ id, version }: StoredScenario): string => `"${id}@v${version}"`;

/** A scenario with its ETag. */
export function tagged(reply: FastifyReply, scenario: StoredScenario) {
  reply.header('ETag', etagOf(scenario));
  return presentScenario(scenario);
}

/** Whether the client has this version already (RFC 9110, 13.1.2). */
export function isKnown(request: FastifyRequest, scenario: StoredScenario): boolean {
  const header = request.headers['if-none-match'];
  if (header === undefined) return false;
  return header.trim() === '*' || [...header.matchAll(/"[^"]*"/g)].some(([tag]) => tag === etagOf(scenario));
}
