import type { FastifyInstance, FastifyRequest } from 'fastify';

const WELL_KNOWN = '/.well-known/oauth-protected-resource';

const baseOf = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`;

/** Where a client that was refused finds what keys are good here. */
export const metadataUrl = (request: FastifyRequest): string => `${baseOf(request)}${WELL_KNOWN}/mcp`;

/**
 * What OAuth clients ask of a resource (RFC 9728). No authorization server is named: tokens of others are not good here, and
 * keys are made in the workspace.
 */
export function describeResource(app: FastifyInstance): void {
  const answer = async (request: FastifyRequest) => ({
    resource: `${baseOf(request)}/mcp`,
    resource_name: 'DataMaker',
    bearer_methods_supported: ['header'],
    resource_documentation: `${baseOf(request)}/docs`,
  });
  for (const path of [WELL_KNOWN, `${WELL_KNOWN}/mcp`]) app.get(path, { schema: { hide: true } }, answer);
}
